"""Publishes a translation from its editor, without leaving it."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail_localize.models import Translation

from cms.translation.editor.json_views import JsonView, Refusal
from cms.translation.editor.opening import open_translation
from cms.translation.lifecycle.publishing import CannotPublish, publish_translation
from cms.translation.models import LanguageStatus


def may_publish(user: Any, instance: Any) -> bool:
    """Tells whether a user may publish a page or fact in its language."""
    if isinstance(instance, Page):
        return bool(instance.permissions_for_user(user).can_publish())
    policy = policy_registry.get_by_type(type(instance))
    return bool(policy.user_has_permission_for_instance(user, "publish", instance))


class PublishView(JsonView):
    """``POST``: publishes the page or fact in this one language."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, translation_id: int) -> JsonResponse:
        """Answers ``{"published", "message", "left"}``; 409 with ``detail`` where it must wait.

        Raises:
            PermissionDenied: the user may not publish it.
            Refusal: it must wait; the answer says for what.
        """
        opened = open_translation(request.user, translation_id)
        translation = Translation.objects.select_related("source").get(pk=opened.id)
        if not may_publish(request.user, translation.get_target_instance()):
            raise PermissionDenied
        try:
            published = publish_translation(translation.source, opened.locale, request.user)
        except CannotPublish as error:
            raise Refusal(HTTPStatus.CONFLICT, str(error)) from error
        status = LanguageStatus.objects.filter(source=opened.source, locale=opened.locale).first()
        left = status.strings - status.published if status is not None else 0
        message = _("“%(title)s” is published.") % {"title": published}
        if left:
            still = ngettext(
                "%(count)d text is still shown in the source language.",
                "%(count)d texts are still shown in the source language.",
                left,
            ) % {"count": left}
            message = f"{message} {still}"
        return JsonResponse({"published": True, "message": message, "left": left})
