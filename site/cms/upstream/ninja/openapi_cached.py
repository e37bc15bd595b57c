"""Writes the description of the API once, and lets it be completed.

Django Ninja 1.7.1 writes ``openapi.json`` anew for each request, which takes a second
(vitalik/django-ninja#1238), in the language of whoever asks, and has no hook by which a project
adds to it. Here it is kept, in one language, with what we add. May go when Ninja keeps it and has
such a hook.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.utils import translation

from cms.common.site_address import site_address
from cms.content.api.registration import DESCRIPTION_LANGUAGE
from cms.delivery.openapi.product import serve_from
from cms.upstream.replacement import Replacement, apply_replacements


def apply() -> None:
    """Puts it in, around all that corrects the description."""
    apply_replacements(
        Replacement(
            "wagtail.api.v3.api:api.get_openapi_schema",
            "9a7f0b5fcf000644cce60b760f84c259ac33bf647173be81dcfd8a8f4a15880e",
            kept_and_completed,
        )
    )


def kept_and_completed(get_openapi_schema: Callable[..., Any]) -> Callable[..., Any]:
    """The description, complete, written once for each prefix of the addresses.

    The address of the site stands in a copy: an administrator may change it.
    """
    kept: dict[str | None, Any] = {}

    def complete(**kwargs: Any) -> Any:
        # It knows all types, some of which are registered after this was put in.
        from cms.delivery.openapi.document import complete_description

        return complete_description(get_openapi_schema(**kwargs))

    @wraps(get_openapi_schema)
    def get_kept_schema(
        *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> Any:
        if path_params:
            return complete(path_prefix=path_prefix, path_params=path_params)
        if path_prefix not in kept:
            with translation.override(DESCRIPTION_LANGUAGE):
                kept[path_prefix] = complete(path_prefix=path_prefix)
        return serve_from(kept[path_prefix], site_address())

    return get_kept_schema
