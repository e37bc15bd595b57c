"""A page as the document that other sites get, outside a request to the API."""

from typing import Any

from django.http import HttpRequest


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
    schema = registration.read_schema.model_validate(page, context={"request": request})
    document: dict[str, Any] = schema.model_dump(mode="json")
    return document
