"""The members that every page's document has beyond Wagtail's own fields."""

from typing import Any
from uuid import UUID

from pydantic import Field
from wagtail.models import Page

from cms.content.api.language_map import language_map
from cms.content.api.moments import MOMENT_FIELDS
from cms.content.api.references.preparation import resolver_of
from cms.content.api.references.relations import relation_type
from cms.content.api.references.resolver import Resolver, page_type
from cms.content.api.shapes import Breadcrumb, Key, PagePath, TranslationLink
from cms.content.order.ranks import LAST


def _resolver(page: Any, context: dict[str, Any]) -> Resolver:
    return resolver_of(page, context.get("request"))


def resolve_meta(page: Page, context: dict[str, Any]) -> Page:
    """Prepares the page before Wagtail's schema asks it for its locale and parent."""
    _resolver(page, context)
    return page


def resolve_key(page: Page) -> UUID:
    """Wagtail's translation key."""
    key: UUID = page.translation_key
    return key


def resolve_path(page: Page, context: dict[str, Any]) -> str:
    """Path on a site, with its language."""
    return _resolver(page, context).path(page)


def resolve_language(page: Page, context: dict[str, Any]) -> str:
    """The language that the text is really in."""
    resolver = _resolver(page, context)
    if resolver.request is not None:
        # The answer's Content-Language is the document's; see delivery's middleware.
        resolver.request.document_language = resolver.language  # type: ignore[attr-defined]
    return resolver.language


def resolve_languages(page: Page, context: dict[str, Any]) -> dict[str, str]:
    """Every field whose text is in another language."""
    resolver = _resolver(page, context)
    crumbs = {
        f"/breadcrumbs/{position}/title": language
        for position, crumb in enumerate(_trail(page, resolver))
        if (language := resolver.title_language(crumb)) != resolver.language
    }
    above = {
        f"/meta/{name}/title": language
        for name, shown in (
            ("parent", resolve_parent(page, context)),
            ("alias_of", resolve_alias_of(page, context)),
        )
        # Above a start page there is Wagtail's root, which nobody has named.
        if shown and shown.depth > 1
        if (language := resolver.title_language(shown)) != resolver.language
    }
    parent = _parent(page, resolver)
    if parent and (language := resolver.title_language(parent)) != resolver.language:
        above["/parent/title"] = language
    return language_map(page, resolver) | above | crumbs


def resolve_translations(page: Page, context: dict[str, Any]) -> list[dict[str, Any]]:
    """The languages in which the page is live and really translated, source first."""
    resolver = _resolver(page, context)
    references = resolver.references
    versions = {
        version.locale.language_code: version
        for version in references.pages_by_key[page.translation_key]
        if version.alias_of_id is None
    }
    return [
        {
            "locale": code,
            "id": versions[code].pk,
            "path": resolver.path(versions[code]),
            "detail_url": resolver.detail_url(versions[code]),
            "status": status,
        }
        for code, status in resolver.ordered(page.translation_key, versions)
    ]


def resolve_page_above(page: Page, context: dict[str, Any]) -> dict[str, Any] | None:
    """The page above that anybody may see; what is not public is left out."""
    resolver = _resolver(page, context)
    parent = _parent(page, resolver)
    return parent and {**_shown(parent, resolver), "type": page_type(parent)}


def resolve_position(page: Page, context: dict[str, Any]) -> int:
    """The rank of the key; a page that was never saved comes last."""
    fetched = _resolver(page, context).references.every_page.get(page.pk)
    position: int = LAST if fetched is None else fetched.position
    return position


def resolve_breadcrumbs(page: Page, context: dict[str, Any]) -> list[dict[str, Any]]:
    """From the start page down to the page itself; what is not public is left out."""
    resolver = _resolver(page, context)
    return [_shown(crumb, resolver) for crumb in _trail(page, resolver)]


def _shown(page: Page, resolver: Resolver) -> dict[str, Any]:
    return {
        "id": page.pk,
        "key": page.translation_key,
        "title": page.title,
        "path": resolver.path(page),
        "language": resolver.title_language(page),
    }


def _parent(page: Page, resolver: Resolver) -> Page | None:
    """The last of the breadcrumbs above the page itself."""
    above = _trail(page, resolver)[:-1]
    return above[-1] if above else None


def _trail(page: Page, resolver: Resolver) -> list[Page]:
    """The public pages above a page below the root, and the page itself."""
    step = Page.steplen
    above = [
        resolver.references.pages_by_path.get(page.path[:end])
        for end in range(2 * step, len(page.path), step)
    ]
    return [*(crumb for crumb in above if crumb is not None), page]


def resolve_parent(page: Page, context: dict[str, Any]) -> Page | None:
    """The parent, where it is public: Wagtail's schema would name a draft as well."""
    references = _resolver(page, context).references
    return references.pages_by_path.get(page.path[: -Page.steplen]) if page.path else None


def resolve_alias_of(page: Page, context: dict[str, Any]) -> Page | None:
    """The page of which this is an alias, where it is public."""
    references = _resolver(page, context).references
    return references.pages.get(page.alias_of_id) if page.alias_of_id else None


def _static(function: Any) -> Any:
    return staticmethod(function)


PAGE_FIELDS: dict[str, tuple[Any, Any, Any]] = {
    "key": (Key, ..., _static(resolve_key)),
    "path": (PagePath, ..., _static(resolve_path)),
    "language": (
        str,
        Field(
            description="BCP 47 code of the language that the text is really in.", examples=["en"]
        ),
        _static(resolve_language),
    ),
    "languages": (
        dict[str, str],
        Field(
            description="JSON Pointer of every field whose text is in another language than "
            "`language`, with that language's code; `mul` for a rich text that is partly "
            "translated; empty when there is none.",
            examples=[{"/breadcrumbs/0/title": "sv"}],
        ),
        _static(resolve_languages),
    ),
    "translations": (
        list[TranslationLink],
        Field(
            description="The languages in which the page is live and really translated, itself "
            "included, source first."
        ),
        _static(resolve_translations),
    ),
    "parent": (
        relation_type(Page) | None,
        Field(
            description="The page above; null for a start page. One that is not public is left "
            "out, as in `breadcrumbs`."
        ),
        _static(resolve_page_above),
    ),
    "position": (
        int,
        Field(
            ge=0,
            le=2**53 - 1,
            description="Ordinal number among the pages below the same parent, to sort by; the "
            "same in every language. Gaps mean nothing. Of two pages with the same, the one with "
            "the smaller key is first.",
            examples=[2251799813685248],
        ),
        _static(resolve_position),
    ),
    "breadcrumbs": (
        list[Breadcrumb],
        Field(description="From the start page down to the page itself."),
        _static(resolve_breadcrumbs),
    ),
    **MOMENT_FIELDS,
}
"""Type, description and resolver by name, as Wagtail's schema generator takes them."""
