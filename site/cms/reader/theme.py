"""The colours of the reader, as its style sheets set them, and whether they can be told apart.

A region sets the variables anew in ``content/theme.css`` of an application of its own, which stands
before ours in ``INSTALLED_APPS``.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from django.contrib.staticfiles import finders

BASE: Final = "content/reader.css"
THEME: Final = "content/theme.css"
READING: Final = 7.0
MEANING: Final = 4.5
"""Contrast of WCAG 2.2: for the text that one reads, and for all else that means something."""

# Foreground, background, and how far apart they must be.
_PAIRS: Final = (
    ("ink", "ground", READING),
    ("ink", "snow", READING),
    ("ink", "tint", READING),
    ("heading", "ground", READING),
    ("heading", "snow", READING),
    ("on-night", "night", READING),
    ("muted", "ground", MEANING),
    ("muted", "snow", MEANING),
    ("muted", "tint", MEANING),
    ("link", "ground", MEANING),
    ("link", "snow", MEANING),
    ("aurora", "ground", MEANING),
    ("ore", "ground", MEANING),
    ("ore", "snow", MEANING),
)
_DARK: Final = re.compile(r"@media \(prefers-color-scheme: dark\) \{(.*?)\n\}", re.DOTALL)
_VARIABLE: Final = re.compile(r"--([\w-]+):\s*(#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?)\s*;")
_SHORT: Final = 4
_LINEAR_UP_TO: Final = 0.04045


class Unreadable(NamedTuple):
    """Two colours that are too near.

    Attributes:
        scheme: ``light`` or ``dark``.
        found, needed: contrasts, 1 to 21.
    """

    scheme: str
    foreground: str
    background: str
    found: float
    needed: float


def unreadable_pairs(style_sheets: list[str]) -> Iterator[Unreadable]:
    """The pairs of colours that are too near, of style sheets one after the other."""
    light: dict[str, str] = {}
    dark: dict[str, str] = {}
    for text in style_sheets:
        in_dark = "".join(_DARK.findall(text))
        of_light = dict(_VARIABLE.findall(_DARK.sub("", text).partition("@media print")[0]))
        light |= of_light
        # What is set for both stands before what is set for the dark alone.
        dark |= of_light | dict(_VARIABLE.findall(in_dark))
    for scheme, colours in (("light", light), ("dark", dark)):
        for foreground, background, needed in _PAIRS:
            if foreground in colours and background in colours:
                found = contrast(colours[foreground], colours[background])
                if found < needed:
                    yield Unreadable(scheme, foreground, background, found, needed)


def style_sheets() -> list[str]:
    """The style sheets that set the colours, the region's last."""
    found = (finders.find(name) for name in (BASE, THEME))
    return [Path(str(path)).read_text(encoding="utf-8") for path in found if path]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, as WCAG 2.2 defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    digits = colour[1:]
    if len(colour) == _SHORT:
        digits = "".join(2 * digit for digit in digits)
    parts = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    red, green, blue = (
        part / 12.92 if part <= _LINEAR_UP_TO else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
