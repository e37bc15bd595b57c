"""Translates the demo through wagtail-localize, as a translator would.

The translation's texts are put into a copy of the Swedish page that is never saved. Both are taken
apart into segments by wagtail-localize itself, and paired by where they stand: so that whatever it
asks a translator for, and nothing else, is given.
"""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model
from wagtail.models import Locale
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from norrbotten.demo.errors import Place
from norrbotten.demo.fields import set_fields
from norrbotten.demo.references import References


@dataclass(frozen=True, slots=True)
class Translator:
    """Somebody who translates into one language.

    Attributes:
        complete: whether every text must be translated; if not, what is missing stays Swedish and
            wagtail-localize goes on saying that it waits for it.
        is_draft: whether a person who knows the language has yet to read it. wagtail-localize
            then shows at each text that a machine made it.
    """

    locale: Locale
    references: References
    complete: bool
    is_draft: bool

    def translate(
        self,
        original: Model,
        source: Mapping[str, Any],
        texts: Mapping[str, Any],
        place: Place,
        key: UUID,
    ) -> bool:
        """Publish the translation of a page or snippet; say whether there was none before.

        Args:
            original: the Swedish page or snippet, published.
            source: what the Swedish file says.
            texts: what the translation's file says.
            place: the translation's file.

        Raises:
            DemoContentError: the files have different structures, or a text is missing.
        """
        if self._exists(original):
            return False
        translation_source, _created = TranslationSource.get_or_create_from_instance(original)
        # One that was deleted is there still, switched off.
        translation, _created = Translation.objects.update_or_create(
            source=translation_source,
            target_locale=self.locale,
            defaults={"enabled": True},
        )
        translated: Any = type(original)(locale=self.locale, translation_key=key)
        set_fields(translated, source, self.references, place, texts=texts, owner=key)
        self._translate_strings(translation_source, translated, place)
        # wagtail-localize publishes when the transaction ends, one page after the other; a load
        # that fails half-way shall leave nothing, so the draft is published here.
        translation.save_target(publish=False)
        translation.get_target_instance().get_latest_revision().publish()
        return True

    def _exists(self, original: Any) -> bool:
        translations = type(original)._default_manager.filter(
            translation_key=original.translation_key, locale=self.locale
        )
        return bool(translations.exists())

    def _translate_strings(
        self, translation_source: TranslationSource, translated: Model, place: Place
    ) -> None:
        given = _strings_by_path(translated)
        wanted: dict[str, list[StringSegment]] = defaultdict(list)
        segments_in_order = translation_source.stringsegment_set.order_by("order")
        for segment in segments_in_order.select_related("context", "string"):
            wanted[segment.context.path].append(segment)
        for path, segments in wanted.items():
            texts = given.pop(path, [])
            if not texts and not self.complete:
                continue
            if len(texts) != len(segments):
                raise place.error(
                    f"{segments[0].context.field_path or path} has {len(segments)} texts in "
                    f"Swedish and {len(texts)} in {self.locale.language_code}. The first in "
                    f"Swedish is: {segments[0].string.data[:60]!r}."
                )
            for segment, text in zip(segments, texts, strict=True):
                self._translate_string(segment, text, place)
        if given:
            raise place.error(f"Nothing is to be translated at {', '.join(given)}.")

    def _translate_string(
        self, segment: StringSegment, text: StringSegmentValue, place: Place
    ) -> None:
        data = _with_ids_of(segment, text, place)
        kept, created = StringTranslation.objects.get_or_create(
            translation_of=segment.string,
            context=segment.context,
            locale=self.locale,
            defaults={
                "data": data,
                "translation_type": (
                    StringTranslation.TRANSLATION_TYPE_MACHINE
                    if self.is_draft
                    else StringTranslation.TRANSLATION_TYPE_MANUAL
                ),
            },
        )
        if not created and kept.data != data:
            raise place.error(
                f"The same text in the same place is translated as {kept.data!r} and as {data!r}. "
                "Choose one."
            )
        if kept.has_error:
            raise place.error(f"wagtail-localize refuses {data!r}: {kept.get_error()}")


def _strings_by_path(instance: Model) -> dict[str, list[StringSegmentValue]]:
    strings: dict[str, list[StringSegmentValue]] = defaultdict(list)
    for segment in extract_segments(instance):
        if isinstance(segment, StringSegmentValue):
            strings[segment.path].append(segment)
    return strings


def _with_ids_of(segment: StringSegment, text: StringSegmentValue, place: Place) -> str:
    """Return the text with each link named as in Swedish, where links may stand in other order."""
    source_ids: dict[str, list[str]] = defaultdict(list)
    for source_id, attributes in (json.loads(segment.attrs) or {}).items():
        source_ids[json.dumps(attributes, sort_keys=True)].append(source_id)
    data: str = text.string.data
    renamed = {}
    for own_id, attributes in (text.attrs or {}).items():
        same = source_ids.get(json.dumps(attributes, sort_keys=True))
        if not same:
            raise place.error(f"The Swedish text has no such link: {data!r}.")
        renamed[own_id] = same.pop(0)
    if any(source_ids.values()):
        raise place.error(f"A link of the Swedish text is missing: {data!r}.")
    for own_id in renamed:
        data = data.replace(f'id="{own_id}"', f'id="\0{own_id}"')
    for own_id, source_id in renamed.items():
        data = data.replace(f'id="\0{own_id}"', f'id="{source_id}"')
    return data
