"""Cuts a rich text into strings once for all who need them.

``extract_strings`` of wagtail-localize 1.14.5 takes more than a millisecond for 5 kB, and is asked
for the same texts two or three times while a page is published. Here the last texts are kept. May
go when it is quick, or keeps them itself.
"""

from typing import Final

from cms.translation.sources.cached_extract_strings import cached_extract_strings
from cms.upstream.replacement import Replacement, UpstreamCode, apply_replacements, declare

EXTRACTION: Final = UpstreamCode(
    "wagtail_localize.strings:extract_strings",
    "56ff4276f32a873b919630599b4376986c90c00c064fcf973ce81baebc789d49",
)
"""Called by the one that is kept, and left as it is where it is defined."""


def apply() -> None:
    """Puts it in where a page or snippet is taken apart."""
    declare(EXTRACTION)
    apply_replacements(
        Replacement(
            "wagtail_localize.segments.extract:extract_strings",
            EXTRACTION.digest,
            lambda _upstreams: cached_extract_strings,
        )
    )
