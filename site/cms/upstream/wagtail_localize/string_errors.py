"""Shows a translator the fault that a text was marked with.

wagtail-localize 1.14.5's ``StringTranslation.get_error`` says of a text with damaged tags what its
parser says, in English alone and without a remedy, though a field error is stored with the text.
Here the stored error comes first, so that the editor says of a text what a file's report says. May
go when upstream shows a stored error first.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from cms.upstream.replacement import Replacement, apply_replacements


def apply() -> None:
    """Puts it in."""
    apply_replacements(
        Replacement(
            "wagtail_localize.models:StringTranslation.get_error",
            "4519cdef67b9fe75b46809fafb8949600cef83160ed980dc2fb8418094892397",
            stored_first,
        )
    )


def stored_first(get_error: Callable[[Any], str | None]) -> Callable[[Any], str | None]:
    """The method, which says what is stored where something is."""

    @wraps(get_error)
    def get_stored_error(translation: Any) -> str | None:
        if translation.has_error and translation.field_error:
            return str(translation.field_error)
        return get_error(translation)

    return get_stored_error
