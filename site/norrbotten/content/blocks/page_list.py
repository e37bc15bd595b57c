"""Pages that an editor wants to show together."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class PageListBlock(blocks.StructBlock):
    """``{"title": str, "pages": [page]}``; the order is the editor's."""

    title = blocks.CharBlock(label=_("Title"), max_length=255, required=False)
    pages = blocks.ListBlock(blocks.PageChooserBlock(label=_("Page")), label=_("Pages"), min_num=1)

    class Meta:
        icon = "list-ol"
        label = _("List of pages")
        label_format = "{title}"
        template = "content/blocks/page_list.html"
