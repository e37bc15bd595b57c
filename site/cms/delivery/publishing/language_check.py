"""Checks invariants of languages: what documents, statuses and restrictions say of each other.

``consistency_check`` compares a document with what the program would render, and so would not see
a fault in how it renders. Here documents are compared with each other, as another site reads them.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from typing import Any, Final
from uuid import UUID

from wagtail.models import Locale, Page, PageViewRestriction
from wagtail_localize.models import Translation

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
    holds = SameOnPurpose.objects.filter(is_approved=True)
    for code, digest in holds.values_list("locale__language_code", "digest"):
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
    """Finds public documents of what is closed, in whatever tree.

    Counted from the restrictions on, page by page, and not by the query that publishing asks.
    """
    closed = _closed_ids()
    for some in batches(sorted(closed), _BATCH):
        public = PublishedDocument.objects.filter(page_id__in=some)
        for title, code, key in public.order_by("pk").values_list("title", "locale", "key"):
            yield (
                f"{title!r} ({code}, {key}): it is public, and it is closed: by a restriction on "
                "it, above it, or on what it shows. Publish it anew, or open that."
            )


def _closed_ids() -> set[int]:
    waiting = list(PageViewRestriction.objects.values_list("page", flat=True))
    if not waiting:
        return set()
    paths: dict[str, int] = {}
    shown_by: dict[int, list[int]] = defaultdict(list)
    versions: dict[UUID, dict[int, int]] = defaultdict(dict)
    pages: dict[int, tuple[UUID, int]] = {}
    rows = Page.objects.order_by("path")
    for pk, path, key, locale, original in rows.values_list(
        "pk", "path", "translation_key", "locale", "alias_of"
    ):
        paths[path] = pk
        pages[pk] = key, locale
        versions[key][locale] = pk
        if (above := paths.get(path[: -Page.steplen])) is not None:
            shown_by[above].append(pk)
        if original is not None:
            shown_by[original].append(pk)
    translated_into: dict[tuple[UUID, int], list[int]] = defaultdict(list)
    links = Translation.objects.values_list("source__object", "source__locale", "target_locale")
    for key, source, target in links.iterator():
        translated_into[key, source].append(target)
    first = set(
        Locale.objects.filter(language_code=SOURCE_LANGUAGE_CODE).values_list("pk", flat=True)
    )
    closed: set[int] = set()
    while waiting:
        page = waiting.pop()
        if page in closed:
            continue
        closed.add(page)
        key, locale = pages[page]
        targets = versions[key] if locale in first else translated_into[key, locale]
        waiting += shown_by[page]
        waiting += [versions[key][target] for target in targets if target in versions[key]]
    return closed
