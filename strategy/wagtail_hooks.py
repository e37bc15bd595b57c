"""How the snippets of the strategy are edited."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from strategy.models import Indicator, Municipality, Organisation, Perspective, Programme


class MunicipalityViewSet(SnippetViewSet):
    """Municipalities by name, with their code."""

    model = Municipality
    icon = "site"
    list_display: ClassVar = ["name", "code", "locale"]
    ordering: ClassVar = ["name"]


class ProgrammeViewSet(SnippetViewSet):
    """Programmes by name, with their funder."""

    model = Programme
    icon = "tag"
    list_display: ClassVar = ["name", "funder", "locale"]


class PerspectiveViewSet(SnippetViewSet):
    """Perspectives by name."""

    model = Perspective
    icon = "view"
    list_display: ClassVar = ["name", "locale"]


class OrganisationViewSet(SnippetViewSet):
    """Organisations by name."""

    model = Organisation
    icon = "group"
    list_display: ClassVar = ["name", "website", "locale"]


class IndicatorViewSet(SnippetViewSet):
    """Indicators by name, with their unit."""

    model = Indicator
    icon = "history"
    list_display: ClassVar = ["name", "unit", "better", "locale"]


@register_snippet
class SharedFactsViewSetGroup(SnippetViewSetGroup):
    """One entry in the menu for what several pages share."""

    menu_label = _("Shared facts")
    menu_icon = "snippet"
    menu_order = 250
    items = (
        MunicipalityViewSet,
        ProgrammeViewSet,
        PerspectiveViewSet,
        OrganisationViewSet,
        IndicatorViewSet,
    )
