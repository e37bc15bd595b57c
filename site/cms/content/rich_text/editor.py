"""Wagtail's editor, whose texts and pastes go the way of all others."""

from typing import Any

from django.forms import Media
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.admin.staticfiles import versioned_static

from cms.content.rich_text.conversion import RichTextConverter


class RichTextArea(DraftailRichTextArea):
    """The editor with our conversion, numbers of lists, and the server's word on each paste."""

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.converter = RichTextConverter(self.features)
        # After the other entities: a link that is pasted over words is theirs.
        self.options.setdefault("entityTypes", []).append(
            {
                "type": "PASTED",
                "url": reverse_lazy("cms_paste"),
                "features": list(self.features),
                "failed": _("The server did not take what you pasted. Try again."),
            }
        )
        self.options.setdefault("plugins", []).append({"type": "NUMBERED"})

    @property
    def media(self) -> Media:
        """Wagtail's scripts, and ours after them."""
        media: Media = super().media
        names = ("naming", "numbering", "pasting")
        return media + Media(js=[versioned_static(f"content/admin/{name}.js") for name in names])
