"""A list of the translators' room, for everybody whom the admin lets in."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.views.reports import ReportView

from cms.translation.roles.permissions import translator_locales


class TranslationListView(ReportView):
    """A list below the matrix; each says itself what its user may see."""

    header_icon = "wagtail-localize-language"
    default_ordering = None
    permission_policy = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuses who may not enter the admin.

        Raises:
            PermissionDenied: the user may not.
        """
        if not request.user.has_perm("wagtailadmin.access_admin"):
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    @cached_property
    def own_locales(self) -> set[int]:
        """Ids of the locales that the user translates into."""
        return {locale.pk for locale in translator_locales(self.request.user)}

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Below the matrix."""
        above = {"url": reverse("cms_translation:matrix"), "label": _("Translation status")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": str(self.page_title)}]
