"""Help beside wagtail-localize's editor."""

from typing import Any

from django import template
from wagtail import hooks
from wagtail_localize.models import Translation

from cms.translation.comparison import outdated_strings, readable, suggestions_for
from cms.translation.roles.permissions import may_change

register = template.Library()

PANELS_HOOK = "register_translation_editor_panels"
"""Functions of a request and a translation that return a Wagtail component."""


@register.inclusion_tag("cms_translation/editor_help.html", takes_context=True)
def translation_help(context: Any, translation: Translation) -> dict[str, Any]:
    """Shows what is out of date, what was not used, and what other rooms add."""
    request = context["request"]
    return {
        "request": request,
        "outdated": outdated_strings(translation),
        "suggestions": suggestions_for(translation),
        "language": translation.target_locale.language_code,
        "source_language": translation.source.locale.language_code,
        "panels": [make(request, translation) for make in hooks.get_hooks(PANELS_HOOK)],
    }


@register.simple_tag(takes_context=True)
def offered_source(context: Any, version: dict[str, Any], translation: Translation) -> Any:
    """The version in the source language, with its editor's address for who may change it."""
    source = translation.source.get_source_instance()
    is_own = may_change(context["request"].user, source)
    return version if is_own else {**version, "editUrl": None}


@register.filter(name="readable")
def as_readable(fragment: str) -> str:
    """A stored string without its tags."""
    return readable(fragment)
