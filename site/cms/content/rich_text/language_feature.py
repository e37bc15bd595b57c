"""The button by which editors mark words as being in another language, and what it writes."""

from html import escape
from typing import Any

from django.utils.translation import gettext_lazy as _
from draftjs_exporter import DOM
from wagtail.admin.rich_text.converters.html_to_contentstate import LinkElementHandler
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature
from wagtail.rich_text import LinkHandler
from wagtail.rich_text.feature_registry import FeatureRegistry

from cms.content.rich_text.language_parts import KIND
from cms.languages.registry import ENTRIES

ENTITY = "LANGUAGE"


class LanguageHandler(LinkHandler):
    """Marks where Wagtail shows a text by itself; documents go another way."""

    identifier = KIND

    @classmethod
    def expand_db_attributes(cls, attrs: dict[str, str]) -> str:
        """The opening tag: an ``a`` without an address is no link."""
        return f'<a lang="{escape(attrs.get("lang", ""))}">'


class LanguageElementHandler(LinkElementHandler):
    """Reads a mark for the editor."""

    def get_attribute_data(self, attrs: dict[str, str]) -> dict[str, str]:
        """The code of the language."""
        return {"lang": attrs.get("lang", "")}


def _mark(props: dict[str, Any]) -> Any:
    attributes = {"linktype": KIND, "lang": props.get("lang", "")}
    return DOM.create_element("a", attributes, props["children"])


def register_language_parts(features: FeatureRegistry) -> None:
    """Registers the feature for fields that name it."""
    features.register_link_type(LanguageHandler)
    features.register_converter_rule(
        "contentstate",
        KIND,
        {
            "from_database_format": {f'a[linktype="{KIND}"]': LanguageElementHandler(ENTITY)},
            "to_database_format": {"entity_decorators": {ENTITY: _mark}},
        },
    )
    features.register_editor_plugin(
        "draftail",
        KIND,
        EntityFeature(
            {
                "type": ENTITY,
                "icon": "globe",
                "description": _("Words in another language"),
                "attributes": ["lang"],
                "languages": [
                    {"code": each.code, "name": each.name, "dir": each.direction}
                    for each in ENTRIES
                ],
                "messages": {
                    "title": _("In which language are the words?"),
                    "remove": _("In the language of the text"),
                    "cancel": _("Cancel"),
                    "select": _("Select the words first that are in another language."),
                    "link": _(
                        "There is a link in the words. A link and the mark of a language cannot "
                        "stand in one another: mark the words before or after the link."
                    ),
                },
            },
            js=["content/admin/language_parts.js"],
        ),
    )
