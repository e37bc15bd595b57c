"""A block: something that happens at a time and place."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.content.field_notes import Note


class EventBlock(blocks.StructBlock):
    """Something that happens: ``{"name": str, "place": str, "year": int}``."""

    name = blocks.CharBlock(label=_("Name"), max_length=255)
    place = blocks.CharBlock(label=_("Place of the event"), max_length=255, required=False)
    year = blocks.IntegerBlock(label=_("Year"))

    notes: ClassVar = {
        "name": Note("What happens.", "Winter market"),
        "place": Note("Where it happens; empty where it is not told.", "Jokkmokk"),
        "year": Note("Year in which it happens.", 2027),
    }

    class Meta:
        icon = "date"
        label = _("Event")
        label_format = "{name} {year}"
        template = "content/blocks/event.html"
