"""Asks administrators, and nobody else, before a translation is stopped or started again.

*Stop Synced translation* of wagtail-localize 1.14.5 takes one click, without a question, of whoever
may edit the page. Its *Start Synced translation* forgets all that was written by hand meanwhile:
the next publication overwrites it. Here both lead administrators to a page that says what happens
and asks, and refuse everybody else. May go when upstream asks, has a permission for it, and
takes over what was written.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cms.upstream.replacement import Replacement, apply_replacements


def apply() -> None:
    """Puts it in, before the admin's addresses are made."""
    apply_replacements(
        Replacement(
            "wagtail_localize.views.edit_translation:stop_translation",
            "cd7d768fdc9b533624e4607ecf236e1fb9a0d7ab2bdad083cd8cc5d9683d7a11",
            lambda _upstreams: ask_before_stopping,
        ),
        Replacement(
            "wagtail_localize.views.edit_translation:restart_translation",
            "a6953743c289fd05191737823c99852a4b5b3a7894e4cc4494984b84d38d67e0",
            lambda _upstreams: ask_before_starting,
        ),
    )


def ask_before_stopping(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Leads an administrator to the question.

    Raises:
        PermissionDenied: for everybody else.
    """
    return _to_question(request, "cms_translation:stop", translation_id)


def ask_before_starting(request: HttpRequest, translation: Any, instance: Any) -> HttpResponse:
    """Leads an administrator to the question.

    Raises:
        PermissionDenied: for everybody else.
    """
    return _to_question(request, "cms_translation:start", translation.pk)


def _to_question(request: HttpRequest, name: str, translation_id: int) -> HttpResponse:
    if not request.user.is_superuser:
        raise PermissionDenied
    return redirect(name, translation_id)
