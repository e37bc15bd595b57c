"""Deprecation: what of the API is to go, in one place, for ``openapi.json`` and for each answer.

An entry of :data:`DEPRECATED` marks an operation, a parameter or a field with ``deprecated: true``.
Each answer of the operation, or to the parameter, says since when (``Deprecation``, RFC 9745) and
until when it is there (``Sunset``, RFC 8594). A field is marked in the description alone: its
answers are not about to go.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from django.urls import reverse
from django.utils.http import http_date

PREFIX: Final = "/api/v3/"
PROMISED: Final = timedelta(days=365)
"""Time from the mark to the end, at least."""

_OPERATION: Final = re.compile(r"(GET|POST|PUT|PATCH|DELETE) ([^?]+)(?:\?(\w+))?\Z")
_FIELD: Final = re.compile(r"(\w+)\.(\w+)\Z")


@dataclass(frozen=True, slots=True)
class Deprecation:
    """Something that is to go.

    Attributes:
        target: an operation, ``GET stories/``; a parameter of one, ``GET stories/?offset``; or a
            field of a schema, ``StoryPageSchema.ingress``. Addresses as ``openapi.json`` has them,
            without ``/api/v3/``.
        since: the day from which it is marked.
        until: the day on which it goes.
        instead: the sentence that says what to use.

    Raises:
        ValueError: it is none of these, or goes too soon.
    """

    target: str
    since: date
    until: date
    instead: str

    def __post_init__(self) -> None:
        """Refuses what would break the promise."""
        if self.until - self.since < PROMISED:
            raise ValueError(f"{self.target} would go within a year of being deprecated.")
        if not _OPERATION.match(self.target) and not _FIELD.match(self.target):
            raise ValueError(f"{self.target} is no operation, parameter or field.")

    def concerns(self, method: str, path: str, parameters: Collection[str]) -> bool:
        """Tells whether a request uses it.

        Args:
            path: of the operation, as in ``target``.
            parameters: names of those that the request has.
        """
        found = _OPERATION.match(self.target)
        is_of_it = found is not None and (found[1], found[2]) == (method, path)
        return is_of_it and (not found[3] or found[3] in parameters)  # type: ignore[index]

    @property
    def note(self) -> str:
        """The sentence for the description."""
        return f"Deprecated since {self.since}; goes on {self.until}. {self.instead}"


DEPRECATED: tuple[Deprecation, ...] = ()
"""Parts of the API that are to go: a line here, and one in CHANGELOG.md."""


def is_deprecated(method: str, path: str, parameters: Collection[str]) -> bool:
    """Tells whether a request uses something that is to go."""
    return any(one.concerns(method, path, parameters) for one in DEPRECATED)


def path_of_route(route: str) -> str:
    """The path of an operation of Django's route of it, as ``openapi.json`` has it."""
    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", f"/{route}").removeprefix(PREFIX)


def deprecation_headers(method: str, path: str, parameters: Collection[str]) -> dict[str, str]:
    """The headers of an answer; none where nothing is to go."""
    found = [one for one in DEPRECATED if one.concerns(method, path, parameters)]
    if not found:
        return {}
    return {
        "Deprecation": f"@{_seconds(min(one.since for one in found))}",
        "Sunset": http_date(_seconds(min(one.until for one in found))),
        "Link": f'<{reverse("wagtailapi_v3:openapi-view")}>; rel="deprecation"; type="text/html"',
    }


def _seconds(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def describe(description: Any) -> None:
    """Marks what is to go in the description of the API.

    Raises:
        LookupError: the API has no such thing.
    """
    for one in DEPRECATED:
        marked = _place(description, one.target)
        marked["deprecated"] = True
        marked["description"] = f"{marked.get('description', '')} {one.note}".strip()


def _place(description: Any, target: str) -> Any:
    if (field := _FIELD.match(target)) is not None:
        return description["components"]["schemas"][field[1]]["properties"][field[2]]
    found = _OPERATION.match(target)
    method, path, name = found.groups()  # type: ignore[union-attr]
    operation = description["paths"][f"{PREFIX}{path}"][method.lower()]
    if not name:
        return operation
    for parameter in operation["parameters"]:
        if (parameter["in"], parameter["name"]) == ("query", name):
            return parameter
    raise LookupError(f"{target}: there is no such parameter.")
