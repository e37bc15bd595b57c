"""A page as the document that other sites get, outside a request to the API."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.http import HttpRequest

UNSAVED = 0
"""The id in the document of a page that has none yet; no page in a database has it."""


def render_document(page: Any, request: HttpRequest | None = None) -> dict[str, Any]:
    """The document of a page: what ``GET /api/v3/pages/{id}/`` answers, as JSON values.

    Works for a draft that was never saved too, so that a preview shows exactly what other
    sites would get.
    """
    # Wagtail builds its schemas when this module is first imported, after all models are there.
    from wagtail.api.v3.registry import registry

    registration = registry.get(type(page)._meta.label)
    if registration is None or registration.read_schema is None:
        raise LookupError(f"{type(page)._meta.label} is not a page type that the API serves.")
    with _identified(page):
        schema = registration.read_schema.model_validate(page, context={"request": request})
    document: dict[str, Any] = schema.model_dump(mode="json")
    return document


@contextmanager
def _identified(page: Any) -> Iterator[None]:
    """Lends an id to a page that was never saved, since a document has one."""
    if page.pk is not None:
        yield
        return
    # The key of a page type is its link to Wagtail's page, whose own key is ``id``.
    page.pk = page.id = UNSAVED
    try:
        yield
    finally:
        page.pk = page.id = None
