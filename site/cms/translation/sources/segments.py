"""Refreshes the segments of a source with few queries."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    StringSegment,
    TemplateSegment,
    TranslationContext,
    TranslationSource,
)
from wagtail_localize.segments import (
    OverridableSegmentValue,
    RelatedObjectSegmentValue,
    StringSegmentValue,
    TemplateSegmentValue,
)
from wagtail_localize.segments.extract import extract_segments

from cms.common.batches import batches
from cms.translation.sources.new_segments import (
    Contexts,
    as_json,
    store_contexts,
    store_values,
)
from cms.translation.sources.recording import PlacedText
from cms.translation.strings import StringRef

_ROWS_AT_A_TIME: Final = 500

_MODELS: Final[dict[str, Any]] = {
    "string": StringSegment,
    "template": TemplateSegment,
    "object": RelatedObjectSegment,
    "overridable": OverridableSegment,
}

# Written out: every publication asks for it, and Django takes ten times as long to write it as a
# database to answer it.
_FIND_SEGMENTS: Final = """
    SELECT 'string', segment.id, segment."order", context.id, context.path, context.field_path,
        segment.attrs, string.data, string.id
    FROM wagtail_localize_stringsegment segment
    JOIN wagtail_localize_translationcontext context ON context.id = segment.context_id
    JOIN wagtail_localize_string string ON string.id = segment.string_id
    WHERE segment.source_id = %(source)s
    UNION ALL
    SELECT 'template', segment.id, segment."order", context.id, context.path, context.field_path,
        template.template_format, template.template, NULL
    FROM wagtail_localize_templatesegment segment
    JOIN wagtail_localize_translationcontext context ON context.id = segment.context_id
    JOIN wagtail_localize_template template ON template.id = segment.template_id
    WHERE segment.source_id = %(source)s
    UNION ALL
    SELECT 'object', segment.id, segment."order", context.id, context.path, context.field_path,
        CAST(object.content_type_id AS text), CAST(object.translation_key AS text), NULL
    FROM wagtail_localize_relatedobjectsegment segment
    JOIN wagtail_localize_translationcontext context ON context.id = segment.context_id
    JOIN wagtail_localize_translatableobject object ON object.translation_key = segment.object_id
    WHERE segment.source_id = %(source)s
    UNION ALL
    SELECT 'overridable', segment.id, segment."order", context.id, context.path, context.field_path,
        '', segment.data_json, NULL
    FROM wagtail_localize_overridablesegment segment
    JOIN wagtail_localize_translationcontext context ON context.id = segment.context_id
    WHERE segment.source_id = %(source)s
    ORDER BY 3, 2
"""

Identity = tuple[Any, ...]
"""What a segment is and where, but for its place in the order."""


class _Stored(NamedTuple):
    """A stored segment of any kind.

    Attributes:
        form: its attributes, its format, or the id of its content type.
        content: the text, the template, the translation key, or the value as JSON.
        string: id of the string; ``None`` for what is none.
    """

    model: Any
    pk: int
    order: int
    context: int
    path: str
    field_path: str
    form: str
    content: str
    string: int | None


class Refreshed(NamedTuple):
    """The strings of a source before and after, in their order."""

    before: list[PlacedText]
    after: list[PlacedText]


@transaction.atomic(savepoint=False)
def refresh_segments(source: TranslationSource, instance: Any = None) -> Refreshed:
    """Makes the stored segments those of the source's content.

    As ``TranslationSource.refresh_segments`` does, which asks seven times for each segment: a page
    of a hundred paragraphs took a quarter of a second to publish. Here what stays, or has only come
    to another place in the order, is known from one query, and what is new is stored together.

    Args:
        instance: the page or snippet with that content, where it is at hand; else it is made of it.
    """
    if instance is None:
        instance = source.as_instance()
    stored = _stored(source)
    known: dict[Identity, list[_Stored]] = defaultdict(list)
    for one in reversed(stored):
        # The same text twice in a place are two, in their order.
        known[_identity_of_stored(one)].append(one)
    moved: dict[Any, list[Any]] = defaultdict(list)
    values, new = extract_segments(instance), []
    for value in values:
        model, *_rest = identity = _identity(value)
        if found := known.get(identity):
            segment = found.pop()
            if segment.order != value.order:
                moved[model].append(model(pk=segment.pk, order=value.order))
        else:
            new.append(value)
    contexts = _contexts(source, instance, stored, values)
    strings = {one.content: one.string for one in stored if one.string is not None}
    added = store_values([(source, instance, new)], contexts, strings)
    strings |= {text: pk for (_locale, text), pk in added.items()}
    for model in _MODELS.values():
        if moved[model]:
            model.objects.bulk_update(moved[model], ["order"], batch_size=_ROWS_AT_A_TIME)
        gone = [one.pk for left in known.values() for one in left if one.model is model]
        for some in batches(gone, _ROWS_AT_A_TIME):
            left_over = model.objects.filter(pk__in=some)
            # Nothing hangs on a segment: they need not be read to be deleted.
            left_over._raw_delete(left_over.db)  # noqa: SLF001
    standing = [
        (contexts[source.object_id, value.path], value.string.data)
        for value in values
        if isinstance(value, StringSegmentValue)
    ]
    return Refreshed(
        [
            PlacedText(StringRef(one.context, one.string), one.content, one.field_path)
            for one in stored
            if one.string is not None
        ],
        [
            PlacedText(StringRef(context.pk, strings[text]), text, context.field_path)
            for context, text in standing
        ],
    )


def _contexts(
    source: TranslationSource, instance: Any, stored: Iterable[_Stored], values: Iterable[Any]
) -> Contexts:
    """The contexts of values; of those that were stored only the id and the field path."""
    found: Contexts = {
        (source.object_id, one.path): TranslationContext(pk=one.context, field_path=one.field_path)
        for one in stored
        # Those that are older than the field have no field path yet.
        if one.field_path
    }
    others = [value for value in values if (source.object_id, value.path) not in found]
    return found | store_contexts([(source, instance, others)])


def _stored(source: TranslationSource) -> list[_Stored]:
    """All segments of a source, in their order."""
    with connection.cursor() as cursor:
        cursor.execute(_FIND_SEGMENTS, {"source": source.pk})
        return [_Stored(_MODELS[kind], *row) for kind, *row in cursor.fetchall()]


def _identity_of_stored(segment: _Stored) -> Identity:
    if segment.model is RelatedObjectSegment:
        return segment.model, segment.path, int(segment.form), UUID(segment.content)
    return segment.model, segment.path, segment.form, segment.content


def _identity(value: Any) -> Identity:
    match value:
        case TemplateSegmentValue():
            return TemplateSegment, value.path, value.format, value.template
        case RelatedObjectSegmentValue():
            kind: ContentType = value.content_type
            return RelatedObjectSegment, value.path, kind.pk, value.translation_key
        case OverridableSegmentValue():
            return OverridableSegment, value.path, "", as_json(value.data)
    return StringSegment, value.path, as_json(value.attrs), value.string.data
