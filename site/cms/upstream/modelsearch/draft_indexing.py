"""Saving a draft leaves the words of what is live in the search index as they are.

Whenever a page is stored, modelsearch 1.3.2 reads it again and writes its words into the index,
also where a draft alone was stored, of which the database has nothing new to read. Together with
Wagtail's references (see ``wagtail/draft_references.py``) this took eleven queries, a tenth of a
publication, which stores its draft first. May go when ``post_save_signal_handler`` looks at
``update_fields`` upstream.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from cms.content.fields import stores_draft_alone
from cms.upstream.replacement import Replacement, apply_replacements


def apply() -> None:
    """Puts it in, before Wagtail's application connects the handler."""
    apply_replacements(
        Replacement(
            "modelsearch.signal_handlers:post_save_signal_handler",
            "963c5426c22e0251034d6f0bae03f7c83c8e186482dd4c635fbc05cc3131591e",
            unless_draft_alone,
        )
    )


def unless_draft_alone(handler: Callable[..., None]) -> Callable[..., None]:
    """The handler of a signal, which is left out where a draft alone was stored."""

    @wraps(handler)
    def handle(instance: Any, update_fields: Any = None, **kwargs: Any) -> None:
        if not stores_draft_alone(update_fields):
            handler(instance, update_fields=update_fields, **kwargs)

    return handle
