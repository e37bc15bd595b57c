"""The files of one page, beside its translation editor."""

from collections.abc import Mapping
from typing import Any

from wagtail_localize.models import Translation

from cms.common.request_component import RequestComponent
from cms.exchange.formats import FORMATS


class PageFilesPanel(RequestComponent):
    """Fetch this page's texts in a file, and bring them back."""

    template_name = "cms_exchange/editor_panel.html"

    def __init__(self, translation: Translation) -> None:
        self.translation = translation

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """The formats, and whose file it is."""
        return {
            "translation": self.translation,
            "formats": list(FORMATS.values()),
        }
