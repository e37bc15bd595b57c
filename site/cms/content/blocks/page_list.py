"""Pages that an editor wants to show together."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.content.field_notes import Note


class PageListBlock(blocks.StructBlock):
    """Pages in the editor's order: ``{"title": str, "pages": [page]}``."""

    title = blocks.CharBlock(label=_("Title"), max_length=255, required=False)
    pages = blocks.ListBlock(blocks.PageChooserBlock(label=_("Page")), label=_("Pages"), min_num=1)

    notes: ClassVar = {
        "title": Note("What the pages have in common; empty without a title.", "Read more"),
        "pages": Note("The pages that are published, in order."),
    }

    class Meta:
        icon = "list-ol"
        label = _("List of pages")
        label_format = "{title}"
        template = "content/blocks/page_list.html"
