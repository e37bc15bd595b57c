"""Sizes of the tests that take long: a bounded sample in CI, all of it in ``make release``."""

import os
from typing import Final, TypeVar

Amount = TypeVar("Amount", int, float)

_IS_RELEASE: Final = os.environ.get("RELEASE_TESTS") == "1"
_ASKED_FOR: Final = int(os.environ.get("HYPOTHESIS_EXAMPLES", "0"))

IS_HUNTING: Final = _IS_RELEASE or _ASKED_FOR > 0
"""True where each run tries other examples than the last; those of CI are always the same."""


def amount(sample: Amount, release: Amount) -> Amount:
    """Return the seconds, repetitions or things of a kind that a test takes."""
    return release if _IS_RELEASE else sample


def examples(sample: int, release: int) -> int:
    """Return the number of random examples that a test tries, as ``HYPOTHESIS_EXAMPLES`` has it."""
    return _ASKED_FOR or amount(sample, release)
