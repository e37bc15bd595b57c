"""A body that may also show an indicator."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.content.blocks import BodyBlock
from cms.content.blocks.synchronised import SnippetRelationBlock
from cms.content.field_notes import Note
from cms.content.pages import BodyMixin
from cms.content.stream_field import StreamField


class IndicatorBlock(blocks.StructBlock):
    """An indicator with its values."""

    indicator = SnippetRelationBlock("strategy.Indicator", label=_("Indicator"))

    notes: ClassVar = {
        "indicator": Note("The indicator with its values; null where it is not published."),
    }

    class Meta:
        icon = "history"
        label = _("Indicator")
        template = "strategy/blocks/indicator.html"


class StrategyBodyBlock(BodyBlock):
    """The blocks of every page, and indicators."""

    indicator = IndicatorBlock(group=_("Facts"))


class StrategyBodyMixin(BodyMixin):
    """For a page of the strategy with running content."""

    body = StreamField(StrategyBodyBlock(), blank=True, verbose_name=_("body"))

    class Meta:
        abstract = True
