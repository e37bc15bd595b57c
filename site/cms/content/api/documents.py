"""A page or snippet as the document that other sites get, outside a request to the API."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.http import HttpRequest
from wagtail.models import Page

UNSAVED = 0
"""The id in the document of a page that has none yet; no page in a database has it."""


def render_document(owner: Any, request: HttpRequest | None = None) -> dict[str, Any]:
    """The document of a page or snippet, as JSON values.

    That of a page is what ``GET /api/v3/pages/{id}/`` answers. Works for a draft that was never
    saved too, so that a preview shows exactly what other sites would get.
    """
    with _identified(owner):
        schema = document_schema(type(owner)).model_validate(owner, context={"request": request})
    document: dict[str, Any] = schema.model_dump(mode="json")
    return document


def document_schema(model: Any) -> Any:
    """The type of the documents of a page or snippet type.

    Raises:
        LookupError: the API serves no such type.
    """
    if not issubclass(model, Page):
        # Its schemas need all models to be there.
        from cms.content.api.snippet_documents import snippet_schema

        return snippet_schema(model)
    # Wagtail builds its schemas when this module is first imported, after all models are there.
    from wagtail.api.v3.registry import registry

    registration = registry.get(model._meta.label)
    if registration is None or registration.read_schema is None:
        raise LookupError(f"{model._meta.label} is not a page type that the API serves.")
    return registration.read_schema


@contextmanager
def _identified(owner: Any) -> Iterator[None]:
    """Lends an id to a page that was never saved, since a document has one."""
    if owner.pk is not None:
        yield
        return
    # The key of a page type is its link to Wagtail's page, whose own key is ``id``.
    owner.pk = owner.id = UNSAVED
    try:
        yield
    finally:
        owner.pk = owner.id = None
