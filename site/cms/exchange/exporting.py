"""The export: the strings of pages and snippets with all that a translator should know."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import Locale, Page

from cms.common.batches import batches
from cms.common.site_address import site_address
from cms.exchange.selection import Selection, selected_sources, target_locale
from cms.exchange.units import Header, Unit, UnitGroup
from cms.languages.registry import SOURCE_LANGUAGE_CODE
from cms.translation.fields import field_facts
from cms.translation.strings import SourceString, Strings, load_strings

BATCH = 200
"""Pages read at a time; memory does not grow with their number."""


def header(language: str) -> Header:
    """The header of a file that is written now."""
    return Header(SOURCE_LANGUAGE_CODE, language, timezone.now(), site_address())


def unit_groups(selection: Selection) -> Iterator[UnitGroup]:
    """Everything selected, pages in the order of the tree, then snippets by type and name.

    A page of which no string is wanted is left out.

    Raises:
        SelectionError: the language or the path does not exist.
    """
    locale = target_locale(selection.language)
    identities = in_order(selected_sources(selection))
    for batch in batches(identities, BATCH):
        yield from _batch(batch, locale, selection)


class SourceRef(NamedTuple):
    """A page or snippet that is translated, by ids and by what its source is called."""

    source: int
    key: UUID
    content_type: int
    title: str
    locale: int


def in_order(sources: Any) -> list[SourceRef]:
    """Some translation sources: pages in the order of the tree, then snippets by type and name.

    Args:
        sources: a query for them.
    """
    rows = [
        SourceRef(*row)
        for row in sources.values_list(
            "pk", "object", "specific_content_type", "object_repr", "locale"
        )
    ]
    tree = {
        (key, locale): path
        for key, locale, path in Page.objects.filter(
            translation_key__in=sources.values("object")
        ).values_list("translation_key", "locale", "path")
    }
    # What is no page has no path, and comes after all that has one.
    return sorted(
        rows,
        key=lambda row: (
            tree.get((row.key, row.locale), "~"),
            row.content_type,
            row.title,
            row.source,
        ),
    )


def _batch(
    identities: Sequence[SourceRef], locale: Locale, selection: Selection
) -> Iterator[UnitGroup]:
    types = {identity.source: identity.content_type for identity in identities}
    strings = load_strings(
        list(types),
        {identity.key for identity in identities},
        {locale.pk: locale.language_code},
    )
    pages = pages_of(identities)
    for identity in identities:
        units: dict[tuple[str, str], Unit] = {}
        for string in strings.of_source[identity.source]:
            # A sentence that stands twice in one text is translated once.
            if (string.path, string.text) in units:
                continue
            is_left = strings.translation(locale.pk, string.ref) is None
            unit = _unit(identity.content_type, string, strings, locale.pk)
            if selection.prefill and not unit.target:
                unit = replace(unit, target=unit.source, is_prefilled=True)
            if _is_wanted(unit, selection, is_left=is_left):
                units[string.path, string.text] = unit
        if units:
            page = pages.get((identity.key, identity.locale))
            yield _group(identity, tuple(units.values()), page)


def _unit(content_type: int, string: SourceString, strings: Strings, locale: int) -> Unit:
    facts = field_facts(content_type, string.field_path or string.path, SOURCE_LANGUAGE_CODE)
    translation = strings.translations[locale].get(string.ref)
    former = None
    if translation is None or not translation.is_translation:
        former = strings.former_translation(locale, string.ref)
    # A text that its field cannot hold is handed out, to be mended, and one that waits, to be
    # approved; the source's is none, unless somebody has said so.
    is_open = translation is not None and (translation.has_error or translation.awaits_approval)
    shown = translation if is_open else None
    shown = shown or strings.translation(locale, string.ref)
    return Unit(
        path=string.path,
        source=string.text,
        target=shown.data if shown else "",
        state=shown.state if shown else "needs-translation",
        label=facts.label,
        note=facts.note,
        previous_source=former[0].text if former else "",
        previous_target=former[1].data if former else "",
        max_length=facts.max_length,
        is_plain=facts.is_plain,
    )


def _is_wanted(unit: Unit, selection: Selection, *, is_left: bool) -> bool:
    if selection.only == "all":
        return True
    if selection.only == "outdated":
        return bool(unit.previous_target)
    return is_left


def pages_of(identities: Sequence[SourceRef]) -> dict[tuple[UUID, int], Page]:
    """Those of them that are pages, in all languages, by translation key and id of the locale."""
    keys = [identity.key for identity in identities]
    pages = Page.objects.filter(translation_key__in=keys, alias_of=None).select_related("locale")
    return {(page.translation_key, page.locale_id): page for page in pages}


def _group(identity: SourceRef, units: tuple[Unit, ...], page: Page | None) -> UnitGroup:
    model: Any = ContentType.objects.get_for_id(identity.content_type).model_class()
    parts = page.get_url_parts() if page is not None else None
    return UnitGroup(
        key=identity.key,
        type=model._meta.label,
        title=identity.title,
        path=parts[2] if parts else "",
        preview_url=f"{parts[1]}{parts[2]}" if parts else "",
        units=units,
    )
