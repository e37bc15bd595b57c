"""Translators' work: a record for each source, with every string that anybody translated.

Segments are not written: they follow from the source's text. Strings are: one that is no longer in
the source, with its translations, is what a translator sees of how the text was before.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, Exists, F, OuterRef, Subquery, Value, When
from wagtail.models import Page
from wagtail_localize.models import (
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)

from cms.common.keyset_pages import keyset_batches
from cms.export.bundle.editable.records import Record, moment
from cms.export.bundle.editable.scope import Scope
from cms.export.bundle.editable.shapes import snippet_models
from cms.translation.approval.rules import approved_as_stored, may_be_published
from cms.translation.models import Review, SourceChange, StringVersion, Suggestion

AT_A_TIME = 200

STRING_FIELDS = ("data", "translation_type", "tool_name", "has_error", "field_error")


def translation_records(scope: Scope) -> Iterator[Record]:
    """Sources by key and language.

    Of what is public, only what is published: translations in live pages, no older texts, no
    suggestions.
    """
    sources = TranslationSource.objects.select_related(
        "locale", "specific_content_type", "followed"
    )
    # What the page says is in its own record.
    sources = sources.defer("content_json")
    for batch in keyset_batches(sources, "object_id", "locale__language_code", size=AT_A_TIME):
        yield from _records(_chosen(batch, scope), scope)


def _chosen(batch: list[TranslationSource], scope: Scope) -> list[TranslationSource]:
    there = _versions([source.object_id for source in batch], scope)
    return [source for source in batch if (source.object_id, source.locale.language_code) in there]


def _versions(keys: list[UUID], scope: Scope) -> dict[tuple[UUID, str], Any]:
    """The time of each version's publication, by key and language."""
    found: dict[tuple[UUID, str], Any] = {}
    for model in (Page, *snippet_models()):
        rows = scope.chosen(model).filter(translation_key__in=keys).order_by()
        for key, code, published in rows.values_list(
            "translation_key", "locale__language_code", "last_published_at"
        ):
            found[key, code] = published
    return found


def _records(sources: list[TranslationSource], scope: Scope) -> Iterator[Record]:
    keys = [source.object_id for source in sources]
    parts = (
        _translations(sources, scope),
        _strings(keys, scope),
        _changes(keys) if scope.private else {},
        _overrides(keys),
        _suggestions(keys) if scope.private else {},
        _former_texts(keys) if scope.private else {},
    )
    names = ("translations", "strings", "changes", "overrides", "suggestions", "versions")
    for source in sources:
        followed = getattr(source, "followed", None)
        record: Record = {
            "type": source.specific_content_type.model_class()._meta.label,
            "key": str(source.object_id),
            "locale": source.locale.language_code,
            "created_at": moment(source.created_at),
            "last_updated_at": moment(source.last_updated_at),
            "changed_at": moment(followed.changed_at) if followed else None,
        }
        for name, part in zip(names, parts, strict=True):
            key: Any = source.pk if name == "translations" else source.object_id
            if found := part.get(key):
                record[name] = found
        yield record


def _translations(sources: list[TranslationSource], scope: Scope) -> dict[Any, list[Record]]:
    there = _versions([source.object_id for source in sources], scope)
    found: dict[Any, list[Record]] = defaultdict(list)
    rows = Translation.objects.filter(source__in=sources).select_related("target_locale", "source")
    rows = rows.defer("source__content_json")
    for row in rows.order_by("source", "target_locale__language_code"):
        is_there = (row.source.object_id, row.target_locale.language_code) in there
        if not is_there and not scope.private:
            continue
        found[row.source_id].append(
            {
                "uuid": str(row.uuid),
                "locale": row.target_locale.language_code,
                "enabled": row.enabled,
                "created_at": moment(row.created_at),
                "translations_last_updated_at": moment(row.translations_last_updated_at),
                "destination_last_updated_at": moment(row.destination_last_updated_at),
            }
        )
    return found


