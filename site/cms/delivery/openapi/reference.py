"""``docs/``: the description of the API as a page on which it can be tried.

Swagger's page, which Ninja brings, takes a megabyte of description apart before it shows anything.
This one is made here, closed, and looks into the description where somebody opens something.
"""

import logging
import re
from threading import Thread
from typing import Any, Final

from django.db import Error, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja.openapi.docs import DocsBase

from cms.delivery.http.responses import CACHE_CONTROL

logger = logging.getLogger(__name__)

_METHODS: Final = ("get", "post", "put", "patch", "delete")
_IN_A_PATH: Final = "path"
_TEMPLATE: Final = "cms_delivery/reference.html"


class Reference(DocsBase):
    """The page; given to Ninja in place of its own."""

    def render_page(self, request: HttpRequest, api: Any, **kwargs: Any) -> HttpResponse:
        """The page with every operation, closed."""
        context = {
            "address": self.get_openapi_url(api, kwargs),
            "groups": groups(api.get_openapi_schema()),
        }
        response: HttpResponse = render(request, _TEMPLATE, context)
        response["Cache-Control"] = CACHE_CONTROL
        response["Content-Language"] = "en"
        return response


def prepare_description() -> Thread:
    """Has the description made in a thread: the first who asks would wait for seconds."""
    thread = Thread(target=_make_description, name="openapi", daemon=True)
    thread.start()
    return thread


def _make_description() -> None:
    # Made of all models, which must be there.
    from wagtail.api.v3.urls import api

    try:
        api.get_openapi_schema()
    except Error:
        # Before the first migration, say; whoever asks for it hears what is wrong.
        logger.info("The description of the API is made when somebody asks.", exc_info=True)
    finally:
        connection.close()


def groups(description: dict[str, Any]) -> list[dict[str, Any]]:
    """The operations by their tags, those first that anybody may ask most of."""
    found: dict[str, list[dict[str, Any]]] = {}
    for path, item in description["paths"].items():
        for method in _METHODS:
            if method in item:
                operation = item[method]
                name = (operation.get("tags") or ["other"])[0]
                found.setdefault(name, []).append(_operation(path, method, operation))
    by_openness = sorted(
        found.items(), key=lambda one: sum(each["token"] for each in one[1]) / len(one[1])
    )
    return [{"name": name, "operations": operations} for name, operations in by_openness]


def _operation(path: str, method: str, operation: dict[str, Any]) -> dict[str, Any]:
    security = operation.get("security") or [{}]
    return {
        "id": operation["operationId"],
        "method": method.upper(),
        "path": path,
        "summary": operation.get("summary", ""),
        "description": operation.get("description", ""),
        "deprecated": operation.get("deprecated", False),
        "token": {} not in security,
        "is_read": method == "get",
        "parameters": [_parameter(one) for one in operation.get("parameters", ())],
        "takes": _pointer("requestBody", operation),
        "gives": _gives(operation),
    }


def _parameter(parameter: dict[str, Any]) -> dict[str, Any]:
    schema = parameter["schema"]
    shapes = [schema, *schema.get("anyOf", ())]
    return {
        "name": parameter["name"],
        "in_path": parameter["in"] == _IN_A_PATH,
        "required": parameter.get("required", False),
        "deprecated": parameter.get("deprecated", False),
        "many": any(one.get("type") == "array" for one in shapes),
        "description": parameter.get("description") or schema.get("description", ""),
        "default": schema.get("default"),
        "values": next((values for one in shapes if (values := _values(one))), ()),
    }


def _values(schema: dict[str, Any]) -> tuple[Any, ...]:
    found = schema.get("enum") or schema.get("items", {}).get("enum") or ()
    return tuple(found)


def _gives(operation: dict[str, Any]) -> list[dict[str, str]]:
    return [
        {
            "status": str(status),
            "description": answer.get("description", ""),
            "pointer": _pointer(f"responses/{status}", answer),
        }
        for status, answer in operation.get("responses", {}).items()
    ]


def _pointer(start: str, holder: dict[str, Any]) -> str:
    """The way from an operation to the schema of a body, by which the page finds it."""
    body = holder.get("requestBody", holder) if start == "requestBody" else holder
    for kind, media in body.get("content", {}).items():
        if "schema" in media:
            return f"{start}/content/{re.sub('/', '~1', kind)}/schema"
    return ""
