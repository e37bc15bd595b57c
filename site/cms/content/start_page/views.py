"""The whole lists behind the start page, and the button that says that a page is still right."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.views.reports.base import PageReportView, ReportView
from wagtail.log_actions import log
from wagtail.models import Page

from cms.content.models import ContentImage
from cms.content.start_page.lists import REVIEWED, images_without_description, pages_to_review
from cms.content.start_page.panel import is_editor


class EditorsReport(ReportView):
    """A report for who changes pages."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuses who does not.

        Raises:
            PermissionDenied: the user changes no pages but translations.
        """
        if not is_editor(request.user):
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response


class ToReviewView(EditorsReport, PageReportView):
    """All pages that nobody has published or reviewed for their time."""

    page_title = gettext_lazy("Pages to review")
    header_icon = "time"
    results_template_name = "content/start_page/to_review_results.html"
    index_url_name = "cms_content:to_review"
    index_results_url_name = "cms_content:to_review_results"

    def get_queryset(self) -> QuerySet[Page]:
        """The oldest first."""
        return pages_to_review(self.request.user)


class ImagesWithoutDescriptionView(EditorsReport):
    """All images that nobody has described."""

    model = ContentImage
    page_title = gettext_lazy("Images without description")
    header_icon = "image"
    results_template_name = "content/start_page/images_results.html"
    index_url_name = "cms_content:images_without_description"
    index_results_url_name = "cms_content:images_without_description_results"
    list_export = ("title", "created_at")

    def get_queryset(self) -> QuerySet[ContentImage]:
        """The newest first."""
        return images_without_description(self.request.user)


@require_POST
def say_reviewed(request: HttpRequest, page_id: int) -> HttpResponse:
    """Notes that somebody has read a page and left it as it is.

    Raises:
        PermissionDenied: the user may not change the page.
    """
    page = get_object_or_404(Page, pk=page_id)
    if not page.specific.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    log(page, REVIEWED, user=request.user)
    messages.success(
        request, _("“%(title)s” is marked as reviewed.") % {"title": page.get_admin_display_title()}
    )
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return redirect(back if is_ours else reverse("wagtailadmin_home"))
