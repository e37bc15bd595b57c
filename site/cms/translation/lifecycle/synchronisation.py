"""Stops keeping a translation in step with its source, and starts again without losing a word."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail_localize.models import StringTranslation, Translation, TranslationContext
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from cms.translation.approval.approving import store_approved
from cms.translation.approval.rules import needs_approval
from cms.translation.fragments import damage
from cms.translation.lifecycle.overrides import Choices, choices_by_hand, keep_choices
from cms.translation.models import SourceChange, Suggestion
from cms.translation.status.counting import recounting_once
from cms.translation.strings import SourceString, StringRef, load_strings
from cms.translation.texts.digests import digest_of_text
from cms.translation.texts.extraction import field_of, texts_of


@dataclass(frozen=True, slots=True)
class Placed:
    """A text that was written by hand where the source has one.

    Attributes:
        ref: the string that it is a translation of, and where.
        replaces: the translation that it takes the place of; empty for none.
        is_live: whether readers see it.
    """

    ref: StringRef
    source_text: str
    data: str
    replaces: str
    is_live: bool


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A text that was written by hand where the source has none, or none that it fits."""

    path: str
    source_text: str
    data: str


@dataclass(slots=True)
class HandWritten:
    """The texts of a stopped page or fact that are not among its translations.

    Attributes:
        choices: links, images and the like that are not the source's.
        user: who saved the page last; ``None`` where nobody knows.
    """

    placed: list[Placed] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)
    choices: Choices = field(default_factory=Choices)
    user: Any = None


def stop_synchronisation(translation: Translation) -> None:
    """Leaves a page or fact as it is, to be written by hand from now on."""
    translation.enabled = False
    translation.save(update_fields=["enabled"])


@transaction.atomic
def start_synchronisation(translation: Translation, user: Any) -> HandWritten:
    """Keeps a page or fact in step with its source again; returns what was written meanwhile.

    A text of which the source has the like becomes its translation, so that publishing leaves it.
    Others become suggestions, and so do the translations that it replaces. Links and images stay
    where wagtail-localize can keep them; all else is in the page's history.

    Args:
        user: who asks for it; counts as the writer where nobody knows who was.
    """
    written = hand_written(translation)
    writer = written.user or user
    instance = translation.get_target_instance()
    if not getattr(instance, "latest_revision_id", True):
        # What it says now is in its history from here on.
        instance.save_revision(user=writer, changed=False)
    live: list[StringTranslation] = []
    with recounting_once():
        for one in written.placed:
            if one.replaces:
                _suggest(
                    translation, one.ref.context, one.source_text, one.replaces,
                    Suggestion.Reason.PAGE_WON, None,
                )  # fmt: skip
            taken, _created = StringTranslation.objects.update_or_create(
                translation_of_id=one.ref.string,
                context_id=one.ref.context,
                locale_id=translation.target_locale_id,
                defaults={
                    "data": one.data,
                    "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
                    "tool_name": "",
                    "last_translated_by": writer,
                    "has_error": False,
                    "field_error": "",
                },
            )
            if one.is_live:
                live.append(taken)
        if live and needs_approval(translation.target_locale_id):
            # What readers see stays: an administrator has asked for it.
            store_approved(live, user, timezone.now())
        for text in written.unplaced:
            context, _created = TranslationContext.objects.get_or_create(
                object_id=translation.source.object_id, path=text.path
            )
            _suggest(
                translation, context.pk, text.source_text, text.data,
                Suggestion.Reason.BY_HAND, writer,
            )  # fmt: skip
        keep_choices(translation, written.choices.kept, writer)
        translation.enabled = True
        translation.save(update_fields=["enabled"])
    return written


def _suggest(
    translation: Translation,
    context: int,
    source_text: str,
    data: str,
    reason: Suggestion.Reason,
    user: Any,
) -> None:
    place = {"context_id": context, "locale": translation.target_locale, "data": data}
    if not Suggestion.objects.filter(**place).exists():
        Suggestion.objects.create(**place, source_text=source_text, reason=reason, made_by=user)


