"""Ways in which content is hidden, and public pages that point to what is hidden."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
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
from tests.factories.blocks import Targets
from tests.factories.media import DocumentFactory, ImageFactory
from tests.factories.site import PAGE_TYPES, ExampleSite
from tests.factories.snippets import (
    IndicatorFactory,
    MunicipalityFactory,
    OrganisationFactory,
    PerspectiveFactory,
    ProgrammeFactory,
)
from tests.factories.translations import enter_translations
from tests.factories.whole import fill

SECRET = "hemligord"
"""Stands in every text, slug and file name of what is hidden."""


PASSWORD = "lösenord"


@dataclass
class Hidden:
    """What nobody may see."""

    pages: list[Any] = field(default_factory=list)
    files: list[Any] = field(default_factory=list)
    snippets: list[Any] = field(default_factory=list)


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


def restricted(kind: str) -> Callable[[Any], None]:
    """Behind a password, a login or a group."""

    def restrict(page: Any) -> None:
        restriction = PageViewRestriction.objects.create(
            page=page,
            restriction_type=kind,
            password=PASSWORD if kind == BaseViewRestriction.PASSWORD else "",
        )
        if kind == BaseViewRestriction.GROUPS:
            restriction.groups.add(Group.objects.get_or_create(name="Nämnden")[0])

    return restrict


def each(hide: Callable[[Any], None]) -> Callable[[Any, list[Any]], None]:
    """Hides every page by itself."""

    def hide_each(parent: Any, pages: list[Any]) -> None:
        for page in pages:
            hide(page)

    return hide_each


def through_parent(hide: Callable[[Any], None]) -> Callable[[Any, list[Any]], None]:
    """Hides the parent, and with it all that is beneath."""

    def hide_parent(parent: Any, pages: list[Any]) -> None:
        hide(parent)

    return hide_parent


HIDINGS: dict[str, Callable[[Any, list[Any]], None]] = {
    "draft": each(draft),
    "unpublished": each(unpublished),
    "scheduled": each(scheduled),
    "password": each(restricted(BaseViewRestriction.PASSWORD)),
    "login": each(restricted(BaseViewRestriction.LOGIN)),
    "group": each(restricted(BaseViewRestriction.GROUPS)),
    "password on the parent": through_parent(restricted(BaseViewRestriction.PASSWORD)),
    "login on the parent": through_parent(restricted(BaseViewRestriction.LOGIN)),
}


def hide_pages(site: ExampleSite, hide: Callable[[Any, list[Any]], None]) -> Hidden:
    """Makes pages of the kinds to which others point, points to them, and hides them."""
    parent = factories.ContentPageFactory(parent=site.home, title="Rum", slug="rum")

    def make(factory: Any, slug: str) -> Any:
        page = factory(parent=parent, title=f"{SECRET} {slug}", slug=f"{SECRET}-{slug}")
        return fill(page, site.targets)

    secret = Targets(
        goals=[make(factories.GoalPageFactory, "mal")],
        areas=[make(factories.YouthPageFactory, "omrade")],
        strategies=[make(factories.StrategyPageFactory, "strategi")],
    )
    content = make(factories.ContentPageFactory, "sida")
    alias = content.create_alias(parent=parent, update_slug=f"{SECRET}-alias")
    pages = [*secret.goals, *secret.areas, *secret.strategies, content, alias]
    Redirect.objects.create(old_path="/gammal", redirect_page=content)
    _point_to(site, secret)
    hide(parent, pages)
    return Hidden(pages=pages)


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
    return Hidden(pages=drafts)


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
    return Hidden(pages=list(site.pages.values()), snippets=snippets)


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
    return Hidden(snippets=_snippets(secret))


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
    return Hidden(files=[image, document])


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
        fill(kind.objects.get(pk=page.pk), targets)
