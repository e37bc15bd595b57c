"""The site's name, for templates of Wagtail's admin."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def site_name() -> str:
    """Return the name of the site as Wagtail's own screens have it."""
    return str(settings.WAGTAIL_SITE_NAME)
