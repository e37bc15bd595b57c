"""Template tags of previews."""

from typing import Any

from django import template

from cms.delivery.previews.admin.window import window_address

register = template.Library()


@register.simple_tag
def preview_window(page: Any, user: Any) -> str:
    """The address of the window of a page; empty where its draft is not shown on a front end."""
    return window_address(page, user)
