"""Lists of a story: the people behind it, and the film about it."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.content.blocks.synchronised import NameBlock
from cms.content.blocks.video import VideoBlock
from cms.content.field_notes import Note


class PersonBlock(blocks.StructBlock):
    """Somebody behind a project, and what it has meant."""

    name = NameBlock(label=_("Name"), max_length=255)
    role = blocks.CharBlock(label=_("Role"), max_length=255, required=False)
    quote = blocks.TextBlock(
        label=_("Quote"), required=False, help_text=_("Without quotation marks.")
    )

    notes: ClassVar = {
        "name": Note("Name of the person.", "Anna Andersson"),
        "role": Note("What that person does; empty where it is not told.", "Founder"),
        "quote": Note("What that person said, without quotation marks.", "It changed everything."),
    }

    class Meta:
        icon = "user"
        label = _("Person")
        label_format = "{name}"
        template = "strategy/blocks/person.html"


PEOPLE = [("person", PersonBlock())]
VIDEO = [("video", VideoBlock())]
