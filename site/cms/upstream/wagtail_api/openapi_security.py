"""Says validly in ``openapi.json`` that anybody may ask.

Wagtail 8.0.1 describes "anybody may ask" as a scheme of HTTP authentication without a name, which
OpenAPI 3.1 does not allow; in OpenAPI it is an empty requirement, as which it stands here. May go
when ``AllowAnonymous`` is no scheme upstream.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from cms.upstream.replacement import Replacement, apply_replacements

ANYBODY: Final = "AllowAnonymous"


def apply() -> None:
    """Puts it in."""
    apply_replacements(
        Replacement(
            "wagtail.api.v3.api:api.get_openapi_schema",
            "9a7f0b5fcf000644cce60b760f84c259ac33bf647173be81dcfd8a8f4a15880e",
            corrected,
        )
    )


def corrected(get_openapi_schema: Callable[..., Any]) -> Callable[..., Any]:
    """The description, valid."""

    @wraps(get_openapi_schema)
    def get_valid_schema(**kwargs: Any) -> Any:
        description = get_openapi_schema(**kwargs)
        description["components"]["securitySchemes"].pop(ANYBODY, None)
        for operations in description["paths"].values():
            for operation in operations.values():
                if "security" in operation:
                    operation["security"] = [
                        {} if ANYBODY in requirement else requirement
                        for requirement in operation["security"]
                    ]
        return description

    return get_valid_schema
