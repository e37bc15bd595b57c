"""Files of what the site holds: ask for one, look how far it is, fetch it, delete it."""

from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from cms.common.background_job_views import (
    NO_LANGUAGE,
    NO_PAGE,
    file_answer,
    not_any_more,
    state_of,
)
from cms.exchange.parallel_texts.permissions import open_languages
from cms.export.downloads.admin.forms import ExportForm
from cms.export.downloads.choices import choice_of
from cms.export.downloads.jobs import DELETED, FETCHED, run_export
from cms.export.downloads.offers import OFFERS
from cms.export.models import ExportFile
from cms.translation.roles.reading import unreadable_pages

MOST_FILES = 50
"""Files that the list shows."""


class ExporterView(WagtailAdminTemplateMixin, TemplateView):
    """A page for who translates into a language or publishes pages."""

    header_icon = "download"
    _show_breadcrumbs = True

    @cached_property
    def open_languages(self) -> frozenset[str]:
        """The languages of which the user may see drafts."""
        return open_languages(self.request.user)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuses a user who works in no language.

        Raises:
            PermissionDenied: the user does not.
        """
        if not self.open_languages:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def files(self) -> Any:
        """The user's own files; an administrator sees everybody's."""
        files = ExportFile.objects.select_related("user")
        user: Any = self.request.user
        return files if user.is_superuser else files.filter(user=user.pk)


class FilesView(ExporterView):
    """The form, and the files that there are, the newest first."""

    template_name = "cms_export/files.html"

    def get_page_title(self) -> str:
        """The heading."""
        return _("Export")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """The breadcrumbs of the page."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the form and the files."""
        context: dict[str, Any] = super().get_context_data(**({"form": ExportForm()} | kwargs))
        days, megabytes = settings.EXPORTS_KEPT_DAYS, settings.EXPORTS_KEPT_MEGABYTES
        return context | {
            "files": self.files().defer("packed_pages")[:MOST_FILES],
            "offers": OFFERS.values(),
            "kept_for": ngettext(
                "It waits to be fetched for %(number)d day.",
                "It waits to be fetched for %(number)d days.",
                days,
            )
            % {"number": days},
            "kept_megabytes": number_format(megabytes, force_grouping=True) if megabytes else "",
        }

    def post(self, request: HttpRequest) -> HttpResponse:
        """Queues the job, and leads to its page; or says what is wrong."""
        form = ExportForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        options = form.options()
        user: Any = request.user
        job = ExportFile.objects.create(
            user=user,
            name=", ".join(form.offer.languages(choice_of(options, frozenset()))),
            format=form.offer.kind.value,
            options=options,
        )
        enqueue(job)
        return redirect("cms_export:file", job.pk)


def enqueue(job: ExportFile) -> None:
    """Hands a job to the worker, once it is stored."""
    transaction.on_commit(partial(run_export.enqueue, job.pk))


class FileView(ExporterView):
    """The progress of a file. Nobody but an administrator sees another's."""

    template_name = "cms_export/file.html"

    @cached_property
    def job(self) -> ExportFile:
        """The file, if the user may see it.

        Raises:
            Http404: it is another's, or there is none.
        """
        found: ExportFile = get_object_or_404(self.files(), pk=self.kwargs["pk"])
        return found

    def get_page_title(self) -> str:
        """The name of the file."""
        return str(self.job)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Below the list."""
        above = {"url": reverse("cms_export:files"), "label": _("Export")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the file."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        state_url = reverse("cms_export:file_state", args=[self.job.pk])
        return context | {"job": self.job, "state_url": state_url}

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Starts a job again that has gone silent."""
        if self.job.can_be_repeated:
            self.job.wait_again()
            enqueue(self.job)
            messages.info(request, _("It starts again."))
        return redirect("cms_export:file", pk)


class FileStateView(FileView):
    """The progress of a file as JSON, for the page that asks again and again."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answers with ``state_of``."""
        return JsonResponse(state_of(self.job))


class DownloadView(FileView):
    """The file itself."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The file to keep, and that somebody took it is logged; or its page, which says why not.

        Raises:
            Http404: it is not written yet, or was cleared away.
        """
        job = self.job
        own_page = reverse("cms_export:file", args=[job.pk])
        if not set(job.options.get("open", ())) <= self.open_languages:
            return not_any_more(request, NO_LANGUAGE, own_page)
        if job.may_hold(unreadable_pages(request.user).pages):
            return not_any_more(request, NO_PAGE, own_page)
        answer = file_answer(job.file, OFFERS[job.format].content_type)
        log(job, FETCHED, user=request.user)
        return answer


class DeleteView(FileView):
    """Deletes a file."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Deletes it and says so; one that is being made is not there to be deleted yet.

        Raises:
            Http404: it is being made.
        """
        job = self.job
        if job.state == ExportFile.State.RUNNING and not job.is_silent:
            raise Http404
        log(job, DELETED, user=request.user, deleted=True)
        job.remove()
        messages.success(request, _("The file is deleted."))
        return redirect("cms_export:files")
