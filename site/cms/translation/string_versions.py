"""Keeps the text that a translation had before another took its place, whoever does it.

A person's own burst of typing is one version: it is the text from before the burst that is kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone
from wagtail_localize.models import StringTranslation

from cms.translation.models import StringVersion
from cms.translation.strings import StringRef, TranslatedString, is_typed

BURST: Final = timedelta(minutes=2)
"""Time within which a person who types over their own text goes on writing it."""

_AT_A_TIME: Final = 500


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A stored translation that is about to be replaced or deleted."""

    ref: StringRef
    locale: int
    data: str
    kind: str
    tool: str
    made_by: int | None
    made_at: datetime

    def version(self) -> StringVersion:
        """It as a version, not stored yet."""
        return StringVersion(
            context_id=self.ref.context,
            string_id=self.ref.string,
            locale_id=self.locale,
            data=self.data,
            made_by_id=self.made_by,
            made_at=self.made_at,
            tool=self.tool,
            is_machine=self.kind == StringTranslation.TRANSLATION_TYPE_MACHINE,
        )

    def is_own_burst(self, user: int | None) -> bool:
        """Tells whether a person who types over it now is still writing it."""
        return (
            user is not None
            and user == self.made_by
            and is_typed(self.kind, self.tool)
            and timezone.now() - self.made_at < BURST
        )


def outgoing(translation: StringTranslation) -> Outgoing | None:
    """A stored translation as it is at hand; ``None`` for one that stands nowhere or is empty."""
    if translation.context_id is None or not translation.data:
        return None
    return Outgoing(
        StringRef(translation.context_id, translation.translation_of_id),
        translation.locale_id,
        translation.data,
        translation.translation_type,
        translation.tool_name,
        translation.last_translated_by_id,
        translation.updated_at,
    )


def outgoing_string(ref: StringRef, locale: int, translated: TranslatedString) -> Outgoing:
    """A translation as the loader of strings has read it."""
    is_machine = translated.made == "machine"
    return Outgoing(
        ref,
        locale,
        translated.data,
        StringTranslation.TRANSLATION_TYPE_MACHINE
        if is_machine
        else StringTranslation.TRANSLATION_TYPE_MANUAL,
        translated.tool,
        translated.made_by,
        translated.updated_at,
    )


def keep_versions(replaced: Iterable[Outgoing]) -> None:
    """Stores the texts that others take the place of, in one query for each 500."""
    versions = [one.version() for one in replaced if one.data]
    if versions:
        StringVersion.objects.bulk_create(versions, batch_size=_AT_A_TIME)


def keep_before_saving(translation: StringTranslation, update_fields: Any) -> None:
    """Keeps the stored text of a translation that is about to be saved with another.

    The stored row is read where there may be one, since the text that is at hand may be older.
    """
    is_new = translation.pk is None or translation._state.adding  # noqa: SLF001 - as Django does
    if is_new or (update_fields is not None and "data" not in update_fields):
        return
    stored = StringTranslation.objects.filter(pk=translation.pk).first()
    before = outgoing(stored) if stored is not None else None
    if before is None or before.data == translation.data:
        return
    types = is_typed(translation.translation_type, translation.tool_name)
    if not (types and before.is_own_burst(translation.last_translated_by_id)):
        keep_versions([before])


def keep_before_deleting(translation: StringTranslation) -> None:
    """Keeps the text of a translation that is about to be deleted."""
    if (before := outgoing(translation)) is not None:
        keep_versions([before])


def versions_of_string(ref: StringRef, locale: int) -> QuerySet[StringVersion]:
    """The former texts of a string in a language, the latest first."""
    found = StringVersion.objects.filter(context=ref.context, string=ref.string, locale=locale)
    return found.select_related("made_by")
