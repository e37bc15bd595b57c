"""Takes a suggestion from the translation editor."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail_localize.models import Translation

from cms.translation.models import Suggestion
from cms.translation.roles.permissions import may_translate
from cms.translation.suggestions import CannotUse, use_suggestion


class UseSuggestionView(View):
    """``POST``: the suggestion becomes the translation, and the editor is shown again."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Leads back to the editor.

        Raises:
            PermissionDenied: the user does not translate into the language.
            Http404: there is no such suggestion, or its page is not translated.
        """
        suggestion = get_object_or_404(
            Suggestion.objects.select_related("context", "locale"), pk=pk
        )
        if not may_translate(request.user, suggestion.locale):
            raise PermissionDenied
        translation = get_object_or_404(
            Translation.objects.filter(enabled=True),
            source__object=suggestion.context.object_id,
            target_locale=suggestion.locale,
        )
        try:
            use_suggestion(suggestion, request.user)
        except CannotUse as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The suggestion is the translation now. Publish it."))
        return redirect(AdminURLFinder().get_edit_url(translation.get_target_instance()))
