"""Conversion between what is stored and what the editor has, which keeps the numbers of lists.

Wagtail ends a numbered list where an inner list ends, and begins another one that counts from 1;
it forgets with which number a list begins, and writes a line break in a link as white space.
"""

from typing import Any, Final

from draftjs_exporter import DOM
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.admin.rich_text.converters.contentstate_models import Block
from wagtail.admin.rich_text.converters.html_to_contentstate import (
    ListElementHandler,
    ListItemElementHandler,
)
from wagtail.rich_text.feature_registry import FeatureRegistry

from cms.content.rich_text.normalising import normalised
from cms.content.rich_text.reading import START

_ITEM: Final = "ordered-list-item"


class NumberedBlock(Block):
    """An item that begins to count anew; the editor keeps what stands in ``data``."""

    def __init__(self, *arguments: Any, start: int, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.start = start

    def as_dict(self) -> dict[str, Any]:
        """The block as the editor has it."""
        return {**super().as_dict(), "data": {"start": self.start}}


class NumberedListHandler(ListElementHandler):
    """Reads a numbered list and its number."""

    def handle_starttag(self, name: str, attrs: Any, state: Any, contentstate: Any) -> None:
        """Notes the number for the first item."""
        super().handle_starttag(name, attrs, state, contentstate)
        state.start = dict(attrs).get("start")


class NumberedItemHandler(ListItemElementHandler):
    """Reads an item of a list of either kind."""

    def create_block(self, name: str, attrs: Any, state: Any, contentstate: Any) -> Block:
        """The item, with the number of its list where it is the first."""
        block = super().create_block(name, attrs, state, contentstate)
        start = getattr(state, "start", None)
        state.start = None
        if start is None or block.type != _ITEM:
            return block
        return NumberedBlock(block.type, block.depth, block.key, start=int(start))


def _item(props: dict[str, Any]) -> Any:
    start = (props["block"].get("data") or {}).get("start")
    attributes = {START: str(start)} if isinstance(start, int) else {}
    return DOM.create_element("li", attributes, props["children"])


def register_lists(features: FeatureRegistry) -> None:
    """Puts our reading and writing of lists in the place of Wagtail's."""
    numbered = NumberedListHandler(_ITEM)
    plain = ListElementHandler("unordered-list-item")
    # Of the rules for items, that of the feature which is named last would be the one.
    item = NumberedItemHandler()
    for feature, reading, block, element in (
        ("ol", numbered, _ITEM, _item),
        ("ul", plain, "unordered-list-item", "li"),
    ):
        features.register_converter_rule(
            "contentstate",
            feature,
            {
                "from_database_format": {feature: reading, "li": item},
                "to_database_format": {
                    "block_map": {block: {"element": element, "wrapper": feature}}
                },
            },
        )


class RichTextConverter(ContentstateConverter):
    """Converts between what is stored and what the editor has."""

    def to_database_format(self, contentstate_json: str) -> str:
        """HTML as it is stored."""
        html: str = super().to_database_format(contentstate_json)
        # A list goes on after an inner one. A line break within a link is left as white space.
        html = html.replace("</ol><ol>", "").replace("\n", "<br/>")
        return normalised(html, tuple(self.features))[0]
