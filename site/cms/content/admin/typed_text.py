"""Drops from every form of the admin what cannot be stored, and what nobody sees.

A control character gets into a form with what is pasted from a PDF. No file for translators could
hold it, and nobody could see why; through the API the same text is refused. A field that holds
nothing that anybody sees is an empty one, and is refused where it has to be filled in.
"""

import json
import re
from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.urls import reverse

from cms.common.characters import for_xml, is_visible

_ESCAPED: Final = re.compile(
    r"\\u(?:00[01][0-9a-f]|d[89a-f][0-9a-f]{2}|fff[ef])|\\[bf]", re.IGNORECASE
)
"""Escapes in JSON that may be such a character; a letter beyond the first plane is two of them."""


class TypedText:
    """Middleware: cleans what is posted, before any view sees it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Passes on what is posted to the admin, cleaned."""
        if request.method == "POST" and request.path.startswith(reverse("wagtailadmin_home")):
            clean = cleaned(request.POST)
            if clean is not None:
                request.POST = clean  # type: ignore[assignment]
        return self.get_response(request)


def cleaned(posted: QueryDict) -> QueryDict | None:
    """The form without characters that cannot be stored or seen; ``None`` where it has none."""
    found: dict[str, list[str]] = {}
    for name, values in posted.lists():
        kept = [_cleaned(value) for value in values]
        if kept != values:
            found[name] = kept
    if not found:
        return None
    copy = posted.copy()
    for name, kept in found.items():
        copy.setlist(name, kept)
    return copy


def _cleaned(value: str) -> str:
    text = for_xml(value)
    if text[:1] in {"{", "["} and _ESCAPED.search(text):
        text = _cleaned_json(text)
    # White space alone is for the field to judge, which may keep it.
    return "" if text.strip() and not is_visible(text) else text


def _cleaned_json(text: str) -> str:
    """The text of an editor or a table that posts JSON."""
    try:
        posted = json.loads(text)
    except ValueError:
        return text
    clean = _mapped(posted)
    return text if clean == posted else json.dumps(clean)


def _mapped(value: Any) -> Any:
    if isinstance(value, str):
        return for_xml(value)
    if isinstance(value, list):
        return [_mapped(member) for member in value]
    if isinstance(value, dict):
        return {name: _mapped(member) for name, member in value.items()}
    return value
