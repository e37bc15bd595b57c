"""Begins a translation and opens its editor."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.models import Locale, Page
from wagtail_localize.models import TranslationSource

from cms.translation.editor.translation_page import edit_address, editor_of
from cms.translation.lifecycle.beginning import begin_translation
from cms.translation.roles.permissions import may_translate
from cms.translation.roles.reading import unreadable_pages


class BeginView(View):
    """``POST``: makes the draft if there is none, and leads to where it is translated."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, source_id: int, code: str) -> HttpResponse:
        """Leads to the editor.

        Raises:
            PermissionDenied: the user does not translate into the language, or may not read the
                source.
            Http404: there is no such source or language.
        """
        locale = get_object_or_404(Locale, language_code=code)
        if not may_translate(request.user, locale):
            raise PermissionDenied
        source = get_object_or_404(TranslationSource, pk=source_id)
        try:
            instance: Any = source.get_source_instance()
        except ObjectDoesNotExist:
            messages.error(
                request,
                _("“%(title)s” is not there any more; it was deleted.")
                % {"title": source.object_repr},
            )
            return redirect("cms_translation:matrix")
        if isinstance(instance, Page) and instance.pk in unreadable_pages(request.user).pages:
            raise PermissionDenied
        target = begin_translation(instance, locale, request.user)
        return redirect(editor_of(target) or edit_address(target))
