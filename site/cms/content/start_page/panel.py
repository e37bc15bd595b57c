"""The panel on an editor's start page."""

from collections.abc import Mapping
from typing import Any, Final

from django.urls import reverse
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.common.request_component import RequestComponent
from cms.content.start_page.lists import (
    images_without_description,
    pages_to_review,
    scheduled_pages,
)
from cms.content.start_page.sections import sections_for
from cms.translation.roles.permissions import translator_locales

MOST: Final = 5
"""Of each list; the rest is one click away."""


def is_editor(user: Any) -> bool:
    """Tells whether somebody changes pages other than translations."""
    if user.is_superuser:
        return True
    policy = policy_registry.get_by_type(Page)
    return not translator_locales(user) and policy.user_has_permission(user, "change")


class EditorPanel(RequestComponent):
    """Lists of what an editor should look at, the most urgent first."""

    name = "editor"
    template_name = "content/start_page/panel.html"
    order = 80

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """The lists, each cut short, with their lengths."""
        user = parent_context["request"].user
        scheduled = scheduled_pages(user)
        to_review, images = pages_to_review(user), images_without_description(user)
        return {
            "scheduled": scheduled[:MOST],
            "scheduled_count": len(scheduled),
            "to_review": to_review[:MOST],
            "to_review_count": to_review.count(),
            "to_review_url": reverse("cms_content:to_review"),
            "images": images[:MOST],
            "images_count": images.count(),
            "images_url": reverse("cms_content:images_without_description"),
            "sections": list(sections_for(user, MOST)),
            "most": MOST,
        }
