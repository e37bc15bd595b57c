"""Errors that each operation may answer, as ``application/problem+json`` (RFC 9457)."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, Final

from ninja import Schema
from pydantic import Field
from wagtail.api.v3.api import api
from wagtail.api.v3.errors import DEFAULT_PROBLEM_TYPE, PROBLEM_JSON

from cms.content.api.shapes import KEY_EXAMPLE
from cms.delivery.openapi.references import COMPONENTS, Operation, operations, reference


class Fault(Schema):
    """One thing that is wrong with a request."""

    msg: str = Field(
        description="A sentence on it, in English.", examples=["Unknown parameter 'colour'."]
    )
    type: str = Field(
        default="",
        exclude_if=lambda value: not value,
        description="Kind of fault, for programs.",
        examples=["value_error"],
    )
    loc: list[str | int] = Field(
        default=[],
        exclude_if=lambda value: not value,
        description="Where it is: `query`, `path` or `body`, then names, and of an item in a list "
        "its ordinal number from 0.",
        examples=[["query", "colour"]],
    )


class Problem(Schema):
    """Why there is no answer (RFC 9457). Further members may say more."""

    type: str = Field(
        description="`about:blank`: the status says what kind of problem it is.",
        examples=[DEFAULT_PROBLEM_TYPE],
    )
    title: str = Field(description="The status in words.", examples=["Unprocessable Entity"])
    status: int = Field(description="Number of the HTTP status.", examples=[422])
    detail: str = Field(
        description="A sentence on it, in English; empty where the title says all.",
        examples=["Unknown parameter 'colour'."],
    )
    errors: list[Fault] = Field(
        default=[],
        exclude_if=lambda faults: not faults,
        description="Each thing that is wrong with the request, where that is known.",
    )


class NotPublished(Problem):
    """A document that is in none of the languages that were asked for."""

    key: str = Field(
        default="",
        exclude_if=lambda value: not value,
        description="The key that was asked for; missing where the path leads to none.",
        examples=[KEY_EXAMPLE],
    )
    asked_for: list[str] = Field(
        default=[],
        exclude_if=lambda codes: not codes,
        description="Codes of the languages that would have done, best first.",
        examples=[["se", "sv"]],
    )
    live_in: list[str] = Field(
        default=[],
        exclude_if=lambda codes: not codes,
        description="Codes of the languages in which it is live; missing where there is none.",
        examples=[["en", "fi"]],
    )


STATUSES: Final = {
    400: "The body, a cursor or a format is none that can be read.",
    401: "A token is needed, and none that is known came with the request.",
    403: "Whoever has the token may not do this, or not in this state of the page.",
    404: "There is nothing of this kind here, or nothing that is published.",
    410: "The cursor is too old: begin with everything again.",
    422: "A parameter or a member is unknown or wrong; `errors` says which and why.",
    429: "Too many requests from one address: wait as long as `Retry-After` says.",
    500: "A fault of the server, which has noted it.",
}
"""Descriptions of the statuses from 400 on that operations answer."""

_OF_ALL: Final = (422, 500)


def describe_problems(description: Any) -> None:
    """Names the errors of each operation, all of one shape."""
    components = description["components"]
    for shape in (Problem, NotPublished):
        schema = shape.model_json_schema(
            mode="serialization", ref_template=f"{COMPONENTS}{{model}}"
        )
        components["schemas"] |= {**schema.pop("$defs", {}), shape.__name__: schema}
    limited = _limited_operations()
    for path, _method, operation in operations(description):
        own = set(_statuses(path, operation, is_limited=operation["operationId"] in limited))
        # Numbers where an operation names them itself; all are text in the end.
        told = {int(status): response for status, response in operation["responses"].items()}
        named = {status for status in told if status >= HTTPStatus.BAD_REQUEST}
        for status in own | named:
            told[status] = {
                "content": {PROBLEM_JSON: {"schema": reference(_shape(path, status))}},
                **told.get(status, {}),
                "description": STATUSES[status],
            }
        operation["responses"] = {str(status): told[status] for status in sorted(told)}


def _statuses(path: str, operation: Operation, *, is_limited: bool) -> Iterator[int]:
    parameters = {each["name"] for each in operation["parameters"]}
    places = {each["name"] for each in operation["parameters"] if each["in"] == "path"}
    yield from _OF_ALL
    if operation.get("requestBody") or parameters & {"rich_text_format", "offset"}:
        yield HTTPStatus.BAD_REQUEST
    if operation.get("security"):
        yield HTTPStatus.UNAUTHORIZED
        yield HTTPStatus.FORBIDDEN
    if places - {"locale"} or path.endswith("/find/"):
        yield HTTPStatus.NOT_FOUND
    if "since" in parameters:
        yield HTTPStatus.GONE
    if is_limited or "search" in parameters:
        yield HTTPStatus.TOO_MANY_REQUESTS


def _shape(path: str, status: int) -> str:
    """The name of the component by which an operation says what is wrong."""
    is_of_an_entry = status == HTTPStatus.NOT_FOUND and "/entries/" in path
    return (NotPublished if is_of_an_entry else Problem).__name__


def _limited_operations() -> set[str]:
    """Ids of the operations that one address may ask so and so often."""
    return {
        operation.operation_id or api.get_openapi_operation_id(operation)
        for router in api._get_bound_routers()  # noqa: SLF001 - Ninja has no public list
        for view in router.path_operations.values()
        for operation in view.operations
        if operation.throttle_objects
    }
