"""A heading inside a body."""

from collections.abc import Iterable
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.content.field_notes import Note

FIRST_LEVEL = 2
"""The title of the page is level 1."""


class HeadingBlock(blocks.StructBlock):
    """A heading: ``{"text": str, "level": 2 | 3 | 4}``."""

    text = blocks.CharBlock(label=_("Text"), max_length=255)
    level = blocks.ChoiceBlock(
        label=_("Level"),
        choices=[(2, _("Level 2")), (3, _("Level 3")), (4, _("Level 4"))],
        default=2,
        search_index=False,
    )

    notes: ClassVar = {
        "text": Note("The heading, without HTML.", "What we do"),
        "level": Note(
            "Ordinal number of the level in the page; the title has 1, and none is skipped."
        ),
    }

    class Meta:
        icon = "title"
        label = _("Heading")
        label_format = "{text}"
        template = "content/blocks/heading.html"


def skipped_levels(levels: Iterable[int | None]) -> dict[int, ValidationError]:
    """Finds the headings that skip a level, by their position.

    ``levels`` holds one entry per block of a body: the level of a heading, ``None`` for any
    other block. A screen reader's user moves by level, so an h4 may only stand under an h3.
    """
    errors: dict[int, ValidationError] = {}
    previous = FIRST_LEVEL - 1
    for position, level in enumerate(levels):
        if level is None:
            continue
        if level > previous + 1:
            message = (
                gettext("The first heading of a body has level 2, not %(level)d.")
                if previous < FIRST_LEVEL
                else gettext(
                    "This heading has level %(level)d, but the heading before it has level "
                    "%(previous)d. Choose level %(allowed)d, or add the level in between."
                )
            )
            errors[position] = ValidationError(
                message % {"level": level, "previous": previous, "allowed": previous + 1},
                code="skipped_heading_level",
            )
        previous = level
    return errors
