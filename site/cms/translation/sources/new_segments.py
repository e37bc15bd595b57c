"""Stores the segments of many new sources together, with a few statements for all of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast
from uuid import UUID, uuid5

from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
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

from cms.translation.sources.segments import as_json, store_strings

_ROWS_AT_A_TIME: Final = 500

_Extracted = list[tuple[TranslationSource, Any, list[Any]]]
"""Each source with its page or snippet and the values of its segments."""

_Contexts = dict[tuple[UUID, str], TranslationContext]
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
    contexts = _store_contexts(extracted)
    _store_string_segments(extracted, contexts)
    _store_template_segments(extracted, contexts)
    _store_related_segments(extracted, contexts)
    OverridableSegment.objects.bulk_create(
        [
            OverridableSegment(**place, data_json=as_json(value.data))
            for place, value in _placed(extracted, contexts, OverridableSegmentValue)
        ],
        batch_size=_ROWS_AT_A_TIME,
    )


def _placed(
    extracted: _Extracted, contexts: _Contexts, kind: type[Any]
) -> Iterator[tuple[dict[str, Any], Any]]:
    """The values of a kind, each with what every segment has: its source, context and order."""
    for source, _instance, values in extracted:
        for value in values:
            if isinstance(value, kind):
                context = contexts[source.object_id, value.path]
                place = {"source": source, "context": context, "order": value.order}
                yield place, value


def _store_contexts(extracted: _Extracted) -> _Contexts:
    """The contexts of all segments; those that are not there are stored."""
    keys = {source.object_id for source, _instance, _values in extracted}
    found: _Contexts = {
        (one.object_id, one.path): one for one in TranslationContext.objects.filter(object__in=keys)
    }
    new = []
    for source, instance, values in extracted:
        for path in dict.fromkeys(value.path for value in values):
            place = source.object_id, path
            if place in found:
                # Of a translation that came before its source, and does not say it.
                found[place].get_field_path(instance)
                continue
            found[place] = TranslationContext(
                object_id=source.object_id,
                path=path,
                path_id=TranslationContext._get_path_id(path),  # noqa: SLF001 - how it is found
                field_path=_field_path(path, instance),
            )
            new.append(found[place])
    TranslationContext.objects.bulk_create(new, batch_size=_ROWS_AT_A_TIME)
    return found


@dataclass(slots=True)
class _Unstored:
    """Stands in for a context, which stores its field path as soon as it is asked for it."""

    path: str
    field_path: str = ""

    def save(self, **kwargs: Any) -> None:
        """Stores nothing."""


def _field_path(path: str, instance: Any) -> str:
    """A path without ids: field and kinds of block, ``body.paragraph``."""
    context = cast("TranslationContext", _Unstored(path))
    return str(TranslationContext.get_field_path(context, instance))


def _store_string_segments(extracted: _Extracted, contexts: _Contexts) -> None:
    placed = list(_placed(extracted, contexts, StringSegmentValue))
    texts: dict[int, set[str]] = defaultdict(set)
    for place, value in placed:
        texts[place["source"].locale_id].add(value.string.data)
    ids = {locale: store_strings(locale, texts[locale]) for locale in sorted(texts)}
    StringSegment.objects.bulk_create(
        [
            StringSegment(
                **place,
                string_id=ids[place["source"].locale_id][value.string.data],
                attrs=as_json(value.attrs),
            )
            for place, value in placed
        ],
        batch_size=_ROWS_AT_A_TIME,
    )


def _store_template_segments(extracted: _Extracted, contexts: _Contexts) -> None:
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


def _store_related_segments(extracted: _Extracted, contexts: _Contexts) -> None:
    placed = list(_placed(extracted, contexts, RelatedObjectSegmentValue))
    store_objects((value.translation_key, value.content_type.pk) for _place, value in placed)
    RelatedObjectSegment.objects.bulk_create(
        [RelatedObjectSegment(**place, object_id=value.translation_key) for place, value in placed],
        batch_size=_ROWS_AT_A_TIME,
    )
