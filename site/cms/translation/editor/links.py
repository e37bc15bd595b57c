"""Links in a string: where each leads in the source, and in the language."""

import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from django.db.models import OuterRef, Subquery
from wagtail.documents import get_document_model
from wagtail.models import Page
from wagtail_localize.models import OverridableSegment, SegmentOverride, StringSegment, Translation
from wagtail_localize.segments.extract import quote_path_component

from cms.languages.registry import LANGUAGES
from cms.translation.fragments import language_of_code
from cms.translation.lifecycle.overrides import Link
from cms.translation.strings import StringRef


@dataclass(frozen=True, slots=True)
class EditorLink:
    """A link of a string.

    Attributes:
        code: its id in the fragment: ``a1``.
        href: where it leads in the source: an address, or the title of a page or file.
        own_href: its address in the language where that is another; empty otherwise.
        context: id of the place under which its own address is kept; ``None`` for a link to a page
            or file, which follows the language by itself.
        language: code of the language that marked words are in; empty for a link. ``href`` is its
            name then.
    """

    code: str
    href: str
    own_href: str = ""
    context: int | None = None
    language: str = ""


def links_of(translation: Translation) -> dict[StringRef, list[EditorLink]]:
    """The links of all strings of a translation, in four queries at most."""
    source = translation.source
    found = list(
        StringSegment.objects.filter(source=source)
        .exclude(attrs__in=("", "{}", "null"))
        .values_list("context", "string", "context__path", "attrs")
    )
    if not found:
        return {}
    attributes = [
        (StringRef(context, string), path, code, link)
        for context, string, path, attrs in found
        for code, link in (json.loads(attrs) or {}).items()
    ]
    places = _places(translation) if any(link.get("href") for *_, link in attributes) else {}
    titles = _titles([link for _ref, _path, _code, link in attributes])
    links: dict[StringRef, list[EditorLink]] = defaultdict(list)
    for ref, path, code, link in attributes:
        href = str(link.get("href", ""))
        if code_language := language_of_code(code):
            links[ref].append(
                EditorLink(code, language_name(code_language), language=code_language)
            )
            continue
        place = places.get(f"{path}.{quote_path_component(href)}", _NOWHERE) if href else _NOWHERE
        links[ref].append(
            EditorLink(
                code,
                href or titles.get((link.get("linktype", ""), str(link.get("id"))), ""),
                place.own_href,
                place.context,
            )
        )
    return dict(links)


class _Place(NamedTuple):
    """A place at which an address of the language's own is kept, and that address."""

    context: int | None
    own_href: str


_NOWHERE: Final = _Place(None, "")


def language_name(code: str) -> str:
    """The name of a language in itself; its code where it is not in the registry."""
    language = LANGUAGES.get(code)
    return code if language is None else language.name


def _places(translation: Translation) -> dict[str, _Place]:
    """The places of links by their content paths."""
    own = SegmentOverride.objects.filter(
        context=OuterRef("context"), locale=translation.target_locale, has_error=False
    )
    found = OverridableSegment.objects.filter(source=translation.source).values_list(
        "context__path", "context", Subquery(own.values("data_json")[:1])
    )
    return {
        path: _Place(context, str(json.loads(data)) if data else "")
        for path, context, data in found
    }


def _titles(links: Collection[Link]) -> dict[tuple[str, str], str]:
    """Titles of what links lead to within the site, by its kind and id as links have them."""
    models: dict[str, Any] = {"page": Page, "document": get_document_model()}
    titles: dict[tuple[str, str], str] = {}
    for kind, model in models.items():
        ids = {link.get("id") for link in links if link.get("linktype") == kind}
        if ids:
            found = model._default_manager.filter(pk__in=ids).values_list("pk", "title")
            titles |= {(kind, str(pk)): title for pk, title in found}
    return titles
