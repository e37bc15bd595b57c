"""What the development areas list: one block per kind of thing."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from norrbotten.content.blocks.key_figure import KeyFigureBlock
from norrbotten.content.blocks.paragraph import ParagraphBlock
from norrbotten.content.blocks.synchronised import NameBlock, SnippetRelationBlock


def _municipality() -> SnippetRelationBlock:
    return SnippetRelationBlock("strategy.Municipality", label=_("municipality"), required=False)


def _year(**kwargs: Any) -> blocks.IntegerBlock:
    return blocks.IntegerBlock(min_value=1900, max_value=2200, **kwargs)


class ArtFormBlock(blocks.StructBlock):
    """An art form that the region supports."""

    name = blocks.CharBlock(label=_("name"), max_length=255)
    description = ParagraphBlock(label=_("description"), required=False)

    class Meta:
        icon = "view"
        label = _("Art form")
        label_format = "{name}"
        template = "strategy/blocks/described.html"


class VenueBlock(blocks.StructBlock):
    """Where culture is to be met."""

    name = blocks.CharBlock(label=_("name"), max_length=255)
    municipality = _municipality()
    description = ParagraphBlock(label=_("description"), required=False)
    website = blocks.URLBlock(label=_("website"), required=False)

    class Meta:
        icon = "home"
        label = _("Venue")
        label_format = "{name}"
        template = "strategy/blocks/described.html"


class EmissionTargetBlock(blocks.StructBlock):
    """By how much a sector's emissions are to fall, counted from a base year."""

    sector = blocks.CharBlock(label=_("sector"), max_length=255)
    base_year = _year(label=_("base year"))
    target_year = _year(label=_("target year"))
    reduction_percent = blocks.FloatBlock(
        label=_("reduction, per cent"), min_value=0, max_value=100
    )

    class Meta:
        icon = "arrow-down"
        label = _("Emission target")
        label_format = "{sector} {target_year}"
        template = "strategy/blocks/emission_target.html"


class AdaptationMeasureBlock(blocks.StructBlock):
    """What is done to live with a changed climate."""

    title = blocks.CharBlock(label=_("title"), max_length=255)
    description = ParagraphBlock(label=_("description"), required=False)

    class Meta:
        icon = "warning"
        label = _("Adaptation measure")
        label_format = "{title}"
        template = "strategy/blocks/described.html"


class NeedBlock(blocks.StructBlock):
    """How many people a trade needs in a year."""

    trade = blocks.CharBlock(label=_("trade"), max_length=255)
    year = _year(label=_("year"))
    people = blocks.IntegerBlock(label=_("people"), min_value=0)
    source = blocks.CharBlock(label=_("source"), max_length=255, required=False)

    class Meta:
        icon = "group"
        label = _("Need")
        label_format = "{trade} {year}: {people}"
        template = "strategy/blocks/need.html"


class ProviderBlock(blocks.StructBlock):
    """Who educates."""

    organisation = SnippetRelationBlock(
        "strategy.Organisation", label=_("organisation"), required=False
    )
    name = blocks.CharBlock(label=_("name"), max_length=255)
    description = ParagraphBlock(label=_("description"), required=False)
    website = blocks.URLBlock(label=_("website"), required=False)

    class Meta:
        icon = "form"
        label = _("Education provider")
        label_format = "{name}"
        template = "strategy/blocks/described.html"


class RouteBlock(blocks.StructBlock):
    """A way into work."""

    title = blocks.CharBlock(label=_("title"), max_length=255)
    description = ParagraphBlock(label=_("description"), required=False)

    class Meta:
        icon = "arrow-right"
        label = _("Route into work")
        label_format = "{title}"
        template = "strategy/blocks/described.html"


class TransportLinkBlock(blocks.StructBlock):
    """A road, a line or a service between places."""

    name = blocks.CharBlock(label=_("name"), max_length=255)
    mode = blocks.ChoiceBlock(
        label=_("mode"),
        choices=[
            ("road", _("Road")),
            ("rail", _("Rail")),
            ("air", _("Air")),
            ("sea", _("Sea")),
            ("public_transport", _("Public transport")),
            ("cycling", _("Cycling")),
        ],
        search_index=False,
    )
    carries = blocks.ChoiceBlock(
        label=_("carries"),
        choices=[("goods", _("Goods")), ("people", _("People")), ("both", _("Goods and people"))],
        default="both",
        search_index=False,
    )
    open_all_year = blocks.BooleanBlock(label=_("open all the year"), required=False, default=True)
    description = ParagraphBlock(label=_("description"), required=False)

    class Meta:
        icon = "link"
        label = _("Link")
        label_format = "{name} ({mode})"
        template = "strategy/blocks/transport_link.html"


class EstablishmentBlock(blocks.StructBlock):
    """A great industrial establishment."""

    company = NameBlock(label=_("company"), max_length=255)
    municipality = _municipality()
    product = blocks.CharBlock(label=_("product"), max_length=255, required=False)
    jobs = blocks.IntegerBlock(label=_("jobs"), min_value=0, required=False)
    state = blocks.ChoiceBlock(
        label=_("state"),
        choices=[
            ("planned", _("Planned")),
            ("permitted", _("Permitted")),
            ("construction", _("Under construction")),
            ("operating", _("Operating")),
            ("paused", _("Paused")),
        ],
        default="planned",
        search_index=False,
    )
    start_year = _year(label=_("start year"), required=False)

    class Meta:
        icon = "cog"
        label = _("Establishment")
        label_format = "{company}"
        template = "strategy/blocks/establishment.html"


class VoiceBlock(blocks.StructBlock):
    """What a young person says."""

    quote = blocks.TextBlock(label=_("quote"), help_text=_("Without quotation marks."))
    name = NameBlock(label=_("name"), max_length=255)
    municipality = _municipality()

    class Meta:
        icon = "openquote"
        label = _("Voice")
        label_format = "{name}: {quote}"
        template = "strategy/blocks/voice.html"


class OfferBlock(blocks.StructBlock):
    """What the region and its partners offer young people."""

    title = blocks.CharBlock(label=_("title"), max_length=255)
    description = ParagraphBlock(label=_("description"), required=False)
    website = blocks.URLBlock(label=_("website"), required=False)

    class Meta:
        icon = "tick"
        label = _("Offer")
        label_format = "{title}"
        template = "strategy/blocks/described.html"


KEY_FIGURES = [("key_figure", KeyFigureBlock())]
ART_FORMS = [("art_form", ArtFormBlock())]
VENUES = [("venue", VenueBlock())]
EMISSION_TARGETS = [("emission_target", EmissionTargetBlock())]
ADAPTATION_MEASURES = [("adaptation_measure", AdaptationMeasureBlock())]
NEEDS = [("need", NeedBlock())]
PROVIDERS = [("provider", ProviderBlock())]
ROUTES = [("route", RouteBlock())]
TRANSPORT_LINKS = [("link", TransportLinkBlock())]
ESTABLISHMENTS = [("establishment", EstablishmentBlock())]
VOICES = [("voice", VoiceBlock())]
OFFERS = [("offer", OfferBlock())]
