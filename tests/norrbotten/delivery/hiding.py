"""Ways in which content is hidden, and public pages that point to what is hidden."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    BaseViewRestriction,
    Collection,
    CollectionViewRestriction,
    PageViewRestriction,
)

from home.models import ContentPage, HomePage
from strategy import models as strategy
from tests.factories import pages as factories
from tests.factories.blocks import Targets, rich_text
from tests.factories.media import DocumentFactory, ImageFactory
from tests.factories.site import PAGE_TYPES, ExampleSite
from tests.factories.snippets import (
    IndicatorFactory,
    MunicipalityFactory,
    OrganisationFactory,
    PerspectiveFactory,
    ProgrammeFactory,
)
from tests.factories.translations import enter_translations, marked
from tests.factories.whole import every_field, fill, set_field

SECRET = "hemligord"
"""Stands in every text, slug and file name of what is hidden."""


@dataclass
class Hidden:
    """What nobody may see: pages, and objects by the name that the API has for their kind."""

    pages: list[Any]
    files: list[Any]
    snippets: list[Any]


def draft(page: Any) -> None:
    """Never published."""
    type(page).objects.filter(pk=page.pk).update(live=False, first_published_at=None)


def unpublished(page: Any) -> None:
    """Published once and taken back."""
    page.unpublish()


def scheduled(page: Any) -> None:
    """To be published later."""
    draft(page)
    page.refresh_from_db()
    page.go_live_at = timezone.now() + datetime.timedelta(days=3)
    page.save_revision(approved_go_live_at=page.go_live_at)


def restricted(kind: str, *, ancestor: bool = False) -> Callable[[Any], None]:
    """Behind a password, a login or a group, itself or through its parent."""

    def restrict(page: Any) -> None:
        restriction = PageViewRestriction.objects.create(
            page=page.get_parent() if ancestor else page,
            restriction_type=kind,
            password="lösenord" if kind == BaseViewRestriction.PASSWORD else "",
        )
        if kind == BaseViewRestriction.GROUPS:
            restriction.groups.add(Group.objects.create(name="Nämnden"))

    return restrict


HIDINGS: dict[str, Callable[[Any], None]] = {
    "draft": draft,
    "unpublished": unpublished,
    "scheduled": scheduled,
    "password": restricted(BaseViewRestriction.PASSWORD),
    "login": restricted(BaseViewRestriction.LOGIN),
    "group": restricted(BaseViewRestriction.GROUPS),
    "password on the parent": restricted(BaseViewRestriction.PASSWORD, ancestor=True),
    "login on the parent": restricted(BaseViewRestriction.LOGIN, ancestor=True),
}


def hide_pages(site: ExampleSite, hide: Callable[[Any], None]) -> Hidden:
    """Makes a page of each kind that others point to, points to them from everywhere, hides them."""
    home = site.home
    # Parents of their own, so that hiding a parent leaves the public pages alone.
    areas = factories.ContentPageFactory(parent=home, title="Rum", slug="rum")
    made: list[Any] = []

    def make(factory: Any, parent: Any, title: str) -> Any:
        page = factory(parent=parent, title=f"{SECRET} {title}", slug=f"{SECRET}-{title}")
        made.append(page)
        return page

    secret = Targets(
        goals=[make(factories.GoalPageFactory, areas, "mal")],
        areas=[make(factories.YouthPageFactory, areas, "omrade")],
        strategies=[make(factories.StrategyPageFactory, areas, "strategi")],
    )
    content = make(factories.ContentPageFactory, areas, "sida")
    for page in made:
        for name, value in every_field(page, site.targets).items():
            set_field(page, name, value)
        page.save_revision().publish()
    pages = [type(page).objects.get(pk=page.pk) for page in made]
    content = pages[-1]
    # An alias of a page that becomes hidden says the same.
    alias = content.create_alias(parent=areas, update_slug=f"{SECRET}-alias")
    Redirect.objects.create(old_path=f"/{SECRET}", redirect_page=content)
    _point_to(site, secret)
    for page in [*pages, alias]:
        if not page.get_parent().specific.pk == areas.pk or not _is_restricted(areas):
            hide(page)
    if not _is_restricted(areas):
        type(content).objects.filter(alias_of=content).update(live=False)
    hidden = [page.specific for page in areas.get_children()]
    return Hidden(pages=hidden, files=[], snippets=[])


def _is_restricted(page: Any) -> bool:
    return PageViewRestriction.objects.filter(page_id=page.pk).exists()


def hide_translations(site: ExampleSite) -> Hidden:
    """Translations that are entered and saved as drafts, of pages to which others point."""
    drafts = []
    for kind in (HomePage, strategy.StrategyPage, strategy.DevelopmentAreasPage, ContentPage):
        original = site.pages[kind]

        def text_of(path: str, source: str) -> str:
            return f"{SECRET}-{source}" if path == "slug" else f"{SECRET} {source}"

        enter_translations(original, "se", text_of).save_target(publish=False)
        draft_page = kind.objects.get(
            translation_key=original.translation_key, locale__language_code="se"
        )
        # A draft's row may hold its texts too, not its revisions alone.
        revised = draft_page.get_latest_revision_as_object()
        revised.live = False
        revised.save(clean=False)
        drafts.append(revised)
    return Hidden(pages=drafts, files=[], snippets=[])


def hide_changes(site: ExampleSite) -> Hidden:
    """Changes to live pages and snippets that are saved and not published."""
    for kind in PAGE_TYPES:
        page = site.pages[kind]
        changed = kind.objects.get(pk=page.pk)
        changed.title = f"{SECRET} {page.title}"
        changed.slug = f"{SECRET}-{page.slug}" if kind is not HomePage else page.slug
        changed.search_description = SECRET
        changed.save_revision()
    snippets = []
    for snippet in _snippets(site.targets):
        changed = type(snippet).objects.get(pk=snippet.pk)
        changed.name = f"{SECRET} {snippet.name}"
        changed.save_revision()
        snippets.append(snippet)
    return Hidden(pages=[], files=[], snippets=snippets)


def hide_snippets(site: ExampleSite) -> Hidden:
    """Snippets that are not published, to which public pages point."""
    secret = Targets(
        municipalities=[MunicipalityFactory(name=f"{SECRET} kommun", code="9999", live=False)],
        programmes=[
            ProgrammeFactory(
                name=f"{SECRET} program",
                funder=SECRET,
                live=False,
                logo__title=SECRET,
                logo__file__filename=f"{SECRET}.png",
                logo__collection=_closed_collection(),
            )
        ],
        perspectives=[
            PerspectiveFactory(name=f"{SECRET} perspektiv", description=SECRET, live=False)
        ],
        organisations=[OrganisationFactory(name=f"{SECRET} organisation", live=False)],
        indicators=[IndicatorFactory(name=f"{SECRET} indikator", unit=SECRET, live=False)],
    )
    _point_to(site, secret)
    return Hidden(pages=[], files=[], snippets=_snippets(secret))


def hide_files(site: ExampleSite, *, ancestor: bool) -> Hidden:
    """Images and documents in a closed collection, to which public pages point."""
    collection = _closed_collection()
    if ancestor:
        collection = collection.add_child(name=f"{SECRET} inre samling")
    image = ImageFactory(title=SECRET, file__filename=f"{SECRET}.png", collection=collection)
    document = DocumentFactory(title=SECRET, file__filename=f"{SECRET}.pdf", collection=collection)
    _point_to(site, Targets(images=[image], documents=[document]))
    for programme in site.targets.programmes:
        programme.logo = image
        programme.save()
    return Hidden(pages=[], files=[image, document], snippets=[])


def _closed_collection() -> Any:
    root = Collection.get_first_root_node()
    collection = root.add_child(name=f"{SECRET} samling")
    CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=BaseViewRestriction.LOGIN
    )
    return collection


def _snippets(targets: Targets) -> list[Any]:
    return [
        *targets.municipalities,
        *targets.programmes,
        *targets.perspectives,
        *targets.organisations,
        *targets.indicators,
    ]


def _point_to(site: ExampleSite, secret: Targets) -> None:
    """Lets every public page point to what is secret, and to what it pointed to before."""
    kinds = [name for name in Targets.__dataclass_fields__ if getattr(secret, name)]
    targets = Targets(
        **{
            name: getattr(secret, name) if name in kinds else getattr(site.targets, name)
            for name in Targets.__dataclass_fields__
        }
    )
    for kind, page in site.pages.items():
        site.pages[kind] = fill(kind.objects.get(pk=page.pk), targets)
    # The longest way round: through the text of a page's introduction.
    home = HomePage.objects.get(pk=site.home.pk)
    if secret.goals:
        home.introduction += rich_text("Se", page=secret.goals[0])
    home.save_revision().publish()


__all__ = ["HIDINGS", "SECRET", "Hidden", "marked"]
