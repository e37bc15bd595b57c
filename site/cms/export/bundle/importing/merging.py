"""Brings translators' work into a site where translators work too: nobody's words are lost."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from cms.common.batches import batches
from cms.export.bundle.importing import raw
from cms.export.bundle.importing.translations import StringRows, TranslationBringer, parts
from cms.export.bundle.importing.tree import AT_A_TIME, Line
from cms.translation.models import Suggestion
from cms.translation.status.counting import recount
from cms.translation.string_versions import keep_versions, outgoing

TranslationRef = tuple[int, int, int]
"""Ids of a context, of the string in it, and of a locale."""


class TranslationMerger(TranslationBringer):
    """Takes over what is new. Where both sites have a text, the younger is used.

    Attributes:
        counts: texts by what happens to them: ``new``, ``replaced``, ``kept``, ``unchanged``.
    """

    def __init__(self) -> None:
        super().__init__()
        self.counts: Counter[str] = Counter()

    def merge(self, lines: Iterable[Line]) -> None:
        """Takes records over.

        Raises:
            RefusedBundle: a source is of nothing that is there, or a text is not safe.
        """
        for batch in batches(lines, AT_A_TIME):
            self._merge(batch)

    def _merge(self, batch: list[Line]) -> None:
        sources = self._sources_here(batch)
        places = StringRows(self, batch)
        here = _translated([record["key"] for _place, record in batch])
        new: list[StringTranslation] = []
        suggestions: list[Suggestion] = []
        for place, record in batch:
            for string in parts(place, record, "strings"):
                for one in parts(place, string, "translations"):
                    theirs = self.translation(place, places.of(place, record, string), one)
                    ours = here.get(_place(theirs))
                    if ours is None:
                        self.counts["new"] += 1
                        new.append(theirs)
                    elif ours.data == theirs.data:
                        self.counts["unchanged"] += 1
                    else:
                        suggestions.append(self._younger(ours, theirs))
        raw.insert(new)
        raw.insert([one for one in suggestions if not _is_known(one)])
        recount([source.pk for source in sources])

    def _younger(self, ours: StringTranslation, theirs: StringTranslation) -> Suggestion:
        """Uses the younger text; returns the other as a suggestion."""
        if theirs.updated_at <= ours.updated_at:
            self.counts["kept"] += 1
            return _suggestion(theirs, Suggestion.Reason.CHANGED_HERE)
        self.counts["replaced"] += 1
        other = _suggestion(ours, Suggestion.Reason.REPLACED)
        if (before := outgoing(ours)) is not None:
            keep_versions([before])
        StringTranslation.objects.filter(pk=ours.pk).update(
            data=theirs.data,
            translation_type=theirs.translation_type,
            tool_name=theirs.tool_name,
            has_error=theirs.has_error,
            field_error=theirs.field_error,
            updated_at=theirs.updated_at,
        )
        return other

    def _sources_here(self, batch: list[Line]) -> list[TranslationSource]:
        """The sources of what is published, with their translations."""
        instances = self.instances(batch)
        made = []
        for place, record in batch:
            instance = self.instance(place, record, instances)
            source, _created = TranslationSource.get_or_create_from_instance(instance)
            made.append(source)
            for one in parts(place, record, "translations"):
                Translation.objects.get_or_create(
                    source=source,
                    target_locale=self.locale(place, one.get("locale")),
                    defaults={"enabled": bool(one.get("enabled"))},
                )
        return made


def _translated(keys: list[Any]) -> dict[TranslationRef, StringTranslation]:
    rows = StringTranslation.objects.filter(context__object__in=keys)
    return {_place(one): one for one in rows.select_related("translation_of")}


def _place(one: StringTranslation) -> TranslationRef:
    return one.context_id, one.translation_of_id, one.locale_id


def _suggestion(one: StringTranslation, reason: str) -> Suggestion:
    return Suggestion(
        context_id=one.context_id,
        locale_id=one.locale_id,
        source_text=one.translation_of.data,
        data=one.data,
        reason=reason,
        made_at=one.updated_at,
    )


def _is_known(one: Suggestion) -> bool:
    known = Suggestion.objects.filter(
        context=one.context_id, locale=one.locale_id, source_text=one.source_text, data=one.data
    )
    return known.exists()
