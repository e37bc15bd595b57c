"""Puts a space back between two words of the translation editor.

The editor of wagtail-localize 1.14.5 joins *Publish in* and a language, and its Swedish catalogue
has lost the space at the end of the first. Here the editor's catalogue, at the same address, ends
each text with a space whose source does. May go when no Swedish text lacks it.
"""

from typing import Any, Final

from django.urls import URLPattern, path
from django.views.i18n import JavaScriptCatalog
from wagtail import hooks

from cms.upstream.replacement import UpstreamCode, declare

CATALOGUE: Final = UpstreamCode(
    "django.views.i18n:JavaScriptCatalog.get_catalog",
    "9b871d78bfc745bee5d8c50feb7973f056b61a933470c67e82ee09934c9f8fbc",
)


def apply() -> None:
    """Registers the address, which resolves before wagtail-localize's own."""
    declare(CATALOGUE)
    hooks.register("register_admin_urls", register_address, order=-1)


class EditorCatalogue(JavaScriptCatalog):
    """The messages of the translation editor."""

    packages = ["wagtail_localize"]

    def get_catalog(self) -> dict[str, Any]:
        """Upstream's catalogue, with a space at the end of each text whose source ends with one."""
        return {
            source: f"{text} " if lacks_space(source, text) else text
            for source, text in super().get_catalog().items()
        }


def lacks_space(source: str, text: Any) -> bool:
    """Tells whether a translation has lost the space at the end of its source."""
    return isinstance(text, str) and source.endswith(" ") and not text.endswith(" ")


def register_address() -> list[URLPattern]:
    """Upstream's address, which resolves to the first that is registered."""
    return [path("localize/jsi18n/", EditorCatalogue.as_view())]
