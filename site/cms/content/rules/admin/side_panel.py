"""The side panel *To mend*: what stops publishing, then what is advised.

It is rendered with the form and anew after each save, the automatic ones too.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.side_panels import BaseSidePanel

from cms.common.request_component import RequestComponent
from cms.content.rules.admin.anchors import anchor_of
from cms.content.rules.judging import Judgement, judge
from cms.content.rules.registry import rules_for

SidePanels = Callable[[Any], Any]


class RulesSidePanel(RequestComponent, BaseSidePanel):
    """A list of what is to be mended in a page or fact, as it was last saved."""

    class SidePanelToggle(RequestComponent, BaseSidePanel.SidePanelToggle):
        """The button that opens it, with the number of what stops publishing."""

        aria_label = _("Toggle what is to be mended")
        icon_name = "clipboard-list"
        counter_classname = "w-bg-critical-200"

        def get_context_data(self, parent_context: Any) -> dict[str, Any]:
            """Counts what stops publishing."""
            found: Judgement | None = self.panel.judgement
            count = len(found.stopping) if found else 0
            return {**super().get_context_data(parent_context), "count": count}

    name = "rules"
    title = _("To mend")
    template_name = "content/admin/rules_panel.html"
    order = 150

    def __init__(self, instance: Any, request: Any) -> None:
        super().__init__(instance, request)
        self.judgement = judge(instance) if instance.pk else None

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Adds each finding with the anchor of its field."""
        context: dict[str, Any] = super().get_context_data(parent_context)
        found = self.judgement
        if found is None:
            return context
        return context | {
            "judgement": found,
            "stopping": [(one, anchor_of(self.object, one)) for one in found.stopping],
            "advice": [(one, anchor_of(self.object, one)) for one in found.advice],
            # What was typed is not judged: it is not stored, and not all of it is in the object.
            "is_refused": _is_refused(parent_context.get("form")),
            "is_partial": parent_context.get("is_partial", False),
        }


def _is_refused(form: Any) -> bool:
    return bool(form is not None and form.is_bound and not form.is_valid())


def with_rules(get_side_panels: SidePanels) -> SidePanels:
    """The side panels of a view, with ours where there are rules for what is edited."""

    @wraps(get_side_panels)
    def get_more_side_panels(view: Any) -> Any:
        panels = get_side_panels(view)
        instance = panels[0].object if panels else None
        if instance is not None and rules_for(type(instance)):
            panels.insert(1, RulesSidePanel(instance, view.request))
        return panels

    return get_more_side_panels
