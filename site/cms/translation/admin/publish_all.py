"""Publish everything that is complete in a language: how much that is, and how far it is."""

from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Locale

from cms.common.background_job_views import state_of
from cms.languages.names import translated_name
from cms.translation.models import PublishingJob
from cms.translation.publish_all.complete import complete, hindered, may_not_publish
from cms.translation.publish_all.jobs import start, start_again
from cms.translation.roles.permissions import translator_locales

SHOWN: Final = 200
"""Pages and facts that a list shows; it says how many more there are."""


class _PublishingPage(WagtailAdminTemplateMixin, TemplateView):
    """A page below the report."""

    page_title = gettext_lazy("Publish everything that is complete")
    header_icon = "upload"
    http_method_names = ("get", "head", "post")
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Below the report."""
        above = {"url": reverse("cms_translation:matrix"), "label": _("Translation status")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.get_page_title()}]

    def get_page_subtitle(self) -> str:
        """The language."""
        return translated_name(self.language.language_code)

    @cached_property
    def language(self) -> Locale:
        """The language that is published."""
        raise NotImplementedError


class PublishAllView(_PublishingPage):
    """The number of pages that would be published, and what hinders the others; ``POST`` starts."""

    template_name = "cms_translation/publish_all.html"

    @cached_property
    def language(self) -> Locale:
        """The language of the address.

        Raises:
            PermissionDenied: the user does not translate into it.
        """
        for one in translator_locales(self.request.user):
            if one.language_code == self.kwargs["code"]:
                return one
        raise PermissionDenied

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the numbers, and the list of the others."""
        others = hindered(self.language, self.request.user)
        not_own = sum(one.reason == may_not_publish() for one in others)
        return super().get_context_data(
            count=complete(self.language, self.request.user).count() - not_own,
            others=others[:SHOWN],
            more=max(0, len(others) - SHOWN),
            **kwargs,
        )

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        """Queues it, and leads to how far it is."""
        job = start(self.language, request.user)
        return redirect("cms_translation:publishing_job", job.pk)


class PublishingJobView(_PublishingPage):
    """The progress of a run, and in the end what came of each page; nobody sees another's."""

    template_name = "cms_translation/publishing_job.html"

    @cached_property
    def job(self) -> PublishingJob:
        """The job, if it is the user's own.

        Raises:
            Http404: it is not, or there is none.
        """
        own = PublishingJob.objects.filter(user=self.request.user.pk).select_related("locale")
        return get_object_or_404(own, pk=self.kwargs["pk"])

    @cached_property
    def language(self) -> Locale:
        """The language of the job."""
        return self.job.locale

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds what was published, and what was not."""
        results = self.job.results
        published, others = results.filter(reason=""), results.exclude(reason="")
        return super().get_context_data(
            job=self.job,
            state_url=reverse("cms_translation:publishing_state", args=[self.job.pk]),
            published=published[:SHOWN],
            published_count=published.count(),
            others=others[:SHOWN],
            others_count=others.count(),
            shown=SHOWN,
            **kwargs,
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Starts a job again that has failed or gone silent."""
        if self.job.can_be_repeated:
            start_again(self.job)
        return redirect("cms_translation:publishing_job", pk)


class PublishingStateView(PublishingJobView):
    """The progress of a run as JSON, for the page that asks again and again."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answers with ``state_of``."""
        return JsonResponse(state_of(self.job))
