"""Lists of the development areas: one block per kind of thing."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.content.blocks.key_figure import KeyFigureBlock
from cms.content.blocks.paragraph import ParagraphBlock
from cms.content.blocks.synchronised import NameBlock, SnippetRelationBlock
from cms.content.field_notes import Note


def _municipality() -> SnippetRelationBlock:
    return SnippetRelationBlock("strategy.Municipality", label=_("Municipality"), required=False)


def _year(**kwargs: Any) -> blocks.IntegerBlock:
    return blocks.IntegerBlock(min_value=1900, max_value=2200, **kwargs)


class ArtFormBlock(blocks.StructBlock):
    """An art form that the region supports."""

    name = blocks.CharBlock(label=_("Name"), max_length=255)
    description = ParagraphBlock(label=_("Description"), required=False)

    notes: ClassVar = {
        "name": Note("Name of the art form.", "Dance"),
        "description": Note("What the region does for it, as HTML."),
    }

    class Meta:
        icon = "view"
        label = _("Art form")
        label_format = "{name}"
        template = "strategy/blocks/described.html"


class VenueBlock(blocks.StructBlock):
    """Where culture is to be met."""

    name = blocks.CharBlock(label=_("Name"), max_length=255)
    municipality = _municipality()
    description = ParagraphBlock(label=_("Description"), required=False)
    website = blocks.URLBlock(label=_("Website"), required=False)

    notes: ClassVar = {
        "name": Note("Name of the venue.", "The concert hall"),
        "municipality": Note("Where it is; null where it is not told."),
        "description": Note("What happens there, as HTML."),
        "website": Note("Its address; empty without one."),
    }

    class Meta:
        icon = "home"
        label = _("Venue")
        label_format = "{name}"
        template = "strategy/blocks/described.html"


class EmissionTargetBlock(blocks.StructBlock):
    """By how much a sector's emissions are to fall, counted from a base year."""

    sector = blocks.CharBlock(label=_("Sector"), max_length=255)
    base_year = _year(label=_("Base year"))
    target_year = _year(label=_("Target year"))
    reduction_percent = blocks.FloatBlock(
        label=_("Reduction, per cent"), min_value=0, max_value=100
    )

    notes: ClassVar = {
        "sector": Note("Whose emissions.", "Transport"),
        "base_year": Note("Year from which the reduction is counted.", 2010),
        "target_year": Note("Year by which the emissions are to have fallen.", 2030),
        "reduction_percent": Note(
            "By how many per cent they are to be lower than in the base year, 0–100.", 70.0
        ),
    }

    class Meta:
        icon = "arrow-down"
        label = _("Emission target")
        label_format = "{sector} {target_year}"
        template = "strategy/blocks/emission_target.html"


class AdaptationMeasureBlock(blocks.StructBlock):
    """What is done to live with a changed climate."""

    title = blocks.CharBlock(label=_("Title"), max_length=255)
    description = ParagraphBlock(label=_("Description"), required=False)

    notes: ClassVar = {
        "title": Note("What is done.", "Wider culverts"),
        "description": Note("How and why, as HTML."),
    }

    class Meta:
        icon = "warning"
        label = _("Adaptation measure")
        label_format = "{title}"
        template = "strategy/blocks/described.html"


class NeedBlock(blocks.StructBlock):
    """How many people a trade needs in a year."""

    trade = blocks.CharBlock(label=_("Trade"), max_length=255)
    year = _year(label=_("Year"))
    people = blocks.IntegerBlock(label=_("People"), min_value=0)
    source = blocks.CharBlock(label=_("Source"), max_length=255, required=False)

    notes: ClassVar = {
        "trade": Note("Who is needed.", "Electricians"),
        "year": Note("Year in which they are needed.", 2030),
        "people": Note("Number of people that the trade needs.", 850),
        "source": Note("Who has counted; empty where it is not told.", "Statistics Sweden"),
    }

    class Meta:
        icon = "group"
        label = _("Need")
        label_format = "{trade} {year}: {people}"
        template = "strategy/blocks/need.html"


