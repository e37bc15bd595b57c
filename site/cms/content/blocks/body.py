"""The body: which blocks a page may hold."""

import uuid
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.content.blocks.accordion import AccordionBlock
from cms.content.blocks.fact_box import FactBoxBlock
from cms.content.blocks.heading import HeadingBlock
from cms.content.blocks.image import FigureBlock
from cms.content.blocks.key_figure import KeyFigureBlock
from cms.content.blocks.link import LinkBlock
from cms.content.blocks.page_list import PageListBlock
from cms.content.blocks.paragraph import ParagraphBlock
from cms.content.blocks.quote import QuoteBlock
from cms.content.blocks.table import HeaderTableBlock
from cms.content.blocks.video import VideoBlock


class BodyBlock(blocks.StreamBlock):
    """The blocks that every page type has."""

    heading = HeadingBlock(group=_("Text"))
    paragraph = ParagraphBlock(group=_("Text"))
    quote = QuoteBlock(group=_("Text"))
    fact_box = FactBoxBlock(group=_("Text"))
    accordion = AccordionBlock(group=_("Text"))
    image = FigureBlock(group=_("Media"))
    video = VideoBlock(group=_("Media"))
    key_figure = KeyFigureBlock(group=_("Facts"))
    table = HeaderTableBlock(group=_("Facts"))
    link = LinkBlock(group=_("Links"))
    page_list = PageListBlock(group=_("Links"))

    def clean(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        """Gives each block an id of its own."""
        cleaned = super().clean(value, *args, **kwargs)
        _give_own_ids(cleaned)
        return cleaned

    class Meta:
        required = False


def _give_own_ids(stream: blocks.StreamValue) -> None:
    """Gives a new id to each block that has none, or that of one before it.

    The strings of a block are found by it, and its translations.
    """
    known: set[str] = set()
    for child in stream:
        if not child.id or child.id in known:
            child.id = str(uuid.uuid4())
        known.add(child.id)