def _strings(keys: list[UUID], scope: Scope) -> dict[Any, list[Record]]:
    """Every string that is translated, with its place, by key."""
    live = _versions(keys, scope)
    rows = (
        StringTranslation.objects.filter(context__object__in=keys)
        .order_by(
            "context__object",
            "context__path",
            "translation_of__data_hash",
            "translation_of__locale__language_code",
            "locale__language_code",
        )
        .annotate(
            key=F("context__object"),
            path=F("context__path"),
            field_path=F("context__field_path"),
            source=F("translation_of__data"),
            source_locale=F("translation_of__locale__language_code"),
            code=F("locale__language_code"),
            # Elsewhere nobody knows of whoever was to approve it.
            review_state=Case(
                When(may_be_published(), then=F("review__state")),
                default=Value(Review.State.NEEDS_REVIEW.value),
            ),
        )
    )
    if not scope.private:
        # What the source still says.
        there = StringSegment.objects.filter(
            context=OuterRef("context"), string=OuterRef("translation_of")
        )
        rows = rows.filter(may_be_published(), Exists(there), has_error=False).annotate(
            approved_at=Subquery(approved_as_stored().values("approved_at"))
        )
    found: dict[Any, list[Record]] = defaultdict(list)
    for row in rows.iterator(chunk_size=2_000):
        published = live.get((row.key, row.code))
        if not scope.private and (published is None or _changed_at(row) > published):
            continue
        strings = found[row.key]
        place = {
            "path": row.path,
            "field_path": row.field_path,
            "source": row.source,
            "source_locale": row.source_locale,
        }
        if not strings or any(strings[-1][name] != value for name, value in place.items()):
            strings.append({**place, "translations": []})
        strings[-1]["translations"].append(
            {
                "locale": row.code,
                **{name: getattr(row, name) for name in STRING_FIELDS},
                "review": row.review_state,
                "created_at": moment(row.created_at),
                "updated_at": moment(row.updated_at),
            }
        )
    return found


def _changed_at(row: Any) -> datetime:
    """The time since which a text may be published: when it was entered, and approved."""
    changed: datetime = row.updated_at
    return max(changed, row.approved_at or changed)


def _changes(keys: list[UUID]) -> dict[Any, list[Record]]:
    rows = SourceChange.objects.filter(context__object__in=keys).order_by(
        "context__object", "context__path", "previous__data_hash", "current__data_hash"
    )
    return _by_key(
        rows.select_related("context", "previous__locale", "current"),
        lambda row: {
            "path": row.context.path,
            "field_path": row.context.field_path,
            "source_locale": row.previous.locale.language_code,
            "previous": row.previous.data,
            "current": row.current.data if row.current else None,
            "changed_at": moment(row.changed_at),
        },
    )


def _overrides(keys: list[UUID]) -> dict[Any, list[Record]]:
    rows = SegmentOverride.objects.filter(context__object__in=keys).order_by(
        "context__object", "context__path", "locale__language_code"
    )
    return _by_key(
        rows.select_related("context", "locale"),
        lambda row: {
            "path": row.context.path,
            "field_path": row.context.field_path,
            "locale": row.locale.language_code,
            "data": row.data_json,
            "has_error": row.has_error,
            "field_error": row.field_error,
            "created_at": moment(row.created_at),
            "updated_at": moment(row.updated_at),
        },
    )


def _suggestions(keys: list[UUID]) -> dict[Any, list[Record]]:
    rows = Suggestion.objects.filter(context__object__in=keys).order_by(
        "context__object", "context__path", "locale__language_code", "made_at", "data"
    )
    return _by_key(
        rows.select_related("context", "locale"),
        lambda row: {
            "path": row.context.path,
            "field_path": row.context.field_path,
            "locale": row.locale.language_code,
            "source": row.source_text,
            "data": row.data,
            "reason": row.reason,
            "origin": row.origin,
            "made_at": moment(row.made_at),
        },
    )


def _former_texts(keys: list[UUID]) -> dict[Any, list[Record]]:
    rows = StringVersion.objects.filter(context__object__in=keys).order_by(
        "context__object",
        "context__path",
        "string__data_hash",
        "locale__language_code",
        "made_at",
        "data",
    )
    return _by_key(
        rows.select_related("context", "string__locale", "locale"),
        lambda row: {
            "path": row.context.path,
            "field_path": row.context.field_path,
            "source": row.string.data,
            "source_locale": row.string.locale.language_code,
            "locale": row.locale.language_code,
            "data": row.data,
            "tool": row.tool,
            "is_machine": row.is_machine,
            "made_at": moment(row.made_at),
        },
    )


def _by_key(rows: Any, record: Callable[[Any], Record]) -> dict[Any, list[Record]]:
    found: dict[Any, list[Record]] = defaultdict(list)
    for row in rows.iterator(chunk_size=2_000):
        found[row.context.object_id].append(record(row))
    return found
