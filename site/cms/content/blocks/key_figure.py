"""One figure that matters, with where it comes from."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.content.field_notes import Note


class KeyFigureBlock(blocks.StructBlock):
    """A number with its unit, year and source."""

    value = blocks.FloatBlock(label=_("Value"))
    label = blocks.CharBlock(
        label=_("Label"), max_length=255, help_text=_("What the figure counts.")
    )
    unit = blocks.CharBlock(label=_("Unit"), max_length=64, required=False)
    year = blocks.IntegerBlock(label=_("Year"), min_value=1900, max_value=2200, required=False)
    source = blocks.CharBlock(label=_("Source"), max_length=255, required=False)
    source_url = blocks.URLBlock(label=_("Address of the source"), required=False)

    notes: ClassVar = {
        "value": Note("The figure, in the unit that `unit` names.", 41.5),
        "label": Note(example="of the energy is renewable"),
        "unit": Note("Unit of the value; empty where it only counts.", "per cent"),
        "year": Note("Year that the figure describes; null where it is not told.", 2025),
        "source": Note("Who has measured; empty where it is not told.", "Statistics Sweden"),
        "source_url": Note("Where the figure stands; empty without an address."),
    }

    class Meta:
        icon = "order"
        label = _("Key figure")
        label_format = "{value} {unit} {label}"
        template = "content/blocks/key_figure.html"
