"""Imports translators' work, so that they go on where the other site was."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import Locale
from wagtail_localize.models import (
    SegmentOverride,
    String,
    StringTranslation,
    Translation,
    TranslationContext,
    TranslationSource,
)

from cms.common.batches import batches
from cms.content.api.delivered_types import delivered_models
from cms.export.bundle.editable.translations import STRING_FIELDS
from cms.export.bundle.importing import raw
from cms.export.bundle.importing.belonging import prefetch_children, prefetch_streams
from cms.export.bundle.importing.record_shapes import moment_of
from cms.export.bundle.importing.refusals import FilePosition
from cms.export.bundle.importing.rich_text_check import fault
from cms.export.bundle.importing.tree import AT_A_TIME, Line, identity
from cms.translation.models import FollowedSource, Review, SourceChange, StringVersion, Suggestion
from cms.translation.sources.following import content_of, digest_of, schema_version
from cms.translation.sources.new_segments import store_objects, store_segments
from cms.translation.status.counting import recount

Record = dict[str, Any]


class TranslationBringer:
    """Reads the records of translation sources, some hundred at a time."""

    def __init__(self) -> None:
        self.locales = {locale.language_code: locale for locale in Locale.objects.all()}
        self.models = {model._meta.label: model for model in delivered_models()}

    def bring(self, lines: Iterable[Line]) -> int:
        """Stores all; returns how many strings were translated.

        Raises:
            RefusedBundle: a source is of nothing that is there, or a text is not safe.
        """
        return sum(self._batch(batch) for batch in batches(lines, AT_A_TIME))

    def _batch(self, batch: list[Line]) -> int:
        sources = self._sources(batch)
        places = StringRows(self, batch)
        translations: list[StringTranslation] = []
        reviews: list[Review] = []
        for place, record in batch:
            for string in parts(place, record, "strings"):
                for one in parts(place, string, "translations"):
                    made = self.translation(place, places.of(place, record, string), one)
                    translations.append(made)
                    if one.get("review"):
                        reviews.append(Review(translation=made, state=one["review"]))
        raw.insert(translations)
        for review in reviews:
            # The key of what it reviews is known only now.
            review.translation_id = review.translation.pk
        Review.objects.bulk_create(reviews)
        self._rest(batch, places)
        recount([source.pk for source in sources])
        return len(translations)

    def _sources(self, batch: list[Line]) -> list[TranslationSource]:
        """The sources, with their segments, which follow from what the page says."""
        found = self.instances(batch)
        instances = [self.instance(place, record, found) for place, record in batch]
        prefetch_children(instances)
        store_objects(
            (one.translation_key, _kind(one.get_translation_model())) for one in instances
        )
        made = [
            self._source(place, record, instance)
            for (place, record), instance in zip(batch, instances, strict=True)
        ]
        raw.insert(made)
        prefetch_streams(instances)
        store_segments(list(zip(made, instances, strict=True)))
        followed: list[FollowedSource] = []
        translations: list[Translation] = []
        for (place, record), source, instance in zip(batch, made, instances, strict=True):
            if record.get("changed_at"):
                followed.append(
                    FollowedSource(
                        source=source,
                        published_at=instance.last_published_at or timezone.now(),
                        digest=digest_of(instance, source.content_json),
                        changed_at=_moment(place, record, "changed_at"),
                    )
                )
            translations += self._begun(place, record, source)
        FollowedSource.objects.bulk_create(followed)
        raw.insert(translations)
        return made

    def _source(self, place: FilePosition, record: Record, instance: Any) -> TranslationSource:
        return TranslationSource(
            object_id=instance.translation_key,
            specific_content_type_id=_kind(type(instance)),
            locale=instance.locale,
            object_repr=str(instance)[:200],
            content_json=content_of(instance),
            schema_version=schema_version(instance._meta.app_label),
            created_at=_moment(place, record, "created_at"),
            last_updated_at=_moment(place, record, "last_updated_at"),
        )

    def _begun(
        self, place: FilePosition, record: Record, source: TranslationSource
    ) -> Iterator[Translation]:
        for one in parts(place, record, "translations"):
            yield Translation(
                uuid=_uuid(place, one.get("uuid")),
                source=source,
                target_locale=self.locale(place, one.get("locale")),
                enabled=bool(one.get("enabled")),
                created_at=_moment(place, one, "created_at"),
                translations_last_updated_at=_perhaps(one, "translations_last_updated_at"),
                destination_last_updated_at=_perhaps(one, "destination_last_updated_at"),
            )

    def instance(
        self, place: FilePosition, record: Record, found: dict[tuple[str, str, str], Any]
    ) -> Any:
        """The page or snippet of a record.

        Raises:
            RefusedBundle: it is not there.
        """
        instance = found.get((record["type"], record["key"], record["locale"]))
        if instance is None:
            raise place.refuse(
                f"{record['key']} in {record['locale']!r} is translated and not in the bundle."
            )
        return instance

    def instances(self, batch: list[Line]) -> dict[tuple[str, str, str], Any]:
        """Finds what is translated, by type, key and language."""
        wanted: dict[Any, set[str]] = defaultdict(set)
        for place, record in batch:
            model = self.models.get(record.get("type", ""))
            if model is None:
                raise place.refuse(f"there is no type {record.get('type')!r:.80} here.")
            identity(place, record, self.locales)
            wanted[model].add(record["key"])
        return {
            (model._meta.label, str(one.translation_key), one.locale.language_code): one
            for model, keys in wanted.items()
            for one in model._base_manager.filter(translation_key__in=keys).select_related("locale")
        }

    def locale(self, place: FilePosition, code: Any) -> Locale:
        """A language of this site.

        Raises:
            RefusedBundle: there is no such language.
        """
        if code not in self.locales:
            raise place.refuse(f"there is no language {code!r:.80} here.")
        return self.locales[code]

    def translation(
        self, place: FilePosition, where: tuple[TranslationContext, String], one: Record
    ) -> StringTranslation:
        """A translated text, not stored yet.

        Raises:
            RefusedBundle: it is no text, or not safe.
        """
        fields = {name: one.get(name) for name in STRING_FIELDS}
        if not isinstance(fields["data"], str):
            raise place.inside("strings").refuse("a translation has no text.")
        if found := fault(fields["data"], is_string=True):
            raise place.inside("strings").refuse(f"{found} ({fields['data']!r:.80}).")
        context, string = where
        return StringTranslation(
            context=context,
            translation_of=string,
            locale=self.locale(place, one.get("locale")),
            created_at=_moment(place, one, "created_at"),
            updated_at=_moment(place, one, "updated_at"),
            **fields,
        )

    def _rest(self, batch: list[Line], places: "StringRows") -> None:
        """Stores former sources, overrides, suggestions and former translations."""
        for name, made in (
            ("changes", self._change),
            ("overrides", self._override),
            ("suggestions", self._suggestion),
            ("versions", self._version),
        ):
            raw.insert(
                [
                    made(place, record, one, places)
                    for place, record in batch
                    for one in parts(place, record, name)
                ]
            )

    def _change(
        self, place: FilePosition, record: Record, one: Record, places: "StringRows"
    ) -> SourceChange:
        context, previous = places.of(place, record, {**one, "source": one["previous"]})
        current = one.get("current")
        return SourceChange(
            context=context,
            previous=previous,
            current=places.string(one["source_locale"], current) if current else None,
            changed_at=_moment(place, one, "changed_at"),
        )

    def _override(
        self, place: FilePosition, record: Record, one: Record, places: "StringRows"
    ) -> SegmentOverride:
        return SegmentOverride(
            context=places.context(record["key"], one["path"]),
            locale=self.locale(place, one.get("locale")),
            data_json=str(one["data"]),
            has_error=bool(one.get("has_error")),
            field_error=str(one.get("field_error") or ""),
            created_at=_moment(place, one, "created_at"),
            updated_at=_moment(place, one, "updated_at"),
        )

    def _suggestion(
        self, place: FilePosition, record: Record, one: Record, places: "StringRows"
    ) -> Suggestion:
        return Suggestion(
            context=places.context(record["key"], one["path"]),
            locale=self.locale(place, one.get("locale")),
            source_text=str(one["source"]),
            data=str(one["data"]),
            reason=str(one["reason"]),
            origin=str(one.get("origin") or ""),
            made_at=_moment(place, one, "made_at"),
        )

    def _version(
        self, place: FilePosition, record: Record, one: Record, places: "StringRows"
    ) -> StringVersion:
        context, string = places.of(place, record, one)
        return StringVersion(
            context=context,
            string=string,
            locale=self.locale(place, one.get("locale")),
            data=str(one["data"]),
            tool=str(one.get("tool") or ""),
            is_machine=bool(one.get("is_machine")),
            made_at=_moment(place, one, "made_at"),
        )


class StringRows:
    """The contexts and strings that some records speak of, found or made together."""

    def __init__(self, bringer: TranslationBringer, batch: list[Line]) -> None:
        self._bringer = bringer
        contexts: dict[tuple[str, str], str] = {}
        strings: set[tuple[str, str]] = set()
        for place, record in batch:
            for name in ("strings", "changes", "overrides", "suggestions", "versions"):
                for one in parts(place, record, name):
                    if not isinstance(one.get("path"), str):
                        raise place.inside(name).refuse("it does not say where the text stands.")
                    contexts[record["key"], one["path"]] = one.get("field_path") or ""
                    texts = (one.get("source"), one.get("previous"), one.get("current"))
                    if name in ("strings", "changes", "versions"):
                        bringer.locale(place, one.get("source_locale"))
                        strings |= {
                            (one["source_locale"], text) for text in texts if isinstance(text, str)
                        }
        self._contexts = _contexts(contexts)
        self._strings = _strings(strings, bringer.locales)

    def context(self, key: str, path: str) -> TranslationContext:
        """The place of a text."""
        return self._contexts[key, path]

    def string(self, code: str, text: str) -> String:
        """A text in a language."""
        return self._strings[code, text]

    def of(
        self, place: FilePosition, record: Record, one: Record
    ) -> tuple[TranslationContext, String]:
        """The context of a text, and its string."""
        text = one.get("source")
        if not isinstance(text, str):
            raise place.inside("strings").refuse("it does not say what the source is.")
        return self.context(record["key"], one["path"]), self.string(one["source_locale"], text)


def _contexts(wanted: dict[tuple[str, str], str]) -> dict[tuple[str, str], TranslationContext]:
    keys = {key for key, _path in wanted}
    found = {
        (str(one.object_id), one.path): one
        for one in TranslationContext.objects.filter(object__in=keys)
    }
    new = [
        TranslationContext(
            object_id=UUID(key),
            path=path,
            path_id=TranslationContext._get_path_id(path),  # noqa: SLF001 - how it is found
            field_path=field_path,
        )
        for (key, path), field_path in wanted.items()
        if (key, path) not in found
    ]
    raw.insert(new)
    return found | {(str(one.object_id), one.path): one for one in new}


def _strings(
    wanted: set[tuple[str, str]], locales: dict[str, Locale]
) -> dict[tuple[str, str], String]:
    hashes = {
        (locales[code].pk, String._get_data_hash(text)): (code, text)  # noqa: SLF001 - see above
        for code, text in wanted
    }
    found: dict[tuple[str, str], String] = {}
    for some in batches(hashes, AT_A_TIME):
        rows = String.objects.filter(data_hash__in={digest for _locale, digest in some})
        for row in rows:
            if (row.locale_id, row.data_hash) in hashes:
                found[hashes[row.locale_id, row.data_hash]] = row
    new = [
        String(locale=locales[code], data=text, data_hash=digest)
        for (_locale, digest), (code, text) in hashes.items()
        if (code, text) not in found
    ]
    raw.insert(new)
    codes = {locale.pk: code for code, locale in locales.items()}
    return found | {(codes[one.locale_id], one.data): one for one in new}


def parts(place: FilePosition, record: Record, name: str) -> list[Record]:
    """The entries of a list in a record.

    Raises:
        RefusedBundle: it is no such list.
    """
    parts = record.get(name, [])
    if not isinstance(parts, list) or not all(isinstance(one, dict) for one in parts):
        raise place.inside(name).refuse("a list of entries is expected here.")
    return parts


def _kind(model: Any) -> int:
    return int(ContentType.objects.get_for_model(model).pk)


def _uuid(place: FilePosition, text: Any) -> UUID:
    try:
        return UUID(str(text))
    except ValueError as error:
        raise place.refuse(f"{text!r:.80} is no UUID.") from error


def _perhaps(record: Record, name: str) -> datetime | None:
    return moment_of(record.get(name))


def _moment(place: FilePosition, record: Record, name: str) -> datetime:
    moment = _perhaps(record, name)
    if moment is None:
        raise place.inside(name).refuse(f"{record.get(name)!r:.80} is no moment in time.")
    return moment
