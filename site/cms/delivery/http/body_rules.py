"""Rules for the JSON that is written through API v3, whatever address it is sent to.

Text that no XML file can hold could never leave for a translator, and PostgreSQL refuses some of
it with a 500; text that nobody sees counts as filled in; of two members of one name a reader of
JSON takes the last.
"""

import json
import math
from collections.abc import Iterator
from typing import Any, Final

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest

from cms.common.characters import is_visible, not_in_xml

Place = tuple[str | int, ...]

DEPTH: Final = 50
"""Objects and lists in one another."""

_WRITING: Final = frozenset({"PATCH", "POST", "PUT"})


class BadBody(ValueError):
    """Raised for what cannot be stored. The message says why.

    Attributes:
        place: names and positions that lead to it, as in the answers of Wagtail: ``body``, 1.
        status: of the answer; 413 where there is too much of it.
    """

    def __init__(self, message: str, place: Place = (), *, status: int = 422) -> None:
        super().__init__(message)
        self.place = place
        self.status = status


class _Object(list[tuple[str, Any]]):
    """An object as it was sent, its members in order."""


def check_body(request: HttpRequest) -> None:
    """Judges what a request writes.

    What is no JSON is left to the view, which says so.

    Raises:
        BadBody: it cannot be stored.
    """
    if request.method not in _WRITING:
        return
    if request.content_type == "multipart/form-data":
        try:
            form = request.POST
        except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent) as error:
            raise _too_large() from error
        for name, values in form.lists():
            for value in values:
                _check_text(value, (name,))
        return
    try:
        sent = json.loads(request.body, object_pairs_hook=_Object)
    except RequestDataTooBig as error:
        raise _too_large() from error
    except RecursionError as error:
        raise _too_deep(()) from error
    except ValueError:
        return
    if not isinstance(sent, _Object):
        raise BadBody("The body of a request is a JSON object.")
    for value, place in _leaves(sent, (), 0):
        if isinstance(value, str):
            _check_text(value, place)
        elif isinstance(value, float) and not math.isfinite(value):
            raise BadBody("JSON has no such number.", place)


def _too_large() -> BadBody:
    return BadBody("The request is longer than 2.5 million bytes.", status=413)


def _too_deep(place: Place) -> BadBody:
    return BadBody(f"More than {DEPTH} objects and lists stand in one another.", place)


def _leaves(value: Any, place: Place, depth: int) -> Iterator[tuple[Any, Place]]:
    """Every text and number of what was sent, the names of members among them."""
    if not isinstance(value, list):
        yield value, place
        return
    if depth >= DEPTH:
        raise _too_deep(place[:8])
    if not isinstance(value, _Object):
        for position, member in enumerate(value):
            yield from _leaves(member, (*place, position), depth + 1)
        return
    names: set[str] = set()
    for name, member in value:
        if name in names:
            raise BadBody("It is there twice.", (*place, name))
        names.add(name)
        if not_in_xml(name):
            raise BadBody("A name holds a character that cannot be stored.", place)
        yield from _leaves(member, (*place, name), depth + 1)


def _check_text(text: str, place: Place) -> None:
    if character := not_in_xml(text):
        raise BadBody(f"The text holds {character}, which cannot be stored. Leave it out.", place)
    if text.strip() and not is_visible(text):
        raise BadBody("The text holds nothing that anybody can see.", place)
