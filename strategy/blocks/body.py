"""A body that may also show an indicator."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from norrbotten.content.blocks import BodyBlock
from norrbotten.content.blocks.synchronised import SnippetRelationBlock
from norrbotten.content.fields import translated, writable


class IndicatorBlock(blocks.StructBlock):
    """An indicator with its values."""

    indicator = SnippetRelationBlock("strategy.Indicator", label=_("Indicator"))

    class Meta:
        icon = "history"
        label = _("Indicator")
        template = "strategy/blocks/indicator.html"


class StrategyBodyBlock(BodyBlock):
    """The blocks of every page, and indicators."""

    indicator = IndicatorBlock(group=_("Facts"))


class StrategyBodyMixin(models.Model):
    """For a page of the strategy with running content."""

    body = StreamField(StrategyBodyBlock(), blank=True, verbose_name=_("body"))

    body_translatable_fields: ClassVar[list[Any]] = translated("body")
    body_api_fields: ClassVar[list[Any]] = writable("body")
    body_search_fields: ClassVar[list[Any]] = [index.SearchField("body")]
    body_panels: ClassVar[list[Any]] = [FieldPanel("body")]

    class Meta:
        abstract = True
