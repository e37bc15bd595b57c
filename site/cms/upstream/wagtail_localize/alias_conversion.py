"""Lets administrators alone convert a translation to an alias.

*Convert to alias* of wagtail-localize 1.14.5 throws a translation away and puts the source's text
under the language's name; whoever may edit the page may do it. Here administrators alone may. May
go when upstream asks for a permission of its own.
"""

from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from cms.upstream.replacement import Replacement, apply_replacements


def apply() -> None:
    """Puts it in, before the admin's addresses are made."""
    apply_replacements(
        Replacement(
            "wagtail_localize.views.convert:convert_to_alias",
            "eac3f1fb14d11b251e235985dd301f5f8bc09985a3c69c0f01f1a8437c91a91d",
            for_administrators,
        )
    )


def for_administrators(view: Any) -> Any:
    """The view, which refuses everybody else."""

    @wraps(view)
    def convert_to_alias(request: HttpRequest, page_id: int) -> HttpResponse:
        if not request.user.is_superuser:
            raise PermissionDenied
        response: HttpResponse = view(request, page_id)
        return response

    return convert_to_alias
