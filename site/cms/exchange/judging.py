"""Decides the outcome of each string of one page in a file, before anything is written."""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _
from wagtail.models import Locale

from cms.exchange import results
from cms.exchange.knowledge import Known
from cms.exchange.results import Result
from cms.exchange.units import ReceivedUnit, State
from cms.translation.fragments import damage, plain_text
from cms.translation.lifecycle.slugs import SLUG_PATH, slug_problem
from cms.translation.models import Suggestion
from cms.translation.strings import StringRef

SHOWN = 60
"""Characters of a text that a report shows."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A string to store.

    Attributes:
        replaces: the text that it takes the place of, with the same source; empty for none.
        state: the state to give it; ``None`` for that of any text that a person entered.
    """

    place: StringRef
    path: str
    data: str
    replaces: str
    state: State | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A text to keep as a suggestion."""

    context: int
    source_text: str
    data: str
    reason: Suggestion.Reason


@dataclass(slots=True)
class Verdict:
    """The outcomes of one page or snippet.

    Attributes:
        entries: texts to store; empty when a text was refused, for a page is taken whole.
        reviewed: translations that stay as they are and get another state, by id.
    """

    results: list[Result] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    reviewed: dict[int, State] = field(default_factory=dict)


def judge(
    known: Known, units: list[ReceivedUnit], locale: Locale, exported_at: datetime | None
) -> Verdict:
    """Judges the strings that a file has for a page.

    When one is refused none is stored: the others say which one it was.
    """
    verdict = Verdict()
    taken: dict[StringRef, ReceivedUnit] = {}
    for unit in units:
        _judge_unit(known, unit, locale, exported_at, verdict, taken)
    refused = [one for one in verdict.results if one.outcome == results.REFUSED]
    if refused:
        verdict.results = [_held(one, refused[0]) for one in verdict.results]
        verdict.entries, verdict.proposals, verdict.reviewed = [], [], {}
    return verdict


def _held(result: Result, refused: Result) -> Result:
    if result.outcome not in (results.TAKEN, results.SOURCE_CHANGED, results.CHANGED_HERE):
        return result
    reason = _(
        "Another text of this page was refused (“%(text)s”), so none of the page was taken."
    ) % {"text": refused.source}
    return Result(results.REFUSED, result.line, result.title, result.field, result.source, reason)


def _judge_unit(
    known: Known,
    unit: ReceivedUnit,
    locale: Locale,
    exported_at: datetime | None,
    verdict: Verdict,
    taken: dict[StringRef, ReceivedUnit],
) -> None:
    def say(outcome: str, reason: str = "") -> None:
        facts = known.facts.get(unit.path)
        label = facts.label if facts else unit.path
        text = plain_text(unit.source)
        shown = text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
        verdict.results.append(Result(outcome, unit.line, known.title, label, shown, reason))

    target = unicodedata.normalize("NFC", unit.target)
    if not target.strip() and not unit.problem:
        return say(results.EMPTY)
    place = _place(known, unit)
    if place is None:
        context = known.contexts.get(unit.path)
        if context is None:
            return say(results.UNKNOWN, _("The page has no such field any more."))
        if unit.problem or damage(unit.source, target, is_plain=False):
            return say(results.SOURCE_CHANGED, _("Its codes are damaged, so it was not kept."))
        verdict.proposals.append(
            Proposal(context, unit.source, target, Suggestion.Reason.SOURCE_CHANGED)
        )
        return say(
            results.SOURCE_CHANGED,
            _("Your text is kept as a suggestion. Export again for the present text."),
        )
    stored = known.translations.get(place)
    if stored is not None and unicodedata.normalize("NFC", stored.data) == target:
        if unit.state in ("needs-review", "translated", "final") and unit.state != stored.state:
            verdict.reviewed[stored.id] = unit.state
            return say(results.TAKEN)
        return say(results.UNCHANGED)
    if reason := _refusal(known, unit, place, target, locale):
        return say(results.REFUSED, reason)
    if (other := taken.get(place)) is not None:
        if other.target == unit.target:
            return say(results.UNCHANGED)
        return say(
            results.REFUSED,
            _("The file has two translations of it; the other is in line %(line)d.")
            % {"line": other.line},
        )
    if stored is not None and exported_at is not None and stored.updated_at > exported_at:
        verdict.proposals.append(
            Proposal(place.context, unit.source, target, Suggestion.Reason.CHANGED_HERE)
        )
        return say(
            results.CHANGED_HERE,
            _("Somebody changed it after the file was written. Your text is kept as a suggestion."),
        )
    taken[place] = unit
    state = unit.state if unit.state in ("needs-review", "final") else None
    verdict.entries.append(Entry(place, unit.path, target, stored.data if stored else "", state))
    if stored is not None:
        verdict.proposals.append(
            Proposal(place.context, unit.source, stored.data, Suggestion.Reason.REPLACED)
        )
    return say(results.TAKEN)


_SPACE = re.compile(r"\s+")


def _place(known: Known, unit: ReceivedUnit) -> StringRef | None:
    """Finds where the string is now; a tool may have folded its spaces or composed its letters."""
    place = known.places.get((unit.path, unit.source))
    if place is not None:
        return place
    folded = _folded(unit.source)
    for (path, text), candidate in known.places.items():
        if path == unit.path and _folded(text) == folded:
            return candidate
    return None


def _folded(text: str) -> str:
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()


def _refusal(
    known: Known, unit: ReceivedUnit, place: StringRef, target: str, locale: Locale
) -> str | None:
    if unit.problem:
        return unit.problem
    facts = known.facts.get(unit.path)
    if reason := damage(unit.source, target, is_plain=facts is None or facts.is_plain):
        return reason
    length = len(plain_text(target))
    if facts is not None and facts.max_length is not None and length > facts.max_length:
        return _("It has %(length)d characters; the field holds %(limit)d. Shorten it.") % {
            "length": length,
            "limit": facts.max_length,
        }
    if unit.path == SLUG_PATH:
        return slug_problem(known.key, locale.pk, target)
    return None
