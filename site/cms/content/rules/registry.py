"""The rules that there are, by what each looks at: a type of page or fact, or a type of block."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from cms.content.rules.findings import Fault

Look = Callable[[Any], Iterable[Fault]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule.

    Attributes:
        code: its name, stable: tests, the API and other programs know it by that.
        refuses: whether what breaks it cannot be published.
        kind: model or class of block, whose subclasses it holds for as well.
        look: finds faults in a page or fact, or in the stored value of a block.
    """

    code: str
    refuses: bool
    kind: type
    look: Look


RULES: Final[list[Rule]] = []


def refuses(code: str, *kinds: type) -> Callable[[Look], Look]:
    """Registers a function as a rule that refuses."""
    return _registered(code, kinds, is_refusing=True)


def advises(code: str, *kinds: type) -> Callable[[Look], Look]:
    """Registers a function as a rule that advises."""
    return _registered(code, kinds, is_refusing=False)


def rules_for(kind: type) -> tuple[Rule, ...]:
    """Finds the rules that hold for a model or class of block, in the order of registration."""
    return _rules_for(kind, len(RULES))


@cache
def _rules_for(kind: type, _count: int) -> tuple[Rule, ...]:
    return tuple(_of(kind))


def _of(kind: type) -> Iterator[Rule]:
    return (rule for rule in RULES if issubclass(kind, rule.kind))


def _registered(code: str, kinds: tuple[type, ...], *, is_refusing: bool) -> Callable[[Look], Look]:
    def register(look: Look) -> Look:
        RULES.extend(Rule(code, is_refusing, kind, look) for kind in kinds)
        return look

    return register
