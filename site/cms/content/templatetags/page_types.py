"""Template tag of the screen on which an editor chooses a type; ``{% load page_types %}``."""

from django import template
from django.apps import apps

register = template.Library()


@register.simple_tag
def page_type_icon(app_label: str, model_name: str) -> str:
    """The name of a page type's icon; Wagtail's where the type has none."""
    return str(getattr(apps.get_model(app_label, model_name), "page_icon", "doc-empty-inverse"))
