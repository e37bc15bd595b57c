"""The file of one page or fact: from the translation editor, at once."""

from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.generic import View
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail_localize.models import Translation

from cms.exchange.admin.forms import PageFileForm
from cms.exchange.exporting import header, unit_groups
from cms.exchange.files import file_name
from cms.exchange.formats import FORMATS
from cms.exchange.importing import Import, import_file
from cms.exchange.results import NEEDS_A_LOOK
from cms.exchange.selection import Selection
from cms.exchange.units import UnreadableFile
from cms.translation.roles.permissions import may_translate
from cms.translation.roles.reading import unreadable_pages


class PageFileView(View):
    """``GET ?format=xliff&prefill=on``: the page's file. ``POST``: it comes back."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Finds the translation.

        Raises:
            PermissionDenied: the user does not translate into its language.
        """
        self.translation = get_object_or_404(
            Translation.objects.select_related("source", "target_locale"),
            pk=kwargs["translation_id"],
        )
        if not may_translate(request.user, self.translation.target_locale):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def code(self) -> str:
        """The language's code."""
        code: str = self.translation.target_locale.language_code
        return code

    def get(self, request: HttpRequest, translation_id: int) -> HttpResponse:
        """Every text of the page with what there is in the language.

        Raises:
            Http404: there is no such format, or the source is not live, or closed to the user.
        """
        found = FORMATS.get(request.GET.get("format", ""))
        selection = Selection(
            self.code,
            keys=[self.translation.source.object_id],
            prefill=bool(request.GET.get("prefill")),
            unreadable=unreadable_pages(request.user).sources,
        )
        chosen = list(unit_groups(selection))
        if found is None or not chosen:
            raise Http404
        file = BytesIO()
        found.write(header(self.code), chosen, file)
        response = HttpResponse(file.getvalue(), content_type=found.content_type)
        name = file_name(chosen[0].title, self.code, found.extension, chosen[0])
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    def post(self, request: HttpRequest, translation_id: int) -> HttpResponse:
        """Takes what can be taken, of this page alone, and says what became of each text."""
        form = PageFileForm(request.POST, request.FILES)
        context: dict[str, Any] = {"form": form, "translation": self.translation}
        if form.is_valid():
            try:
                context["report"] = self._bring_in(form.cleaned_data, request.user)
            except UnreadableFile as error:
                context["problem"] = str(error)
        else:
            context["problem"] = " ".join(map(str, form.errors["file"]))
        if (report := context.get("report")) is not None:
            context["remarkable"] = [
                result for result in report.results if result.outcome in NEEDS_A_LOOK
            ]
        context["edit_url"] = AdminURLFinder().get_edit_url(self.translation.get_target_instance())
        return render(request, "cms_exchange/page_report.html", context)

    def _bring_in(self, chosen: dict[str, Any], user: Any) -> Any:
        upload = chosen["file"]
        wanted = Import(
            self.code,
            languages=[self.code],
            keys=[self.translation.source.object_id],
            accept_identical=chosen["accept_identical"],
            user=user,
        )
        with NamedTemporaryFile() as file:
            for chunk in upload.chunks():
                file.write(chunk)
            file.flush()
            report, _changed = import_file(Path(file.name), upload.name, wanted)
        return report
