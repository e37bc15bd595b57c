"""Checks invariants of languages: what documents, statuses and restrictions say of each other.

``consistency_check`` compares a document with what the program would render, and so would not see
a fault in how it renders. Here documents are compared with each other, as another site reads them.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from typing import Any, Final
from uuid import UUID

from wagtail.models import Page, PageViewRestriction

from cms.common.batches import batches
from cms.delivery.models import PublishedDocument
from cms.languages.registry import SOURCE_LANGUAGE_CODE
from cms.translation.models import SameOnPurpose
from cms.translation.status.status_check import status_faults
from cms.translation.texts.digests import is_of_any_language, plain_digest

_BATCH: Final = 200

_NO_TEXTS: Final = frozenset(
    {"breadcrumbs", "code", "id", "key", "languages", "path", "translations", "type", "url"}
)
"""Members of a document that hold no text of its own."""

_NAMES: Final = frozenset({"alt", "name", "title"})
"""Members that hold a text of one word, too; another of one word may be a choice."""


def language_faults(advance: Callable[[int, int], None] | None = None) -> Iterator[str]:
    """Finds what breaks an invariant, a sentence each, which names the page and the remedy.

    Args:
        advance: is told now and then how many keys were looked at, of how many.
    """
    said = _said()
    keys = list(
        PublishedDocument.objects.exclude(locale=SOURCE_LANGUAGE_CODE)
        .order_by("key")
        .values_list("key", flat=True)
        .distinct()
    )
    for done, some in enumerate(batches(keys, _BATCH)):
        yield from _unmarked(some, said)
        if advance:
            advance(min((done + 1) * _BATCH, len(keys)), len(keys))
    yield from _closed()
    yield from status_faults()


def _said() -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for code, digest in SameOnPurpose.objects.values_list("locale__language_code", "digest"):
        found[code].add(digest)
    return found


def _unmarked(keys: Collection[UUID], said: dict[str, set[str]]) -> Iterator[str]:
    """Finds texts that equal the source's and say nothing of it."""
    by_key: dict[UUID, dict[str, Any]] = defaultdict(dict)
    rows = PublishedDocument.objects.filter(key__in=keys)
    for key, locale, body in rows.values_list("key", "locale", "body"):
        by_key[key][locale] = json.loads(bytes(body))
    for key, versions in by_key.items():
        source = versions.get(SOURCE_LANGUAGE_CODE)
        if source is None or source["language"] != SOURCE_LANGUAGE_CODE:
            continue
        texts = {(pointer.split("/")[1], plain_digest(text)) for pointer, text in _texts(source)}
        for locale, document in versions.items():
            if document["language"] == SOURCE_LANGUAGE_CODE:
                continue
            for pointer, text in _texts(document):
                digest = plain_digest(text)
                is_equal = (pointer.split("/")[1], digest) in texts
                if not is_equal or is_of_any_language(digest) or digest in said[locale]:
                    continue
                if not _is_marked(pointer, document["languages"]):
                    yield (
                        f"{document['title']!r} ({locale}, {key}): {pointer} is the "
                        f"{SOURCE_LANGUAGE_CODE} text and is not marked as such."
                    )


def _texts(value: Any, pointer: str = "") -> Iterator[tuple[str, str]]:
    """The plain texts of a document, each with its JSON Pointer; not those of what it leads to."""
    if isinstance(value, dict):
        if pointer and "language" in value and "key" in value:
            return  # What it leads to says its own language.
        for name, member in value.items():
            if name not in _NO_TEXTS and not (name == "meta" and not pointer):
                yield from _texts(member, f"{pointer}/{name}")
    elif isinstance(value, list):
        for position, member in enumerate(value):
            yield from _texts(member, f"{pointer}/{position}")
    elif isinstance(value, str):
        is_text = " " in value or pointer.rpartition("/")[2] in _NAMES
        if is_text and "<" not in value:
            yield pointer, value


def _is_marked(pointer: str, languages: dict[str, str]) -> bool:
    """Tells whether a text, or what holds it, says that it is in another language."""
    steps = pointer.split("/")
    return any("/".join(steps[:end]) in languages for end in range(2, len(steps) + 1))


def _closed() -> Iterator[str]:
    """Finds public documents of what is closed, in its own tree or in that of its source."""
    closed = list(PageViewRestriction.objects.values_list("page__path", flat=True))
    if not closed:
        return
    pages = Page.objects.filter(
        translation_key__in=PublishedDocument.objects.exclude(page_id=None).values("key")
    )
    of_source: dict[UUID, str] = {}
    others: list[tuple[UUID, str, str, str]] = []
    rows = pages.values_list("translation_key", "path", "locale__language_code", "title", "live")
    for key, path, code, title, is_live in rows.iterator():
        if code == SOURCE_LANGUAGE_CODE:
            of_source[key] = path
        if is_live:
            others.append((key, path, code, title))
    public = set(PublishedDocument.objects.exclude(page_id=None).values_list("key", "locale"))
    for key, path, code, title in others:
        lies_below = any(
            place.startswith(one) for one in closed for place in (path, of_source.get(key, path))
        )
        if lies_below and (key, code) in public:
            yield (
                f"{title!r} ({code}, {key}): it is public, and it or what stands above it or above "
                "its source is closed. Close it in that language too."
            )
