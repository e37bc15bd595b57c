"""Keeps superscript and subscript in the sentence in which they stand.

wagtail-localize 1.14.5 knows eight inline elements. Any other, ``<sup>`` and ``<sub>`` among them,
cuts a sentence in three for translators. May go when ``INLINE_TAGS`` holds both.
"""

from typing import Final

from wagtail_localize import strings

from cms.upstream.replacement import UpstreamCode, declare

LACKING: Final = [tag for tag in ("sub", "sup") if tag not in strings.INLINE_TAGS]


def apply() -> None:
    """Adds them to the list, which all of wagtail-localize looks into."""
    declare(
        UpstreamCode(
            "wagtail_localize.strings:validate_element",
            "4b5fd9141ef768d8a9ee09987357de00a6549ffc10c5e4a93b9777369590fbbd",
        )
    )
    strings.INLINE_TAGS.extend(LACKING)
