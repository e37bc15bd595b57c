"""Says which string of a text took the place of which when the text was changed."""

from collections.abc import Sequence
from difflib import SequenceMatcher

SIMILAR_ENOUGH = 0.5
"""Below this two strings are different sentences, where several were changed side by side."""


def replaced_strings(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int | None]]:
    """Pairs of positions: a string that went, and the one that stands there now or ``None``.

    Where as many strings came as went, each has taken the place of one. Where they are not as
    many, the most similar ones belong together and the rest came or went alone.
    """
    pairs: list[tuple[int, int | None]] = []
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    for operation, start, end, new_start, new_end in matcher.get_opcodes():
        gone, come = range(start, end), range(new_start, new_end)
        if operation == "replace" and len(gone) == len(come):
            pairs += zip(gone, come, strict=True)
        elif operation in ("delete", "replace"):
            pairs += similar_strings(before, after, gone, come)
    return pairs


def similar_strings(
    before: Sequence[str], after: Sequence[str], gone: range, come: range
) -> list[tuple[int, int | None]]:
    """Each position in ``gone`` with that of the string in ``come`` that is most like it."""
    candidates = sorted(
        (-similarity(before[old], after[new]), old, new) for old in gone for new in come
    )
    taken: dict[int, int] = {}
    for negative, old, new in candidates:
        if -negative >= SIMILAR_ENOUGH and old not in taken and new not in taken.values():
            taken[old] = new
    return [(old, taken.get(old)) for old in gone]


def similarity(one: str, other: str) -> float:
    """The similarity of two strings, 0–1, by their words."""
    return SequenceMatcher(a=one.split(), b=other.split(), autojunk=False).ratio()
