"""Lets the code of a mark of language say which language it is: ``lang-smj-2`` instead of ``a2``.

wagtail-localize 1.14.5 numbers all elements with attributes by their name: a translator could not
tell a place name in Lule Sámi from a link, in any tool. May go when codes can be named by others.
"""

from typing import Any

from wagtail_localize.strings import StringValue

from cms.translation.fragments import mark_code
from cms.upstream.replacement import Replacement, apply_replacements

KIND = "language"
"""The ``linktype`` of a mark."""


def apply() -> None:
    """Puts it in."""
    apply_replacements(
        Replacement(
            "wagtail_localize.strings:StringValue.from_source_html",
            "c870e64105ab1fcfc8fd942996747cd15d7c2cc679143ed6412681c24314030c",
            lambda upstreams: classmethod(_named(upstreams)),
        )
    )


def _named(upstreams: Any) -> Any:
    def from_source_html(cls: Any, html: str) -> tuple[StringValue, dict[str, dict[str, str]]]:
        """The string, and the attributes of its elements by their codes."""
        string, attributes = upstreams.__func__(cls, html)
        data = string.data
        named: dict[str, dict[str, str]] = {}
        for code, found in attributes.items():
            name = code
            if found.get("linktype") == KIND and found.get("lang"):
                name = mark_code(found["lang"], code.removeprefix("a"))
                # In text the < would be written &lt;.
                data = data.replace(f'<a id="{code}">', f'<a id="{name}">')
            named[name] = found
        return cls(data), named

    return from_source_html
