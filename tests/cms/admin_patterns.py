"""Every pattern of the admin's addresses, from Django's resolver."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.urls import URLPattern, URLResolver, get_resolver

START: Final = "/admin/"

_ROUTE_ARGUMENT: Final = re.compile(r"<(?:\w+:)?(\w+)>")
_REGEX_ARGUMENT: Final = re.compile(r"\(\?P<(\w+)>[^()]*\)")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern of addresses.

    Attributes:
        template: the pattern with ``{argument}`` for each argument.
        namespace: of all resolvers above it, as in ``wagtailadmin_api:pages``.
        view: the class or function that answers.
    """

    template: str
    namespace: str
    name: str
    arguments: tuple[str, ...]
    view: Any

    def __str__(self) -> str:
        return self.template


def admin_patterns() -> list[Pattern]:
    """Every pattern below ``/admin/``."""
    return [
        pattern for pattern in _walk(get_resolver(), "/", "") if pattern.template.startswith(START)
    ]


def _walk(resolver: Any, prefix: str, namespace: str) -> Iterator[Pattern]:
    for entry in resolver.url_patterns:
        template = prefix + _template(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = ":".join(filter(None, (namespace, entry.namespace)))
            yield from _walk(entry, template, inner)
        elif isinstance(entry, URLPattern):
            arguments = tuple(re.findall(r"\{(\w+)\}", template))
            view = getattr(entry.callback, "view_class", entry.callback)
            yield Pattern(template, namespace, entry.name or "", arguments, view)


def _template(pattern: Any) -> str:
    text = str(pattern)
    if "(?P<" in text or text.startswith("^") or text.endswith("$"):
        text = _REGEX_ARGUMENT.sub(r"{\1}", text)
        return text.removeprefix("^").removesuffix("$").replace("\\.", ".").replace(".*", "x")
    return _ROUTE_ARGUMENT.sub(r"{\1}", text)
