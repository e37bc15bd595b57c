"""Names the filters of redirects in the reader's language.

Wagtail 8.0.1 looks these texts up when Django starts, in whatever language that does, and shows
everybody what it found. May go when it looks them up when somebody reads them.
"""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from wagtail.contrib.redirects.filters import RedirectsReportFilterSet

from cms.upstream.replacement import UpstreamCode, declare

FILTER_SET: Final = "wagtail.contrib.redirects.filters:RedirectsReportFilterSet"


def apply() -> None:
    """Puts it in."""
    declare(
        UpstreamCode(FILTER_SET, "ed534ed1c7e8df20a645762599a1cbbaa1f577d2126aaf6ad4ddc2266f9cabc9")
    )
    kind: Any = RedirectsReportFilterSet.base_filters["is_permanent"]
    kind.label = _("Type")
    kind.extra["choices"] = ((True, _("Permanent")), (False, _("Temporary")))
    kind.extra["empty_label"] = _("All")
