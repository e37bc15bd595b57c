"""Decides the outcome of each string of one page in a file, before anything is written."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from typing import Any, Final

from django.utils.translation import gettext as _
from wagtail.models import Locale

from cms.exchange import results
from cms.exchange.knowledge import Known
from cms.exchange.leftovers import sentence_left
from cms.exchange.results import Result
from cms.exchange.units import ReceivedUnit
from cms.translation.admin.same import list_title
from cms.translation.approval.rules import is_own
from cms.translation.faults import fault
from cms.translation.fragments import Damaged, damage, plain_text, tokens
from cms.translation.lifecycle.slugs import SLUG_PATH
from cms.translation.models import Suggestion
from cms.translation.strings import State, StringRef, TranslatedString
from cms.translation.texts.digests import digest_of_text, is_of_any_language

SHOWN = 60
"""Characters of a text that a report shows."""

_GIVEN: Final = ("needs-review", "translated", "final")
"""States that a file can give to a text."""

_READ: Final = ("translated", "final")
"""States of a text that somebody has read."""

_OPEN: Final = ("needs-translation", "needs-review")
"""States of a text that nobody has confirmed."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A string to store.

    Attributes:
        state: the state to give it; ``None`` for that of any text that a person entered.
    """

    place: StringRef
    path: str
    data: str
    state: State | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A text to keep as a suggestion."""

    context: int
    source_text: str
    data: str
    reason: Suggestion.Reason


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms on which a file is judged.

    Attributes:
        exported_at: when it was written; ``None`` where it does not say.
        accepts_identical: whether texts that equal their source are so on purpose.
        said: digests of texts of which somebody has said so before.
        user: whoever brings it; ``None`` for a command.
        needs_approval: whether a second person approves each text of the language.
    """

    locale: Locale
    exported_at: datetime | None = None
    accepts_identical: bool = False
    said: set[str] = field(default_factory=set)
    user: Any = None
    needs_approval: bool = False


@dataclass(slots=True)
class Verdict:
    """The outcomes of one page or snippet.

    Attributes:
        entries: texts to store; empty when a text was refused, for a page is taken whole.
        said: texts that equal their source on purpose, as the file says.
        reviewed: translations that stay as they are and get another state, by id.
        approved: texts of translations that the file approves, for another has written them, by id.
    """

    results: list[Result] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    reviewed: dict[int, State] = field(default_factory=dict)
    approved: dict[int, str] = field(default_factory=dict)


def judge(known: Known, units: Iterable[ReceivedUnit], terms: Terms) -> Verdict:
    """Judges the strings that a file has for a page.

    When one is refused none is stored: the others say which one it was.
    """
    verdict = Verdict()
    taken: dict[StringRef, ReceivedUnit] = {}
    for unit in units:
        _Judging(known, unit, terms, verdict, taken).judge()
    refused = [one for one in verdict.results if one.outcome == results.REFUSED]
    if refused:
        verdict = Verdict([_held(one, refused[0]) for one in verdict.results])
    return verdict


def _held(result: Result, refused: Result) -> Result:
    if result.outcome not in (
        results.TAKEN,
        results.KEPT,
        results.SOURCE_CHANGED,
        results.CHANGED_HERE,
    ):
        return result
    reason = _(
        "Another text of this page was refused (“%(text)s”), so none of the page was taken."
    ) % {"text": refused.source}
    return Result(results.REFUSED, result.line, result.title, result.field, result.source, reason)


class _Judging:
    """One string of a file in the light of what is known of its page."""

    def __init__(
        self,
        known: Known,
        unit: ReceivedUnit,
        terms: Terms,
        verdict: Verdict,
        taken: dict[StringRef, ReceivedUnit],
    ) -> None:
        self.known = known
        self.unit = unit
        self.terms = terms
        self.verdict = verdict
        self.taken = taken
        self.says_same = False
        self.source = unit.source
        self.target = unicodedata.normalize("NFC", unit.target)

    def judge(self) -> None:
        """Adds its outcome to the verdict, by the first rule that has something to say of it."""
        unit = self.unit
        if not self.target.strip() and not unit.problem:
            return self._say(results.EMPTY)
        place, self.source = _place(self.known, unit)
        stored = self.known.translations.get(place) if place is not None else None
        if stored is not None and self._is_stored(stored):
            return self._leave(stored)
        if stored is None and place in self.known.said_live and self._is_sources():
            return self._say(results.UNCHANGED)
        if unit.is_locked:
            return self._say(
                results.LOCKED,
                _("The file says that it is not to be translated, so it was not taken."),
            )
        if place is None:
            return self._misplaced()
        rules: tuple[Callable[[StringRef], bool], ...] = (
            self._is_same,
            self._is_live,
            self._is_kept,
            self._is_refused,
            self._is_double,
        )
        if any(rule(place) for rule in rules):
            return None
        return self._take(place, stored)

    def _say(self, outcome: str, reason: str = "") -> None:
        facts = self.known.facts.get(self.unit.path)
        label = facts.label if facts else self.unit.path
        text = plain_text(self.unit.source)
        shown = text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
        self.verdict.results.append(
            Result(outcome, self.unit.line, self.known.title, label, shown, reason)
        )

    def _keep(self, context: int, reason: Suggestion.Reason, data: str) -> None:
        self.verdict.proposals.append(Proposal(context, self.source, data, reason))

    def _is_stored(self, stored: TranslatedString) -> bool:
        if unicodedata.normalize("NFC", stored.data) != self.target or self.unit.is_half_done:
            return False
        return _is_somebodys(stored) or self.unit.path == SLUG_PATH

    def _is_sources(self) -> bool:
        return digest_of_text(self.target) == digest_of_text(self.source)

    def _leave(self, stored: TranslatedString) -> None:
        """Leaves a text that is here already, and gives it the state that the file says."""
        state = self.unit.state
        if stored.awaits_approval and state in _READ and not self.unit.is_locked:
            if is_own(stored.made_by, self.terms.user):
                return self._say(results.UNCHANGED)
            self.verdict.approved[stored.id] = stored.data
            self.verdict.reviewed[stored.id] = state
            return self._say(results.TAKEN)
        now = stored.review or stored.state
        if state in _GIVEN and state != now and not self.unit.is_locked:
            self.verdict.reviewed[stored.id] = state
            return self._say(results.TAKEN)
        return self._say(results.UNCHANGED)

    def _misplaced(self) -> None:
        """Keeps what somebody wrote for a text that is no longer there."""
        unit = self.unit
        context = self.known.contexts.get(unit.path)
        if context is None:
            return self._say(results.UNKNOWN, _("The page has no such field any more."))
        if digest_of_text(self.target) == digest_of_text(unit.source):
            return self._say(results.SOURCE_CHANGED, _("Export again for the present text."))
        if unit.problem or damage(
            unit.source,
            self.target,
            is_plain=False,
            language=self.terms.locale.language_code,
        ):
            return self._say(
                results.SOURCE_CHANGED, _("Its codes are damaged, so it was not kept.")
            )
        self._keep(context, Suggestion.Reason.SOURCE_CHANGED, self.target)
        return self._say(
            results.SOURCE_CHANGED,
            _("Your text is kept as a suggestion. Export again for the present text."),
        )

    @property
    def _is_final(self) -> bool:
        """Tells whether a text may be as in the source: the file or whoever brings it says so."""
        if self.unit.is_half_done:
            return False
        return self.unit.state == "final" or (
            self.terms.accepts_identical and self.unit.state not in _OPEN
        )

    def _is_same(self, place: StringRef) -> bool:
        """A text that says what its source says, and nobody that this is on purpose."""
        unit = self.unit
        is_open = unit.state == "needs-translation"
        if unit.path == SLUG_PATH or is_of_any_language(digest_of_text(self.target)):
            # An address stays the source's where it has no translation, and a number is the same.
            if digest_of_text(self.target) != digest_of_text(unit.source):
                return False
            is_left = unit.state in _OPEN or (
                unit.path == SLUG_PATH and place not in self.known.translations
            )
            if is_left:
                self._say(results.EMPTY)
            return is_left
        if unit.problem or not self.known.says_source(unit.path, unit.source, self.target):
            return False
        if self._is_final:
            self.says_same = True
            return False
        if not is_open and digest_of_text(self.target) in self.terms.said:
            return False
        remedy = _(
            "If that is so on purpose, tick it in the list “%(list)s”, mark it as final in the "
            "file, or say it of the whole file (--accept-identical)."
        ) % {"list": list_title()}
        pending = _("The file says that it is still to be translated.")
        self._say(results.SAME, f"{pending} {remedy}" if is_open else remedy)
        return True

    def _is_live(self, place: StringRef) -> bool:
        """A text that is live on a page that is written by hand: there is nothing to store.

        Nor is there for one that is only said to be the same as its source.
        """
        shows = self.known.texts.shows(self.unit.path, self.target)
        if not self.known.is_own or not (shows or self.says_same):
            return False
        if self.says_same:
            self.verdict.said.append(self.target)
        self._say(results.TAKEN if self.says_same else results.UNCHANGED)
        return True

    def _is_kept(self, place: StringRef) -> bool:
        """A text that is not done, or that must not take the place of what is there."""
        kept = self._reason_to_keep()
        if kept is None:
            return False
        reason, said = kept
        self._keep(place.context, reason, self._without_damage())
        advice = _("Your text is kept as a suggestion.")
        self._say(results.KEPT, f"{said} {advice}")
        return True

    def _reason_to_keep(self) -> tuple[Suggestion.Reason, str] | None:
        unit, reasons = self.unit, Suggestion.Reason
        if unit.is_half_done:
            return reasons.UNFINISHED, _("A part of it has no translation.")
        if unit.state == "needs-translation":
            return reasons.NOT_DONE, _(
                "The file says that it is still to be translated. Mark it as translated."
            )
        if unit.state == "needs-review":
            return reasons.TO_REVIEW, _(
                "The file says that somebody should review it. Mark it as translated when that "
                "is done."
            )
        if self.known.is_own:
            return reasons.STOPPED, _(
                "The page is written by hand in this language, for its translation was stopped."
            )
        if unit.path == SLUG_PATH or self._is_final or unit.problem:
            return None
        left = sentence_left(unit.source, self.target)
        if not left:
            return None
        shown = left if len(left) <= SHOWN else f"{left[: SHOWN - 1]}…"
        return reasons.UNFINISHED, _(
            "“%(text)s” is still as in the source. Translate it too, or mark the text as final."
        ) % {"text": shown}

    def _without_damage(self) -> str:
        """The text as wagtail-localize stores one, without its codes where they are damaged."""
        if self.unit.problem:
            return escape(self.target, quote=False)
        try:
            tokens(self.target)
        except Damaged:
            return escape(plain_text(self.target), quote=False)
        return self.target

    def _is_refused(self, place: StringRef) -> bool:
        reason = self.unit.problem or fault(
            self.unit.source,
            self.target,
            self.known.facts.get(self.unit.path),
            key=self.known.key,
            path=self.unit.path,
            locale=self.terms.locale.pk,
            language=self.terms.locale.language_code,
        )
        if reason:
            self._say(results.REFUSED, reason)
        return bool(reason)

    def _is_double(self, place: StringRef) -> bool:
        other = self.taken.get(place)
        if other is None:
            return False
        if other.target == self.unit.target:
            self._say(results.UNCHANGED)
        else:
            self._say(
                results.REFUSED,
                _("The file has two translations of it; the other is in line %(line)d.")
                % {"line": other.line},
            )
        return True

    def _take(self, place: StringRef, stored: TranslatedString | None) -> None:
        exported_at = self.terms.exported_at
        if stored is not None and exported_at is not None and stored.updated_at > exported_at:
            self._keep(place.context, Suggestion.Reason.CHANGED_HERE, self.target)
            return self._say(
                results.CHANGED_HERE,
                _(
                    "Somebody changed it after the file was written. Your text is kept as a "
                    "suggestion."
                ),
            )
        self.taken[place] = self.unit
        if self.says_same:
            self.verdict.said.append(self.target)
        # Nobody approves a text by bringing it.
        is_final = self.unit.state == "final" and not self.terms.needs_approval
        state: State | None = "final" if is_final else None
        self.verdict.entries.append(Entry(place, self.unit.path, self.target, state))
        if stored is not None and stored.data != self.target and _is_somebodys(stored):
            self._keep(place.context, Suggestion.Reason.REPLACED, stored.data)
        return self._say(results.TAKEN)


def _is_somebodys(stored: TranslatedString) -> bool:
    return stored.is_translation or stored.has_error


_SPACE = re.compile(r"\s+")


def _place(known: Known, unit: ReceivedUnit) -> tuple[StringRef | None, str]:
    """Finds where the string is now, and what it is: a tool may have folded its spaces."""
    place = known.places.get((unit.path, unit.source))
    if place is not None:
        return place, unit.source
    folded = _folded(unit.source)
    for (path, text), candidate in known.places.items():
        if path == unit.path and _folded(text) == folded:
            return candidate, text
    return None, unit.source


def _folded(text: str) -> str:
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()
