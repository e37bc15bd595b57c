"""Says which string of a text took the place of which when the text was changed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import chain, product
from operator import itemgetter
from typing import Final

SIMILAR_ENOUGH: Final = 0.5
"""Below this two strings are different sentences, where several were changed side by side."""

FEW_PAIRS: Final = 2_500
AROUND: Final = 3
RARE: Final = 4


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
        (-ratio, old, new)
        for old, new, ratio in _similarities(before, after, _compared(before, after, gone, come))
        if ratio >= SIMILAR_ENOUGH
    )
    taken: dict[int, int] = {}
    found: set[int] = set()
    for _negative, old, new in candidates:
        if old not in taken and new not in found:
            taken[old] = new
            found.add(new)
    return [(old, taken.get(old)) for old in gone]


def _compared(
    before: Sequence[str], after: Sequence[str], gone: range, come: range
) -> Iterator[tuple[int, int]]:
    """The pairs that are worth comparing.

    All of them where they are few. Of a text that was written anew as a whole, those that lie about
    as far behind its beginning, and those that share a word that few have: their number grows with
    that of the strings, and not with its square.
    """
    if len(gone) * len(come) <= FEW_PAIRS:
        yield from product(gone, come)
        return
    having: dict[str, list[int]] = defaultdict(list)
    for new in come:
        for word in set(after[new].split()):
            having[word].append(new)
    for old in gone:
        middle = (old - gone.start) * len(come) // len(gone) + come.start
        near = range(max(come.start, middle - AROUND), min(come.stop, middle + AROUND + 1))
        some = [having.get(word, ()) for word in sorted(set(before[old].split()))]
        rare = chain.from_iterable(
            sorted((new for new in some if len(new) <= RARE), key=len)[:RARE]
        )
        yield from ((old, new) for new in sorted({*near, *rare}))


def _similarities(
    before: Sequence[str], after: Sequence[str], pairs: Iterable[tuple[int, int]]
) -> Iterator[tuple[int, int, float]]:
    """Pairs of positions, each with the similarity of its strings, 0–1, by their words."""
    matcher: SequenceMatcher[str] = SequenceMatcher(autojunk=False)
    looked_up = None
    # It keeps what it knows of the second of two.
    for old, new in sorted(pairs, key=itemgetter(1)):
        if new != looked_up:
            matcher.set_seq2(after[new].split())
            looked_up = new
        matcher.set_seq1(before[old].split())
        # The others are what it cannot exceed, and are counted sooner.
        if min(matcher.real_quick_ratio(), matcher.quick_ratio()) >= SIMILAR_ENOUGH:
            yield old, new, matcher.ratio()
