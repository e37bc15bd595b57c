"""Headings: no level is skipped, for those who move by them."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from cms.content.blocks.body import BodyBlock
from cms.content.blocks.heading import FIRST_LEVEL
from cms.content.rules.findings import Fault
from cms.content.rules.registry import refuses


@refuses("heading_level_skipped", BodyBlock)
def look_for_skipped_levels(body: Any) -> Iterator[Fault]:
    """Finds headings that skip a level: a level 4 may only stand under a level 3."""
    previous = FIRST_LEVEL - 1
    for number, child in enumerate(body or ()):
        level = _level(child)
        if level is None:
            continue
        if level > previous + 1:
            message = (
                _("The first heading of a body has level 2, not %(level)d.")
                if previous < FIRST_LEVEL
                else _(
                    "This heading has level %(level)d, but the heading before it has level "
                    "%(previous)d. Choose level %(allowed)d, or add the level in between."
                )
            )
            told = {"level": level, "previous": previous, "allowed": previous + 1}
            yield Fault(message % told, (number, "level"))
        previous = level


def _level(child: Any) -> int | None:
    value = child["value"] if child["type"] == "heading" else None
    level = str(value.get("level")) if isinstance(value, dict) else ""
    return int(level) if level.isdecimal() else None
