"""Query parameters that an endpoint takes; any other is an error that names it."""

from collections.abc import Collection

from django.http import HttpRequest
from pydantic import ValidationError
from wagtail.api.v3.errors import as_validation_error


def unknown_parameters(request: HttpRequest, known: Collection[str]) -> list[str]:
    """The names of query parameters that are not ``known``."""
    return sorted(set(request.GET) - set(known))


def refusal(name: str, message: str) -> ValidationError:
    """An error that API v3 answers as ``problem+json`` with status 422, naming the parameter."""
    error: ValidationError = as_validation_error(ValueError(message), message, loc=("query", name))
    return error


def refuse_unknown_parameters(request: HttpRequest, known: Collection[str] = ()) -> None:
    """Raises for the first query parameter that is not ``known``."""
    for name in unknown_parameters(request, known):
        allowed = ", ".join(sorted(known)) or "none"
        raise refusal(name, f"Unknown parameter {name!r}. Known here: {allowed}.")
