"""Counts one string that was saved, without counting all the others of its page again.

The numbers are those of :mod:`cms.translation.status.judgement`, before and after. What is live is
not touched by what somebody types, so that its numbers stay; where they do not, as on a page that a
program wrote past the strings, all is counted again.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cms.translation.models import LanguageStatus, Status, StringVersion
from cms.translation.status.counting import COUNTED, recount
from cms.translation.status.judgement import Facts, Source, counts_of, live_status
from cms.translation.strings import SourceString, Strings, TranslatedString, put_translation

TYPED: Final = (
    "translated",
    "translated_words",
    "outdated",
    "outdated_words",
    "unpublished",
    "to_review",
    "same",
)
"""Numbers that change when a string is typed."""


@dataclass(slots=True)
class CountedString:
    """A string of a page or fact in a language, to be counted again.

    Attributes:
        status: what is counted of the page; ``None`` where nothing is yet.
        strings: those of the string's context, with what each language says live.
        live_since: of the translation.
        has_target: whether the page is known to be there in the language, as a draft or live.
    """

    source: Source
    locale: tuple[int, str]
    status: LanguageStatus | None
    string: SourceString
    strings: Strings
    live_since: datetime | None
    has_target: bool

    def put(self, translated: TranslatedString | None) -> None:
        """Has it be translated as it was stored now, and counts it.

        One query where no other string is concerned, and nobody has counted meanwhile. The text
        that it had is among its versions by now.
        """
        replaced = self._replaced()
        before = self._counts(replaced)
        put_translation(self.strings, self.source.key, self.locale, self.string, translated)
        after = self._counts(replaced)
        if self._concerns_others() or not self._store(before, after):
            recount([self.source.id], [self.locale[0]], of_strings=True)
            self.status = LanguageStatus.objects.filter(
                source=self.source.id, locale=self.locale[0]
            ).first()

    def _replaced(self) -> list[str]:
        """Former texts that may be live, as :func:`counting.recount` finds them."""
        if self.live_since is None:
            return []
        before = self.strings.translations[self.locale[0]].get(self.string.ref)
        if before is not None and before.counts and before.updated_at <= self.live_since:
            return [] if before.made == "machine" else [before.data]
        versions = StringVersion.objects.filter(
            context=self.string.ref.context,
            string=self.string.ref.string,
            locale=self.locale[0],
            made_at__lte=self.live_since,
            is_machine=False,
        )
        return list(versions.values_list("data", flat=True))

    def _counts(self, replaced: list[str]) -> dict[str, int]:
        texts = self.strings.texts.of(self.source.key, self.locale[1])
        own = [one for one in self.strings.of_source[self.source.id] if one == self.string]
        alone = Strings(
            of_source={self.source.id: own},
            translations=self.strings.translations,
            said_live=self.strings.said_live,
            former=self.strings.former,
            texts=self.strings.texts,
        )
        pk, _code = self.locale
        facts = Facts({}, alone, {}, {}, {}, 0, {(pk, self.string.ref): replaced})
        return counts_of(self.source, pk, facts, self.live_since, texts, is_own=False)

    def _concerns_others(self) -> bool:
        """Tells whether more than the string's own numbers may be others."""
        texts = self.strings.texts.of(self.source.key, self.locale[1])
        stood_before_another = any(
            former.string == self.string.ref.string and ref.context == self.string.ref.context
            for ref, formers in self.strings.former.items()
            for former in formers
        )
        is_unrecorded = self.live_since is not None and not texts.is_recorded
        return stood_before_another or is_unrecorded or bool(texts.texts.machine)

    def _store(self, before: dict[str, int], after: dict[str, int]) -> bool:
        """Stores the numbers, unless others are stored meanwhile, or what readers see changes."""
        if self.status is None or before["published"] != after["published"]:
            return False
        stored = {name: getattr(self.status, name) for name in COUNTED}
        for name in TYPED:
            setattr(self.status, name, number := stored[name] + after[name] - before[name])
            if number < 0:
                # Somebody has changed something without counting it.
                return False
        if self.live_since is None:
            if not (self.has_target or self.status.translated or self.status.outdated):
                return False
            self.status.status = Status.DRAFT
        else:
            texts = self.strings.texts.of(self.source.key, self.locale[1])
            status = live_status(self.status, self.source, self.live_since, texts, is_own=False)
            if status != stored["status"]:
                return False
        changed = {name: getattr(self.status, name) for name in (*TYPED, "status")}
        if all(stored[name] == value for name, value in changed.items()):
            return True
        rows = LanguageStatus.objects.filter(pk=self.status.pk, **stored)
        return rows.update(**changed) == 1
