"""A link that stands alone."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.content.api.streams.values import Computed
from cms.content.blocks.synchronised import DocumentRelationBlock
from cms.content.field_notes import Note

TARGETS = ("page", "url", "document")


def link_address(link: dict[str, Any]) -> str | None:
    """The address of a represented link, whichever target it has."""
    if link["page"]:
        path: str = link["page"]["path"]
        return path
    if link["document"]:
        url: str = link["document"]["url"]
        return url
    return link["url"] or None


class LinkBlock(blocks.StructBlock):
    """A text and exactly one target: a page, an address or a file."""

    text = blocks.CharBlock(label=_("Text"), max_length=255)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    url = blocks.URLBlock(label=_("Address"), required=False)
    document = DocumentRelationBlock(label=_("File"), required=False)

    notes: ClassVar = {
        "text": Note("What the link says.", "Read the culture plan"),
        "page": Note("The page that it leads to; null where it leads elsewhere."),
        "url": Note("The address that it leads to; empty where it leads elsewhere.", ""),
        "document": Note("The file that it leads to; null where it leads elsewhere.", None),
    }

    computed_fields: ClassVar = {
        "href": Computed(
            str | None,
            link_address,
            Note(
                "Where it leads: the path of the page, the address, or the file; null when what it "
                "leads to is not published.",
                "/en/development-areas/culture/",
            ),
        )
    }

    class Meta:
        icon = "link"
        label = _("Link")
        label_format = "{text}"
        template = "content/blocks/link.html"