class ProviderBlock(blocks.StructBlock):
    """Who educates."""

    organisation = SnippetRelationBlock(
        "strategy.Organisation", label=_("Organisation"), required=False
    )
    name = blocks.CharBlock(label=_("Name"), max_length=255)
    description = ParagraphBlock(label=_("Description"), required=False)
    website = blocks.URLBlock(label=_("Website"), required=False)

    notes: ClassVar = {
        "organisation": Note("Who runs it; null where it is not told."),
        "name": Note("Name of the school or course.", "The folk high school"),
        "description": Note("What one learns there, as HTML."),
        "website": Note("Its address; empty without one."),
    }

    class Meta:
        icon = "form"
        label = _("Education provider")
        label_format = "{name}"
        template = "strategy/blocks/described.html"


class RouteBlock(blocks.StructBlock):
    """A way into work."""

    title = blocks.CharBlock(label=_("Title"), max_length=255)
    description = ParagraphBlock(label=_("Description"), required=False)

    notes: ClassVar = {
        "title": Note("Name of the route.", "Learning at work"),
        "description": Note("How it leads to work, as HTML."),
    }

    class Meta:
        icon = "arrow-right"
        label = _("Route into work")
        label_format = "{title}"
        template = "strategy/blocks/described.html"


class TransportLinkBlock(blocks.StructBlock):
    """A road, a line or a service between places."""

    name = blocks.CharBlock(label=_("Name"), max_length=255)
    mode = blocks.ChoiceBlock(
        label=_("Mode"),
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
        label=_("Carries"),
        choices=[("goods", _("Goods")), ("people", _("People")), ("both", _("Goods and people"))],
        default="both",
        search_index=False,
    )
    open_all_year = blocks.BooleanBlock(label=_("Open all the year"), required=False, default=True)
    description = ParagraphBlock(label=_("Description"), required=False)

    notes: ClassVar = {
        "name": Note("Name of the link.", "The Iron Ore Line"),
        "mode": Note("By what one travels.", "rail"),
        "carries": Note("What travels on it.", "both"),
        "open_all_year": Note("Whether it is open all the year."),
        "description": Note("What it is for, as HTML."),
    }

    class Meta:
        icon = "link"
        label = _("Link")
        label_format = "{name} ({mode})"
        template = "strategy/blocks/transport_link.html"


class EstablishmentBlock(blocks.StructBlock):
    """A great industrial establishment."""

    company = NameBlock(label=_("Company"), max_length=255)
    municipality = _municipality()
    product = blocks.CharBlock(label=_("Product"), max_length=255, required=False)
    jobs = blocks.IntegerBlock(label=_("Jobs"), min_value=0, required=False)
    state = blocks.ChoiceBlock(
        label=_("State"),
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
    start_year = _year(label=_("Start year"), required=False)

    notes: ClassVar = {
        "company": Note("Who builds or runs it.", "Example Steel"),
        "municipality": Note("Where it is; null where it is not told."),
        "product": Note("What it makes; empty where it is not told.", "Steel without fossil fuels"),
        "jobs": Note("Number of jobs there; null where it is not known.", 1500),
        "state": Note("How far it has come.", "construction"),
        "start_year": Note("Year in which it starts; null where it is not known.", 2028),
    }

    class Meta:
        icon = "cog"
        label = _("Establishment")
        label_format = "{company}"
        template = "strategy/blocks/establishment.html"


class VoiceBlock(blocks.StructBlock):
    """What a young person says."""

    quote = blocks.TextBlock(label=_("Quote"), help_text=_("Without quotation marks."))
    name = NameBlock(label=_("Name"), max_length=255)
    municipality = _municipality()

    notes: ClassVar = {
        "quote": Note("What was said, without quotation marks.", "I want to come back."),
        "name": Note("Who said it.", "Elsa, 17"),
        "municipality": Note("Where that person lives; null where it is not told."),
    }

    class Meta:
        icon = "openquote"
        label = _("Voice")
        label_format = "{name}: {quote}"
        template = "strategy/blocks/voice.html"


class OfferBlock(blocks.StructBlock):
    """What the region and its partners offer young people."""

    title = blocks.CharBlock(label=_("Title"), max_length=255)
    description = ParagraphBlock(label=_("Description"), required=False)
    website = blocks.URLBlock(label=_("Website"), required=False)

    notes: ClassVar = {
        "title": Note("What is offered.", "Summer jobs"),
        "description": Note("Whom it is for and how to get it, as HTML."),
        "website": Note("Its address; empty without one."),
    }

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
