"""The context of a page's template: the page's document, and what surrounds it on its site.

A page that is published is shown from its stored document, see :mod:`cms.reader`; a preview and a
page behind a password from one that is made for the occasion. Both have the same surroundings.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.http import HttpRequest

from cms.content.api.documents import render_document
from cms.content.reader.parts import read_document

Document = dict[str, Any]
"""A document as the API gives it."""
Surroundings = Callable[[Document, str, Mapping[str, str]], dict[str, Any]]
"""Takes a document, the language whose site is read, and the parameters of the address. Gives what
templates find beside ``document``: ``site``, ``frame``, ``children`` and so on."""

OTHER_DOCUMENTS: Final = "other_documents"
"""In the surroundings: finds documents of which more is shown than their name."""

_surroundings: Final[list[Surroundings]] = []


def register_surroundings(surroundings: Surroundings) -> None:
    """Says what surrounds a document on its site; done once."""
    _surroundings[:] = [surroundings]


def document_context(
    document: Document, model: type[Any], locale: str, parameters: Mapping[str, str]
) -> dict[str, Any]:
    """The context of the template of a type of pages, for a document of that type.

    Args:
        locale: code of the language whose site is read; another than the document's where that
            stands in for a page that the language lacks.
        parameters: those of the address.
    """
    context: dict[str, Any] = {"document": read_document(document, model)}
    for surroundings in _surroundings:
        context |= surroundings(document, locale, parameters)
    return context


def reader_context(page: Any, request: HttpRequest) -> dict[str, Any]:
    """The context of the template of a page that is no published one."""
    document = render_document(page, request)
    # A preview as readers of another language see it says of which.
    locale = getattr(request, "readers_language", page.locale.language_code)
    parameters: dict[str, Any] = request.GET.dict()
    return document_context(document, type(page), locale, parameters)
