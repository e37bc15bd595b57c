"""Rich text as the demo's files write it.

Paragraphs are set apart by an empty line; where more than paragraphs is needed, HTML is written
as it is. ``<a href="page:utvecklingsomraden/kultur">`` links to a page by its path,
``<a href="file:kulturplan-demo.pdf">`` to a document.
"""

import re
from typing import Final

from wagtail.documents import get_document_model
from wagtail.models import Page

from norrbotten.demo.errors import Place
from norrbotten.demo.references import References

_LINK: Final = re.compile(r'<a href="(page|file):([^"]*)">')
_EMPTY_LINE: Final = re.compile(r"\n\s*\n")


def render_rich_text(text: str, references: References, place: Place) -> str:
    """Return ``text`` as Wagtail stores rich text, with links by type and id.

    Raises:
        DemoContentError: a link leads to nothing in the demo.
    """

    def link(match: re.Match[str]) -> str:
        kind, name = match.groups()
        model = Page if kind == "page" else get_document_model()
        target = references.resolve(model, name, place)
        return f'<a linktype="{"page" if kind == "page" else "document"}" id="{target.pk}">'

    paragraphs = (" ".join(part.split()) for part in _EMPTY_LINE.split(text) if part.strip())
    html = "".join(
        part if part.startswith("<") and _is_block(part) else f"<p>{part}</p>"
        for part in paragraphs
    )
    return _LINK.sub(link, html)


def _is_block(part: str) -> bool:
    return part.startswith(("<p>", "<ul>", "<ol>"))
