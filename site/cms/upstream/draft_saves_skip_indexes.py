"""Saving a draft leaves the search and the references of what is live as they are.

Whenever a page is stored, modelsearch 1.3.2 reads it again and writes its words into the index, and
Wagtail 8.0.1 does the same for what it refers to; also where a draft alone was stored, of which the
database has nothing new to read: eleven queries, a tenth of a publication, which stores the draft
first. May go when both look at ``update_fields`` upstream.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from cms.content.fields import DRAFT_FIELDS


def patch() -> None:
    """Wraps what Wagtail is going to connect; done once, before its applications are ready."""
    from modelsearch import signal_handlers as search
    from wagtail import signal_handlers as wagtail

    search.post_save_signal_handler = _unless_of_a_draft(search.post_save_signal_handler)
    wagtail.update_reference_index_on_save = _unless_of_a_draft(
        wagtail.update_reference_index_on_save
    )


def _unless_of_a_draft(handler: Callable[..., None]) -> Callable[..., None]:
    @wraps(handler)
    def handle(instance: Any, update_fields: Any = None, **kwargs: Any) -> None:
        if update_fields is None or not DRAFT_FIELDS.issuperset(update_fields):
            handler(instance, update_fields=update_fields, **kwargs)

    return handle
