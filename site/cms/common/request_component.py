"""A part of an admin page that is rendered with its request, so that its forms can be sent."""

from typing import Any

from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from wagtail.admin.ui.components import Component


class RequestComponent(Component):
    """A component whose template knows the request of the page that it stands on.

    laces renders a template without it. ``{% csrf_token %}`` is empty there, and every form that
    such a component holds is refused with 403.
    """

    def render_html(self, parent_context: Any = None) -> SafeString:
        """Return the component's HTML, made with the request in ``parent_context``."""
        context: dict[str, Any] | None = self.get_context_data(parent_context)
        html = get_template(self.template_name).render(context, parent_context["request"])
        # Of a template, which escapes what it is given.
        return mark_safe(html)  # noqa: S308
