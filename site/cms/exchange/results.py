"""Outcomes of the strings of a file that came back."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

TAKEN: Final = "taken"
UNCHANGED: Final = "unchanged"
SOURCE_CHANGED: Final = "source-changed"
CHANGED_HERE: Final = "changed-here"
UNKNOWN: Final = "unknown"
REFUSED: Final = "refused"
EMPTY: Final = "empty"
SAME: Final = "same"
KEPT: Final = "kept"
LOCKED: Final = "locked"

OUTCOMES: Final[dict[str, Any]] = {
    TAKEN: gettext_lazy("taken"),
    UNCHANGED: gettext_lazy("unchanged"),
    EMPTY: gettext_lazy("not translated in the file"),
    SAME: gettext_lazy("same as the source"),
    KEPT: gettext_lazy("kept as suggestions"),
    LOCKED: gettext_lazy("locked in the file"),
    SOURCE_CHANGED: gettext_lazy("source has changed since"),
    CHANGED_HERE: gettext_lazy("changed here since"),
    UNKNOWN: gettext_lazy("unknown"),
    REFUSED: gettext_lazy("refused"),
}
"""Every outcome in the order of a report, with what it is called."""

NEEDS_A_LOOK: Final = (
    SAME,
    KEPT,
    LOCKED,
    SOURCE_CHANGED,
    CHANGED_HERE,
    UNKNOWN,
    REFUSED,
)
"""The outcomes after which somebody has something to do."""

_USED: Final = (TAKEN, UNCHANGED)


@dataclass(frozen=True, slots=True)
class Result:
    """One string of a file.

    Attributes:
        line: line in the file, row in a sheet; 0 where the format does not tell.
        title: of the page or snippet; empty where it is unknown.
        field: where in the page, for a person.
        source: the beginning of the source text.
        reason: why it was not taken, and the remedy; empty where it was.
    """

    outcome: str
    line: int
    title: str
    field: str
    source: str
    reason: str = ""

    @property
    def outcome_name(self) -> str:
        """The name of the outcome."""
        return str(OUTCOMES[self.outcome])

    def __str__(self) -> str:
        where = _("line %(line)d") % {"line": self.line} if self.line else ""
        parts = [where, self.title, self.field, f"“{self.source}”", self.outcome_name]
        said = ": ".join(part for part in parts if part)
        return f"{said}. {self.reason}" if self.reason else said


@dataclass(slots=True)
class Report:
    """The outcome of a whole file.

    Attributes:
        results: one for each string, in the order of the pages in the file.
        published: titles of what was published.
        dry_run: whether nothing was written.
    """

    name: str
    language: str
    dry_run: bool
    results: list[Result] = field(default_factory=list)
    published: list[str] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """The number of strings with each outcome, in the order of ``OUTCOMES``."""
        counted = Counter(result.outcome for result in self.results)
        return {outcome: counted[outcome] for outcome in OUTCOMES if counted[outcome]}

    @property
    def is_used(self) -> bool:
        """Tells whether anything of the file could be used."""
        return any(result.outcome in _USED for result in self.results)

    @property
    def is_clean(self) -> bool:
        """Tells whether the file could be used and nobody has anything left to look at."""
        return self.is_used and not any(result.outcome in NEEDS_A_LOOK for result in self.results)

    @property
    def note(self) -> str:
        """The reason why nothing could be used, where no text says it; else empty."""
        if any(result.outcome in (*_USED, *NEEDS_A_LOOK) for result in self.results):
            return ""
        return _("%(name)s: nothing could be used, for it has no text in “%(code)s”.") % {
            "name": self.name,
            "code": self.language,
        }

    def summary(self) -> str:
        """One line: ``text-smj.xlf: 12 taken, 3 unchanged``."""
        counted = ", ".join(f"{number} {OUTCOMES[key]}" for key, number in self.counts().items())
        return f"{self.name}: {counted or _('no texts')}"
