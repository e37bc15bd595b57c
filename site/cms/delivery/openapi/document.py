"""Makes the description of the API valid, whole and quick.

Wagtail 8.0.1 describes "anybody may ask" as a scheme of HTTP authentication without a name, which
OpenAPI 3.1 does not allow; in OpenAPI it is an empty requirement. Ninja writes the description
anew for each request, which takes a second. Wagtail's own fields have no descriptions; those and an
example of each shape that is read are put in here. Delete what concerns ``AllowAnonymous`` once
``tests/cms/content/api/test_openapi.py`` passes without it.
"""

from typing import Any

from django.utils import translation
from ninja import NinjaAPI

from cms.delivery.endpoints.schemas import ExportHeader
from cms.delivery.openapi.examples import add_examples
from cms.delivery.openapi.wagtail_field_notes import describe_upstream_fields

ANYBODY = "AllowAnonymous"


def describe_validly(api: NinjaAPI, language: str) -> None:
    """Lets ``openapi.json`` and the documentation page show the corrected description."""
    plain_description = api.get_openapi_schema
    kept: dict[str | None, Any] = {}

    def get_openapi_schema(
        *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> Any:
        if path_params:
            return _corrected(plain_description(path_prefix=path_prefix, path_params=path_params))
        if path_prefix not in kept:
            with translation.override(language):
                kept[path_prefix] = _corrected(plain_description(path_prefix=path_prefix))
        return kept[path_prefix]

    api.get_openapi_schema = get_openapi_schema  # type: ignore[method-assign]


def _shapes_of_lines() -> dict[str, Any]:
    """The schemas of the lines of a stream, which Ninja does not look into."""
    shape = ExportHeader.model_json_schema(ref_template="#/components/schemas/{model}")
    return {**shape.pop("$defs"), ExportHeader.__name__: shape}


def _corrected(description: Any) -> Any:
    description["components"]["securitySchemes"].pop(ANYBODY, None)
    for operations in description["paths"].values():
        for operation in operations.values():
            if "security" in operation:
                operation["security"] = [
                    {} if ANYBODY in requirement else requirement
                    for requirement in operation["security"]
                ]
    description["components"]["schemas"] |= _shapes_of_lines()
    describe_upstream_fields(description["components"]["schemas"])
    add_examples(description)
    return description