def hand_written(translation: Translation) -> HandWritten:
    """Finds what somebody wrote in a page or fact while it was not kept in step.

    That is what it says, in its latest draft if there is one, and neither its translations nor its
    source do. With a text for each of the source's in a field, each is that one's translation, as
    it was when the page was saved: then publishing gives the same page again.
    """
    instance = _latest(translation)
    revision = getattr(instance, "latest_revision", None)
    found = HandWritten(user=revision.user if revision else None)
    known = _Known(translation, revision.created_at if revision else timezone.now())
    texts: dict[str, list[str]] = defaultdict(list)
    for segment in extract_segments(instance):
        if isinstance(segment, StringSegmentValue):
            texts[segment.path].append(segment.string.data)
    seen = set()
    for path, strings in texts.items():
        known.sort_out(path, strings, found)
        seen |= {digest_of_text(data) for data in strings}
    for text in texts_of(instance):
        # Of what wagtail-localize does not translate, the source's takes its place.
        others = [data for data in text.strings if digest_of_text(data) not in seen]
        found.unplaced += known.without_place(text.path, others)
    found.choices = choices_by_hand(translation, instance)
    return found


def _latest(translation: Translation) -> Any:
    instance = translation.get_target_instance()
    latest = getattr(instance, "get_latest_revision_as_object", None)
    return latest() if latest else instance


class _Known:
    """Texts of a page or fact that are known without looking at it."""

    def __init__(self, translation: Translation, written_at: datetime) -> None:
        source, locale = translation.source, translation.target_locale
        self._locale: int = locale.pk
        self._strings = load_strings(
            [source.pk], [source.object_id], {locale.pk: locale.language_code}
        )
        self._version = self._strings.texts.of(source.object_id, locale.language_code)
        self._by_path: dict[str, list[SourceString]] = defaultdict(list)
        self._sources: dict[str, set[str]] = defaultdict(set)
        for string in self._strings.of_source[source.pk]:
            self._by_path[string.path].append(string)
            self._sources[field_of(string.path)].add(digest_of_text(string.text))
        stored = self._strings.translations[locale.pk]
        self._stored = {(ref.context, one.data) for ref, one in stored.items()}
        self._anywhere = {one.data for one in stored.values()}
        # What stood in the source when the page was saved; the earliest change since tells.
        changes = SourceChange.objects.filter(
            context__object=source.object_id, current__isnull=False, changed_at__gt=written_at
        ).order_by("-changed_at", "-pk")
        self._before = {
            StringRef(context, current): (StringRef(context, previous), text)
            for context, current, previous, text in changes.values_list(
                "context", "current", "previous", "previous__data"
            )
        }

    def sort_out(self, path: str, texts: list[str], found: HandWritten) -> None:
        """Adds the texts of a field or block, which stand there in this order."""
        strings = self._by_path.get(path, [])
        if len(strings) != len(texts):
            found.unplaced += self.without_place(path, texts)
            return
        for string, data in zip(strings, texts, strict=True):
            context = string.ref.context
            if self._is_sources(path, data) or (context, data) in self._stored:
                continue
            ref, source_text = self._before.get(string.ref, (string.ref, string.text))
            language = self._version.language
            if damage(source_text, data, is_plain=False, language=language):
                found.unplaced.append(Unplaced(path, source_text, data))
                continue
            former = self._strings.translations[self._locale].get(ref)
            replaces = former.data if former and not former.equals_source else ""
            is_live = self._version.shows(path, data)
            found.placed.append(Placed(ref, source_text, data, replaces, is_live))

    def without_place(self, path: str, texts: list[str]) -> Iterator[Unplaced]:
        """Those of some texts that are kept nowhere."""
        for data in texts:
            if data not in self._anywhere and not self._is_sources(path, data):
                yield Unplaced(path, "", data)

    def _is_sources(self, path: str, data: str) -> bool:
        digest = digest_of_text(data)
        return (
            not digest
            or digest in self._sources[field_of(path)]
            or self._version.says_source(path, digest)
        )
