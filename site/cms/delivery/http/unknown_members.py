"""Refuses members that an action or another small payload of API v3 does not know.

The schemas of pages refuse it themselves (see ``content/api/registration.py``). Those of Wagtail's
actions, of snippets, pictures, files, sites, languages and redirects skip what they do not know: a
mistyped ``recursive`` was a copy without what is below.
"""

import json
from functools import cache
from typing import Any, Final, NamedTuple, get_args

from django.http import HttpRequest
from pydantic import BaseModel

_BODY: Final = "body"
_JSON: Final = "application/json"
_COMBINED: Final = ("allOf", "anyOf", "oneOf")
_FORMS: Final = frozenset({"form", "file"})


def unknown_member(
    request: HttpRequest, url_name: str, type_label: str | None
) -> tuple[tuple[str, ...], str] | None:
    """The place of the first member that an operation does not know, and a sentence on it.

    Args:
        type_label: of the snippets that the address names, if it does.
    """
    payload = _payloads().get((request.method or "", url_name))
    if payload is None or request.content_type == "multipart/form-data":
        return None
    try:
        sent = json.loads(request.body)
    except ValueError:
        # The view says that it is no JSON; what takes no payload takes an empty one.
        return None
    if payload.is_by_type:
        schema = _schema_of(type_label, is_new=request.method == "POST")
        if schema is None:
            return None
        payload = _payload(schema)
    for place, known in ((), payload.members), (("meta",), payload.meta):
        inside = sent.get("meta") if place and isinstance(sent, dict) else sent
        unknown = sorted(inside.keys() - known) if isinstance(inside, dict) else []
        if unknown:
            allowed = f"Known: {', '.join(sorted(known))}." if known else "There is none here."
            return (*place, unknown[0]), f"Unknown member {unknown[0]!r:.80}. {allowed}"
    return None


class _Payload(NamedTuple):
    """The members that an operation takes.

    Attributes:
        meta: those of ``meta``.
        is_by_type: whether the others depend on the type of what is written.
    """

    members: frozenset[str] = frozenset()
    meta: frozenset[str] = frozenset()
    is_by_type: bool = False


def _schema_of(type_label: str | None, *, is_new: bool) -> Any:
    """The schema by which a snippet is made or changed; none of a type that is not there."""
    # It is made of all models, and the middleware is imported before there are any.
    from wagtail.api.v3.registry import registry

    registration = registry.get(type_label or "")
    if registration is None:
        return None
    return registration.create_schema if is_new else registration.patch_schema


@cache
def _payload(schema: type[BaseModel]) -> _Payload:
    fields = schema.model_fields
    field = fields.get("meta")
    meta: Any = None if field is None else field.annotation
    alternatives: tuple[Any, ...] = get_args(meta) or (meta,)
    schemas = [one for one in alternatives if hasattr(one, "model_fields")]
    return _Payload(
        frozenset(fields), frozenset(name for one in schemas for name in one.model_fields)
    )


@cache
def _payloads() -> dict[tuple[str, str], _Payload]:
    """The members of each operation that writes, by its method and the name of its address.

    Those are left out that write pages, whose schemas refuse it themselves, and that take files.
    """
    from wagtail.api.v3.api import api

    found: dict[tuple[str, str], _Payload] = {}
    for _prefix, router in api._routers:  # noqa: SLF001 - Ninja has no public list
        for view in router.path_operations.values():
            # Django finds an address by the name of its first operation.
            names = {str(operation.url_name) for operation in view.operations}
            for operation in view.operations:
                payload = _payload_of(operation)
                if payload is not None:
                    found |= {
                        (method, name): payload for method in operation.methods for name in names
                    }
    return found


def _payload_of(operation: Any) -> _Payload | None:
    models: dict[str, Any] = {model.__ninja_param_source__: model for model in operation.models}
    if _FORMS & models.keys():
        return None
    if _BODY not in models:
        return _Payload()
    [payload] = models[_BODY].model_fields.values()
    schema = payload.annotation
    if isinstance(schema, type) and issubclass(schema, BaseModel):
        return _payload(schema)
    is_of_snippets = "snippet" in str(operation.url_name)
    return _Payload(is_by_type=True) if is_of_snippets else None


def describe(description: Any) -> None:
    """Says in the description of the API which payloads take no other members."""
    schemas = description["components"]["schemas"]
    for operations in description["paths"].values():
        for operation in operations.values():
            content = operation.get("requestBody", {}).get("content", {})
            if _JSON in content:
                for schema in _named(content[_JSON]["schema"], schemas):
                    schema["additionalProperties"] = False
                    for meta in _named(schema.get("properties", {}).get("meta", {}), schemas):
                        meta["additionalProperties"] = False


def _named(schema: Any, schemas: Any) -> list[Any]:
    """The schemas that one refers to, itself or among what it combines."""
    parts = [schema, *(part for kind in _COMBINED for part in schema.get(kind, ()))]
    names = [part["$ref"].rpartition("/")[2] for part in parts if "$ref" in part]
    return [schemas[name] for name in names]
