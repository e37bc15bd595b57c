"""A heading inside a body."""

from typing import ClassVar

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
