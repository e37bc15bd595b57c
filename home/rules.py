"""Rules for publishing of the settings of a site; see ``cms.content.rules``."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from cms.content.rules.findings import Fault
from cms.content.rules.registry import refuses
from home.site_settings import SiteSettings


@refuses("image_undescribed", SiteSettings)
def look_for_description(settings: Any) -> Iterator[Fault]:
    """Finds a social image that nobody has described."""
    if settings.social_image_id and not settings.social_image_alt_text:
        message = _("Describe the image for those who do not see it.")
        yield Fault(message, ("social_image_alt_text",))
