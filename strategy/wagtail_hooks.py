"""Lists and forms of the pages and snippets of the strategy."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn
from wagtail.admin.ui.tables.pages import PageStatusColumn
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.permissions import policy_registry, register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet, SnippetViewSetGroup

from cms.content.admin.listing import VisibleIndexView
from cms.content.admin.own_language import OwnLanguageSnippetChooserViewSet
from cms.translation.roles.bulk_actions import may_use_any
from cms.translation.roles.permissions import LanguagePermissionPolicy
from strategy.models import (
    EffortPage,
    GoalPage,
    Indicator,
    Municipality,
    Organisation,
    Perspective,
    Programme,
    StoryPage,
)

for fact in (Municipality, Programme, Perspective, Organisation, Indicator):
    register_permission_policy(fact, LanguagePermissionPolicy(fact))


class SharedFactIndexView(IndexView):
    """A list with boxes to tick where something can be done to what is ticked."""

    @cached_property
    def columns(self) -> list[Any]:
        """Wagtail's columns; that of the boxes for who may use a bulk action."""
        columns: list[Any] = super().columns
        if may_use_any(self.request.user, self.model):
            return columns
        return [one for one in columns if not isinstance(one, BulkActionsCheckboxColumn)]


class SharedFactViewSet(SnippetViewSet):
    """The common part of the lists of all shared facts."""

    index_view_class = SharedFactIndexView
    chooser_viewset_class = OwnLanguageSnippetChooserViewSet
    list_filter: ClassVar = ["locale"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The facts in the languages in which the user works."""
        policy = policy_registry.get_by_type(self.model)
        shown: QuerySet[Any] = policy.instances_user_has_any_permission_for(
            request.user, ["add", "change", "delete", "publish", "view"]
        )
        return shown


class MunicipalityViewSet(SharedFactViewSet):
    """Municipalities by name, with their code."""

    model = Municipality
    icon = "site"
    list_display: ClassVar = ["name", "code", "locale"]
    ordering: ClassVar = ["name"]


class ProgrammeViewSet(SharedFactViewSet):
    """Programmes by name, with their funder."""

    model = Programme
    icon = "tag"
    list_display: ClassVar = ["name", "funder", "locale"]


class PerspectiveViewSet(SharedFactViewSet):
    """Perspectives by name."""

    model = Perspective
    icon = "view"
    list_display: ClassVar = ["name", "locale"]


class OrganisationViewSet(SharedFactViewSet):
    """Organisations by name."""

    model = Organisation
    icon = "group"
    list_display: ClassVar = ["name", "website", "locale"]


class IndicatorViewSet(SharedFactViewSet):
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


PUBLICATION = PageStatusColumn("publication", label=_("Publication"))


class StoryListingViewSet(PageListingViewSet):
    """All stories in one list, with what one looks for among them."""

    index_view_class = VisibleIndexView
    name = "stories"
    model = StoryPage
    icon = "openquote"
    menu_label = _("Stories")
    list_display: ClassVar = ["title", "year", "municipality", "kind", "locale", PUBLICATION]
    list_filter: ClassVar = ["year", "municipality", "kind", "locale"]


class GoalListingViewSet(PageListingViewSet):
    """All goals in one list, whatever strategy they are of."""

    index_view_class = VisibleIndexView
    name = "goals"
    model = GoalPage
    icon = "crosshairs"
    menu_label = _("Goals")
    list_display: ClassVar = ["title", "target_year", "locale", PUBLICATION]
    list_filter: ClassVar = ["target_year", "locale"]


class EffortListingViewSet(PageListingViewSet):
    """All efforts in one list, with how far they have come."""

    index_view_class = VisibleIndexView
    name = "efforts"
    model = EffortPage
    icon = "tasks"
    menu_label = _("Efforts")
    list_display: ClassVar = [
        "title",
        "status",
        "start_date",
        "end_date",
        "locale",
        PUBLICATION,
    ]
    list_filter: ClassVar = ["status", "locale"]


class OverviewViewSetGroup(ViewSetGroup):
    """Lists across the tree, for those who look for one among many."""

    menu_label = _("Overview")
    menu_icon = "list-ul"
    menu_order = 150
    items = (GoalListingViewSet, EffortListingViewSet, StoryListingViewSet)


@hooks.register("register_admin_viewset")
def register_overview() -> OverviewViewSetGroup:
    """Puts the lists into the menu."""
    return OverviewViewSetGroup()
