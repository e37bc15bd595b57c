"""Checks the language wherever Wagtail and wagtail-localize check only the type of object.

A page has its language's tree, and Wagtail's page permissions hold there. A snippet has none: most
of Wagtail's snippet views ask "may this user change municipalities", and wagtail-localize's views
ask no more. Here every view that leads to one snippet, and every one of wagtail-localize, is asked
for the language before it runs, so that a view that comes with a new version is closed too.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from wagtail.models import Locale, TranslatableMixin
from wagtail.permissions import policy_registry
from wagtail.snippets.models import get_snippet_models
from wagtail_localize.models import Translation

from cms.languages.registry import SOURCE_LANGUAGE_CODE
from cms.translation.editor.json_views import JsonView
from cms.translation.roles.permissions import LanguagePermissionPolicy, may_translate
from cms.translation.roles.withdrawing import may_withdraw_fact

ACTIONS = ("add", "change", "delete", "publish", "lock", "unlock")


class LanguageGuard:
    """Middleware; stands behind the one that knows the user."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Passes the request on: nothing is checked before the view is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Lets a view run, or refuses it; one that a script asks answers here, see its class.

        Raises:
            PermissionDenied: the user does not work in the language.
        """
        match = request.resolver_match
        if match is None or not match.namespaces:
            return None
        asked = getattr(view, "view_class", None)
        if isinstance(asked, type) and issubclass(asked, JsonView):
            return asked.answer(request, kwargs)
        if not request.user.is_authenticated:
            return None
        if "wagtail_localize" in match.namespaces:
            _ask_for_translation(request, kwargs)
        elif (model := _snippet_model(match.namespaces[-1])) is not None:
            _ask_for_snippet(request, model, match.url_name or "", kwargs)
        return None


def _snippet_model(namespace: str) -> type[Any] | None:
    if not namespace.startswith("wagtailsnippets_"):
        return None
    for model in get_snippet_models():
        found: type[Any] = model
        if found.snippet_viewset.url_namespace == namespace and issubclass(
            found, TranslatableMixin
        ):
            return found
    return None


def _ask_for_translation(request: HttpRequest, kwargs: dict[str, Any]) -> None:
    if "translation_id" not in kwargs:
        return
    translation = (
        Translation.objects.filter(pk=kwargs["translation_id"])
        .select_related("target_locale")
        .first()
    )
    if translation is not None and not may_translate(request.user, translation.target_locale):
        raise PermissionDenied


def _ask_for_snippet(
    request: HttpRequest, model: type[Any], view_name: str, kwargs: dict[str, Any]
) -> None:
    policy = policy_registry.get_by_type(model)
    if not isinstance(policy, LanguagePermissionPolicy):
        return
    if "pk" in kwargs:
        instance = model._default_manager.filter(pk=unquote(str(kwargs["pk"]))).first()
    elif view_name == "add":
        code = request.GET.get("locale") or SOURCE_LANGUAGE_CODE
        locale = Locale.objects.filter(language_code=code).first()
        instance = model(locale=locale) if locale else None
    else:
        return
    if view_name == "unpublish" and instance is not None:
        if not may_withdraw_fact(request.user, instance):
            raise PermissionDenied
        return
    actions = ("add",) if view_name == "add" else ACTIONS
    if instance is not None and not policy.user_has_any_permission_for_instance(
        request.user, actions, instance
    ):
        raise PermissionDenied
