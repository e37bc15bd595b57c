"""Stores many segments together, of one source or of many, with a few statements for all."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final
from uuid import UUID, uuid5

from django.core.serializers.json import DjangoJSONEncoder
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    String,
    StringSegment,
    Template,
    TemplateSegment,
    TranslatableObject,
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
from cms.translation.sources.field_paths import FieldPaths

_ROWS_AT_A_TIME: Final = 500

Extracted = list[tuple[TranslationSource, Any, list[Any]]]
"""Each source with its page or snippet and the values of its segments."""

Contexts = dict[tuple[UUID, str], TranslationContext]
"""By translation key and path."""


def store_objects(kinds: Iterable[tuple[UUID, int]]) -> None:
    """Stores the translatable objects that are not there yet.

    Args:
        kinds: translation keys, each with the id of its content type.

    Raises:
        ValueError: a key is that of something of another type.
    """
    wanted = sorted(set(kinds))
    keys = [key for key, _kind in wanted]
    known = dict(
        TranslatableObject.objects.filter(pk__in=keys).values_list("pk", "content_type_id")
    )
    new = []
    for key, kind in wanted:
        if key not in known:
            known[key] = kind
            new.append(TranslatableObject(translation_key=key, content_type_id=kind))
        elif known[key] != kind:
            raise ValueError(f"{key} is the key of two types.")
    TranslatableObject.objects.bulk_create(new, batch_size=_ROWS_AT_A_TIME)


def store_segments(sources: Sequence[tuple[TranslationSource, Any]]) -> None:
    """Stores the segments of sources that have none.

    What ``refresh_segments`` stores of each. The number of statements is one for all, but for
    what the content of a page asks for while it is taken apart.

    Args:
        sources: stored sources, each with the page or snippet that has its content.
    """
    extracted = [(source, instance, extract_segments(instance)) for source, instance in sources]
    store_values(extracted, store_contexts(extracted))


def store_values(
    extracted: Extracted, contexts: Contexts, known: Mapping[str, int] | None = None
) -> dict[tuple[int, str], int]:
    """Stores values of all kinds as segments, with a few statements for each kind.

    Args:
        contexts: of all values.
        known: ids of texts that are strings already, in the language of the only source.

    Returns:
        The ids of strings by the id of their language and their text.
    """
    strings = _store_string_segments(extracted, contexts, known or {})
    _store_template_segments(extracted, contexts)
    _store_related_segments(extracted, contexts)
    OverridableSegment.objects.bulk_create(
        [
            OverridableSegment(**place, data_json=as_json(value.data))
            for place, value in _placed(extracted, contexts, OverridableSegmentValue)
        ],
        batch_size=_ROWS_AT_A_TIME,
    )
    return strings


def _placed(
    extracted: Extracted, contexts: Contexts, kind: type[Any]
) -> Iterator[tuple[dict[str, Any], Any]]:
    """The values of a kind, each with what every segment has: its source, context and order."""
    for source, _instance, values in extracted:
        for value in values:
            if isinstance(value, kind):
                context = contexts[source.object_id, value.path]
                place = {"source": source, "context": context, "order": value.order}
                yield place, value


def store_contexts(extracted: Extracted) -> Contexts:
    """The contexts of all values; those that are not there, or have no field path, are stored."""
    wanted = dict.fromkeys(
        (source.object_id, value.path)
        for source, _instance, values in extracted
        for value in values
    )
    found: Contexts = {}
    for some in batches(wanted, _ROWS_AT_A_TIME):
        there = TranslationContext.objects.filter(
            object__in={key for key, _path in some},
            path_id__in=[_path_id(path) for _key, path in some],
        )
        # Of a translation that came before its source, and does not say its field.
        found |= {(one.object_id, one.path): one for one in there if one.field_path}
    new = []
    for source, instance, values in extracted:
        paths = FieldPaths(instance)
        for path in dict.fromkeys(value.path for value in values):
            if (source.object_id, path) not in found:
                context = TranslationContext(
                    object_id=source.object_id,
                    path=path,
                    path_id=_path_id(path),
                    field_path=paths.of(path),
                )
                found[source.object_id, path] = context
                new.append(context)
    TranslationContext.objects.bulk_create(
        new,
        batch_size=_ROWS_AT_A_TIME,
        update_conflicts=True,
        unique_fields=["object", "path_id"],
        update_fields=["field_path"],
    )
    return found


def _path_id(path: str) -> UUID:
    found: UUID = TranslationContext._get_path_id(path)  # noqa: SLF001 - how it is found
    return found


def store_strings(locale: int, texts: set[str]) -> dict[str, int]:
    """Stores texts as strings, each once in a language for all pages; returns their ids.

    Args:
        locale: id of the language.
    """
    hashes = {text: String._get_data_hash(text) for text in texts}  # noqa: SLF001 - its key
    strings = String.objects.bulk_create(
        [
            String(locale_id=locale, data_hash=hashes[text], data=text)
            # In order, so that two who store the same never wait for each other.
            for text in sorted(texts)
        ],
        update_conflicts=True,
        unique_fields=["locale", "data_hash"],
        update_fields=["data"],
    )
    return {string.data: string.pk for string in strings}


def _store_string_segments(
    extracted: Extracted, contexts: Contexts, known: Mapping[str, int]
) -> dict[tuple[int, str], int]:
    placed = list(_placed(extracted, contexts, StringSegmentValue))
    texts: dict[int, set[str]] = defaultdict(set)
    for place, value in placed:
        texts[place["source"].locale_id].add(value.string.data)
    ids = {
        (locale, text): pk
        for locale in sorted(texts)
        for text, pk in {**known, **store_strings(locale, texts[locale] - known.keys())}.items()
    }
    StringSegment.objects.bulk_create(
        [
            StringSegment(
                **place,
                string_id=ids[place["source"].locale_id, value.string.data],
                attrs=as_json(value.attrs),
            )
            for place, value in placed
        ],
        batch_size=_ROWS_AT_A_TIME,
    )
    return ids


def _store_template_segments(extracted: Extracted, contexts: Contexts) -> None:
    placed = list(_placed(extracted, contexts, TemplateSegmentValue))
    # In order, so that two who store the same never wait for each other.
    by_digest = {_template_digest(value): value for _place, value in placed}
    templates = Template.objects.bulk_create(
        [
            Template(
                uuid=digest,
                template=value.template,
                template_format=value.format,
                string_count=value.string_count,
            )
            for digest, value in sorted(by_digest.items())
        ],
        batch_size=_ROWS_AT_A_TIME,
        update_conflicts=True,
        unique_fields=["uuid"],
        update_fields=["template"],
    )
    ids = {template.uuid: template.pk for template in templates}
    TemplateSegment.objects.bulk_create(
        [
            TemplateSegment(**place, template_id=ids[_template_digest(value)])
            for place, value in placed
        ],
        batch_size=_ROWS_AT_A_TIME,
    )


def _template_digest(value: TemplateSegmentValue) -> UUID:
    """The digest by which ``Template.from_value`` finds a template."""
    return uuid5(uuid5(Template.BASE_UUID_NAMESPACE, value.format), value.template)


def _store_related_segments(extracted: Extracted, contexts: Contexts) -> None:
    placed = list(_placed(extracted, contexts, RelatedObjectSegmentValue))
    store_objects((value.translation_key, value.content_type.pk) for _place, value in placed)
    RelatedObjectSegment.objects.bulk_create(
        [RelatedObjectSegment(**place, object_id=value.translation_key) for place, value in placed],
        batch_size=_ROWS_AT_A_TIME,
    )


def as_json(value: Any) -> str:
    """A value as segments have it."""
    return json.dumps(value, cls=DjangoJSONEncoder)
