"""Says in Wagtail's forms that what is deleted can be brought back."""

from django import template
from django.conf import settings

register = template.Library()


@register.inclusion_tag("cms_wastebasket/parts/kept.html")
def kept_in_wastebasket() -> dict[str, int]:
    """The sentence, with the number of days."""
    return {"days": settings.WASTEBASKET_DAYS}
