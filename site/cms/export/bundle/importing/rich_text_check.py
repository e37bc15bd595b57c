"""Checks rich text for what the editor never writes: a script, a handler, a style."""

from html.parser import HTMLParser
from typing import Final

from wagtail.whitelist import check_url

from cms.content.rich_text.language_parts import KIND
from cms.content.rich_text.limits import excess
from cms.export.bundle.editable.reference_rewriter import REFERENCE
from cms.languages.registry import LANGUAGES

_TEXT: Final = frozenset(
    {
        *("a", "b", "blockquote", "br", "code", "del", "em", "embed", "h1", "h2", "h3", "h4"),
        *("h5", "h6", "hr", "i", "li", "ol", "p", "strong", "sub", "sup", "ul"),
    }
)
_ATTRIBUTES: Final = {
    "a": frozenset({"href", "linktype", REFERENCE}),
    "embed": frozenset({"alt", "embedtype", "format", REFERENCE, "url"}),
    "ol": frozenset({"start"}),
}
_EVERYWHERE: Final = frozenset({"data-block-key", "lang", "dir"})
_ADDRESSES: Final = frozenset({"href", "url"})


class _Reader(HTMLParser):
    def __init__(self, *, is_string: bool) -> None:
        super().__init__(convert_charrefs=False)
        self.faults: list[str] = []
        self.is_string = is_string

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _TEXT:
            self.faults.append(f"<{tag}> is not allowed in a text")
            return
        names = {name for name, _value in attrs}
        if (tag, dict(attrs).get("linktype")) == ("a", KIND):
            self._mark(dict(attrs).get("lang") or "")
        elif names & {"linktype", "embedtype"} and not names & {REFERENCE, "url"}:
            self.faults.append(f"<{tag}> does not say to what it leads, as {REFERENCE}")
        for name, value in attrs:
            if self.is_string and (tag, name) == ("a", "id"):
                continue
            if name not in _ATTRIBUTES.get(tag, frozenset()) | _EVERYWHERE:
                self.faults.append(f"{name!r} is not allowed in <{tag}>")
            elif name in _ADDRESSES and not check_url((value or "").strip()):
                self.faults.append(f"{value!r} is no address that a link may have")

    def _mark(self, code: str) -> None:
        if code not in LANGUAGES:
            self.faults.append(f"lang={code!r} is no language of this site")

    def handle_data(self, data: str) -> None:
        # With what follows it in a page, a browser could make a tag of it.
        if "<" in data and not self.is_string:
            self.faults.append("a < that begins no tag is written &lt;")

    def handle_comment(self, data: str) -> None:
        self.faults.append("comments are not allowed in a text")

    def handle_decl(self, decl: str) -> None:
        self.faults.append("declarations are not allowed in a text")

    def unknown_decl(self, data: str) -> None:
        self.handle_decl(data)

    def handle_pi(self, data: str) -> None:
        self.handle_decl(data)


def fault(html: str, *, is_string: bool = False) -> str | None:
    """The first thing in a text that no editor could have written; ``None`` where all is well.

    Args:
        is_string: whether it is a string as translators have it: links are numbered there, and
            wagtail-localize writes a lone ``<`` as it should be.
    """
    if found := excess(html):
        return found.rstrip(".")
    reader = _Reader(is_string=is_string)
    reader.feed(html)
    reader.close()
    return reader.faults[0] if reader.faults else None
