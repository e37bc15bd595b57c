"""The export: the strings of pages and snippets with all that a translator should know."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation

from cms.common.batches import batches
from cms.common.site_address import site_address
from cms.exchange.selection import Selection, selected_sources, target_locale
from cms.exchange.units import Header, State, Unit, UnitGroup
from cms.languages.registry import SOURCE_LANGUAGE_CODE
from cms.translation.fields import field_facts
from cms.translation.models import SourceChange
from cms.translation.status.counting import StringRef
from cms.translation.status.outdated import former_translation

BATCH = 200
"""Pages read at a time; memory does not grow with their number."""


class Kept(NamedTuple):
    """A translation as it is stored."""

    data: str
    state: State


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
    keys = [identity.key for identity in identities]
    kept = _kept(keys, locale)
    former = _former(keys)
    units: dict[int, dict[tuple[str, str], Unit]] = defaultdict(dict)
    types = {identity.source: identity.content_type for identity in identities}
    segments = (
        StringSegment.objects.filter(source__in=list(types))
        .order_by("source", "order", "pk")
        .values_list(
            "source",
            "context",
            "string",
            "string__data",
            "context__path",
            "context__field_path",
        )
    )
    for source, context, string, text, path, field_path in segments.iterator():
        # A sentence that stands twice in one text is translated once.
        if (path, text) in units[source]:
            continue
        unit = _unit(
            types[source], StringRef(context, string), text, path, field_path or path, kept, former
        )
        if _is_wanted(unit, selection):
            units[source][path, text] = unit
    pages = pages_of(identities)
    for identity in identities:
        if chosen := tuple(units[identity.source].values()):
            yield _group(identity, chosen, pages.get((identity.key, identity.locale)))


def _unit(
    content_type: int,
    place: StringRef,
    text: str,
    path: str,
    field_path: str,
    kept: dict[StringRef, Kept],
    former: dict[StringRef, list[tuple[int, str]]],
) -> Unit:
    facts = field_facts(content_type, field_path, SOURCE_LANGUAGE_CODE)
    translation = kept.get(place)
    previous_source = previous_target = ""
    if translation is None:
        before = former_translation(place.context, former.get(place, ()), kept)
        if before is not None:
            previous_source, previous_target = before[0], before[1].data
    return Unit(
        path=path,
        source=text,
        target=translation.data if translation else "",
        state=translation.state if translation else "needs-translation",
        label=facts.label,
        note=facts.note,
        previous_source=previous_source,
        previous_target=previous_target,
        max_length=facts.max_length,
        is_plain=facts.is_plain,
    )


def _is_wanted(unit: Unit, selection: Selection) -> bool:
    if selection.only == "all":
        return True
    if selection.only == "outdated":
        return bool(unit.previous_target)
    return unit.state == "needs-translation"


def _kept(keys: Sequence[UUID], locale: Locale) -> dict[StringRef, Kept]:
    rows = StringTranslation.objects.filter(context__object__in=keys, locale=locale).values_list(
        "context",
        "translation_of",
        "data",
        "translation_type",
        "has_error",
        F("review__state"),
    )
    kept = {}
    for context, string, data, kind, has_error, review in rows.iterator():
        unread = has_error or kind == StringTranslation.TRANSLATION_TYPE_MACHINE
        state: State = review or ("needs-review" if unread else "translated")
        kept[StringRef(context, string)] = Kept(data, state)
    return kept


def _former(keys: Sequence[UUID]) -> dict[StringRef, list[tuple[int, str]]]:
    """The strings that stood in a context before, the latest first."""
    rows = SourceChange.objects.filter(context__object__in=keys, current__isnull=False).order_by(
        "-changed_at", "-pk"
    )
    former: dict[StringRef, list[tuple[int, str]]] = defaultdict(list)
    for context, current, previous, text in rows.values_list(
        "context", "current", "previous", "previous__data"
    ):
        former[StringRef(context, current)].append((previous, text))
    return former


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
