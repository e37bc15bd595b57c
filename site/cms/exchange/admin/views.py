"""Files of many pages, in the background: ask for one, look how far it is, fetch or bring it."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Locale

from cms.common.background_job_views import (
    NO_LANGUAGE,
    NO_PAGE,
    file_answer,
    not_any_more,
    state_of,
)
from cms.exchange.admin.forms import ExportForm, ImportForm
from cms.exchange.formats import FORMATS
from cms.exchange.jobs import outcome_name, run_job
from cms.exchange.models import Job
from cms.exchange.results import Result
from cms.languages.registry import get_language
from cms.translation.roles.permissions import translator_locales
from cms.translation.roles.reading import unreadable_pages

MOST_JOBS = 30
"""Jobs that the list shows."""

IMPORT_OPTIONS = ("dry_run", "publish", "accept_identical")
"""Fields of the form for a file that comes back, which its job keeps."""


class TranslatorMixin:
    """A mixin for pages that only translators may see."""

    request: HttpRequest

    @cached_property
    def locales(self) -> list[Locale]:
        """The languages of the user."""
        return translator_locales(self.request.user)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuses a user who translates into no language.

        Raises:
            PermissionDenied: the user does not.
        """
        if not self.locales:
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return response


class JobsView(TranslatorMixin, WagtailAdminTemplateMixin, TemplateView):
    """Two forms, and the user's jobs, the newest first."""

    template_name = "cms_exchange/jobs.html"
    header_icon = "download"
    _show_breadcrumbs = True

    def get_page_title(self) -> str:
        """The heading."""
        return _("Files for translators")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """The breadcrumbs of the page."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the forms, filled in as the address says, and the jobs."""
        asked = self.request.GET
        initial = {
            "locale": asked.get("language"),
            "only": "outdated" if asked.getlist("status") == ["outdated"] else "untranslated",
            "content_type": _content_type(asked.get("type", "")),
        }
        forms = {
            "export_form": ExportForm(initial=initial, locales=self.locales),
            "import_form": ImportForm(initial=initial, locales=self.locales),
        }
        jobs = Job.objects.filter(user=self.request.user.pk).select_related("locale")
        jobs = jobs.defer("packed_pages")[:MOST_JOBS]
        context: dict[str, Any] = super().get_context_data(**(forms | kwargs))
        return context | {"jobs": jobs}

    def post(self, request: HttpRequest) -> HttpResponse:
        """Queues the job, and leads to its page; or says what is wrong."""
        if request.POST.get("kind") == Job.Kind.EXPORT:
            export = ExportForm(request.POST, locales=self.locales)
            if export.is_valid():
                return self._begin(export_job(export, request.user))
            return self.render_to_response(self.get_context_data(export_form=export))
        bring = ImportForm(request.POST, request.FILES, locales=self.locales)
        if bring.is_valid():
            return self._begin(import_job(bring, request.user))
        return self.render_to_response(self.get_context_data(import_form=bring))

    def _begin(self, job: Job) -> HttpResponse:
        enqueue(job)
        return redirect("cms_exchange:job", job.pk)


def _content_type(label: str) -> str:
    """The choice of a form for ``strategy.GoalPage``, as the report's filters name it."""
    app_label, _separator, model = label.lower().partition(".")
    found = ContentType.objects.filter(app_label=app_label, model=model).first()
    return str(found.pk) if found else ""


def export_job(form: ExportForm, user: Any) -> Job:
    """A job that writes what a form asks for."""
    locale = form.cleaned_data["locale"]
    name = get_language(locale.language_code).english_name
    return Job.objects.create(
        kind=Job.Kind.EXPORT,
        locale=locale,
        user=user,
        name=name,
        format=form.cleaned_data["format"],
        options=form.options(),
    )


def import_job(form: ImportForm, user: Any) -> Job:
    """A job that reads the file of a form."""
    file = form.cleaned_data["file"]
    return Job.objects.create(
        kind=Job.Kind.IMPORT,
        locale=form.cleaned_data["locale"],
        user=user,
        name=file.name[:255],
        options={key: form.cleaned_data[key] for key in IMPORT_OPTIONS},
        file=file,
    )


def enqueue(job: Job) -> None:
    """Hands a job to the worker, once it is stored."""
    transaction.on_commit(partial(run_job.enqueue, job.pk))


class JobView(TranslatorMixin, WagtailAdminTemplateMixin, TemplateView):
    """The progress of a job, and its outcome. Nobody sees another's."""

    template_name = "cms_exchange/job.html"
    header_icon = "download"
    _show_breadcrumbs = True

    @cached_property
    def job(self) -> Job:
        """The job, if it is the user's own.

        Raises:
            Http404: it is not, or there is none.
        """
        own = Job.objects.filter(user=self.request.user.pk).select_related("locale")
        return get_object_or_404(own, pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        """The name of the job."""
        return str(self.job)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Below the list."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the report as results."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "job": self.job,
            "state_url": reverse("cms_exchange:job_state", args=[self.job.pk]),
            "results": [Result(*entry) for entry in self.job.report],
            "counts": _named(self.job),
        }

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Starts a job again that has gone silent."""
        if self.job.can_be_repeated:
            self.job.wait_again()
            enqueue(self.job)
            messages.info(request, _("It starts again."))
        return redirect("cms_exchange:job", pk)


def _named(job: Job) -> list[tuple[str, int]]:
    names = {"documents": _("pages and facts"), "units": _("texts"), "published": _("published")}
    return [(names.get(key) or outcome_name(key), number) for key, number in job.counts.items()]


class JobStateView(JobView):
    """The progress of a job as JSON, for the page that asks again and again."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answers with ``state_of``."""
        return JsonResponse(state_of(self.job))


class JobFileView(JobView):
    """The file of an export."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The file to keep; or the job's page, which says why not.

        Raises:
            Http404: it is not written yet, or was cleared away.
        """
        job = self.job
        if job.kind != Job.Kind.EXPORT:
            raise Http404
        if job.locale not in self.locales:
            return not_any_more(request, NO_LANGUAGE, reverse("cms_exchange:job", args=[job.pk]))
        if job.may_hold(unreadable_pages(request.user).pages):
            return not_any_more(request, NO_PAGE, reverse("cms_exchange:job", args=[job.pk]))
        return file_answer(job.file, FORMATS[job.format].content_type)
