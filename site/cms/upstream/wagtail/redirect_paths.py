"""Takes whatever stands in the place of a path for a path.

``Redirect.normalise_path`` of Wagtail 8.0.1 takes the path apart as an address, and fails where it
looks like one of a server that no address can have: ``http://[``. Whoever asks a site for such a
path gets an error of the server. Here such a text is a path that is percent-encoded: no redirect is
at it. May go when upstream's fails no more.
"""

from functools import wraps
from typing import Any
from urllib.parse import quote

from cms.upstream.replacement import Replacement, apply_replacements


def apply() -> None:
    """Puts it in."""
    apply_replacements(
        Replacement(
            "wagtail.contrib.redirects.models:Redirect.normalise_path",
            "d2ff2865046998751190ff045efa6f8b1db64c5de161e95dce50d9e740711134",
            taking_anything,
        )
    )


def taking_anything(normalise_path: Any) -> Any:
    """The function, for which nothing is no path."""

    @wraps(normalise_path)
    def normalise_any_path(url: str, decode_unicode: bool = True) -> str:
        try:
            path: str = normalise_path(url, decode_unicode)
        except ValueError:
            encoded = quote(url, safe="/", errors="replace")
            path = normalise_path(f"/{encoded.lstrip('/')}", decode_unicode)
        return path

    return staticmethod(normalise_any_path)
