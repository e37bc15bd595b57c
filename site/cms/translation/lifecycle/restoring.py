"""Tells of a translation that cannot be made: its page, language, block and the reason."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Locale


class CannotRestore(Exception):
    """Raised for a translation that cannot be put together from its source.

    The message names page, language, field, block and reason.
    """


def cannot_restore(
    original: Any, locale: Locale, place: str, reason: BaseException | str
) -> CannotRestore:
    """The error for a page or fact.

    Args:
        original: the source, as its translations are made from it.
        place: the field, and the block in it.
    """
    message = _(
        "“%(title)s” cannot be made in %(language)s from its source. %(place)s: %(reason)s. Change "
        "that in the source and publish it; the translations are kept."
    )
    return CannotRestore(
        message
        % {
            "title": original,
            "language": locale.get_display_name(),
            "place": place,
            "reason": f"{reason}".rstrip(".") or type(reason).__name__,
        }
    )
