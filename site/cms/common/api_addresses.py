"""Addresses of the API, told from pages for people."""

from typing import Final

API: Final = "/api/"
TYPED_API: Final = "/api/v3/"
"""Version 3, of which openapi.json tells."""
STABLE_API: Final = "/api/v2/"
"""Wagtail's stable one."""


def is_api(path: str) -> bool:
    """Tells whether a path is one of the API, or was meant to be: ``//api/v3`` is."""
    return f"/{path.lstrip('/')}/".startswith(API)
