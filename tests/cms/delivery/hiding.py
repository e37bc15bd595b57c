"""Ways in which content is hidden, and public pages that point to what is hidden."""

import datetime as dt
from collections.abc import Callable
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

from home.models import HomePage
from strategy import models as strategy
from tests.factories import pages as factories
from tests.factories.blocks import Targets
from tests.factories.media import DocumentFactory, ImageFactory
from tests.factories.site import ExampleSite
from tests.factories.snippets import (
    IndicatorFactory,
    MunicipalityFactory,
    OrganisationFactory,
    PerspectiveFactory,
    ProgrammeFactory,
)
from tests.factories.translations import enter_translations
from tests.factories.whole import fill


def secret_of(way: str) -> str:
    """A word that stands in every text, slug and file name of what is hidden in this way."""
    return f"hemlig-{way.replace(' ', '-')}-x"


PASSWORD = "lösenord"


def draft(page: Any) -> None:
    """Never published."""
    stored = type(page).objects.get(pk=page.pk)
    stored.live, stored.first_published_at = False, None
    stored.save(clean=False)


def unpublished(page: Any) -> None:
    """Published once and taken back."""
    page.unpublish()


def scheduled(page: Any) -> None:
    """To be published later."""
    draft(page)
    if page.alias_of_id:
        return
    page.refresh_from_db()
    page.go_live_at = timezone.now() + dt.timedelta(days=3)
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
"""Ways of hiding a page; each gets the parent of the pages, and the pages."""

DRAFT_TRANSLATION = "draft translation"
CHANGES = "changes"
DRAFT_SNIPPET = "draft snippet"
CLOSED_COLLECTION = "closed collection"
BENEATH_CLOSED_COLLECTION = "beneath a closed collection"

WAYS = [
    *HIDINGS,
    DRAFT_TRANSLATION,
    CHANGES,
    DRAFT_SNIPPET,
    CLOSED_COLLECTION,
    BENEATH_CLOSED_COLLECTION,
]


def hide_in_every_way(site: ExampleSite) -> list[Any]:
    """Adds to a site what is hidden, lets every public page point to it; returns hidden pages."""
    secret = Targets()
    pages: list[Any] = []
    parents: dict[str, Any] = {}
    for way in HIDINGS:
        parents[way] = _make_pages(site, way, secret)
        pages += parents[way].get_children().specific()
    _make_snippets(secret)
    _make_files(secret)
    for position, (page_type, page) in enumerate(site.pages.items()):
        # Every page begins with another target, so that each way meets each kind of pointer.
        fill(page_type.objects.get(pk=page.pk), secret.beginning_at(position), size=2)
    for programme in site.targets.programmes:
        programme.logo = secret.images[0]
        programme.save()
    for way, hide in HIDINGS.items():
        hide(parents[way], [page for page in pages if secret_of(way) in page.slug])
    pages += _make_draft_translations(site)
    _make_changes(site)
    return pages


def _make_pages(site: ExampleSite, way: str, secret: Targets) -> Any:
    """Pages of the kinds to which others point, beneath a parent of their own."""
    word = secret_of(way)
    parent = factories.ContentPageFactory(
        parent=site.home, title=f"Rum {list(HIDINGS).index(way)}", slug=f"rum-{len(secret.goals)}"
    )

    def make(factory: Any, slug: str) -> Any:
        page = factory(parent=parent, title=f"{word} {slug}", slug=f"{word}-{slug}")
        return fill(page, site.targets)

    secret.goals.append(make(factories.GoalPageFactory, "mal"))
    secret.areas.append(make(factories.YouthPageFactory, "omrade"))
    secret.strategies.append(make(factories.StrategyPageFactory, "strategi"))
    content = make(factories.ContentPageFactory, "sida")
    content.create_alias(parent=parent, update_slug=f"{word}-alias")
    Redirect.objects.create(old_path=f"/gammal-{parent.slug}", redirect_page=content)
    return parent


def _make_draft_translations(site: ExampleSite) -> list[Any]:
    """Translations that are entered and saved as drafts, of pages to which others point."""
    word = secret_of(DRAFT_TRANSLATION)

    def text_of(path: str, source: str) -> str:
        return f"{word}-{source}" if path == "slug" else f"{word} {source}"

    drafts = []
    for page_type in (HomePage, strategy.StrategyPage, strategy.DevelopmentAreasPage):
        original = page_type.objects.get(pk=site.pages[page_type].pk)
        enter_translations(original, "se", text_of).save_target(publish=False)
        saved = page_type.objects.get(
            translation_key=original.translation_key, locale__language_code="se"
        )
        # A draft's row may hold its texts too, not its revisions alone.
        revised = saved.get_latest_revision_as_object()
        revised.live = False
        revised.save(clean=False)
        drafts.append(revised)
    return drafts


def _make_changes(site: ExampleSite) -> None:
    """Changes to live pages and snippets that are saved and not published."""
    word = secret_of(CHANGES)
    for page_type, page in site.pages.items():
        changed = page_type.objects.get(pk=page.pk)
        changed.title = f"{word} {page.title}"
        changed.slug = f"{word}-{page.slug}"
        changed.search_description = word
        changed.save_revision()
    for snippet in _snippets(site.targets):
        changed = type(snippet).objects.get(pk=snippet.pk)
        changed.name = f"{word} {snippet.name}"
        changed.save_revision()


def _make_snippets(secret: Targets) -> None:
    word = secret_of(DRAFT_SNIPPET)
    hidden = {"live": False}
    secret.municipalities.append(MunicipalityFactory(name=f"{word} kommun", **hidden))
    secret.programmes.append(
        ProgrammeFactory(
            name=f"{word} program",
            funder=word,
            logo__title=word,
            logo__file__filename=f"{word}.png",
            logo__collection=_closed_collection(word),
            **hidden,
        )
    )
    secret.perspectives.append(
        PerspectiveFactory(name=f"{word} perspektiv", description=word, **hidden)
    )
    secret.organisations.append(OrganisationFactory(name=f"{word} organisation", **hidden))
    secret.indicators.append(IndicatorFactory(name=f"{word} indikator", unit=word, **hidden))


def _make_files(secret: Targets) -> None:
    word = secret_of(CLOSED_COLLECTION)
    collection = _closed_collection(word)
    _add_files(secret, word, collection)
    word = secret_of(BENEATH_CLOSED_COLLECTION)
    _add_files(secret, word, collection.add_child(name=word))


def _add_files(secret: Targets, word: str, collection: Any) -> None:
    secret.images.append(
        ImageFactory(title=word, file__filename=f"{word}.png", collection=collection)
    )
    secret.documents.append(
        DocumentFactory(title=word, file__filename=f"{word}.pdf", collection=collection)
    )


def _closed_collection(name: str) -> Any:
    collection = Collection.get_first_root_node().add_child(name=name)
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
