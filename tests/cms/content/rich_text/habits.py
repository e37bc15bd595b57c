"""HTML as other programs write it, made after their known habits from texts of our own."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Final

from hypothesis import strategies as st


@dataclass(frozen=True)
class Words:
    """Words that look the same."""

    text: str
    style: str = ""
    """``b``, ``i``, ``sup``, ``sub``, ``a``, ``smj`` for words in Lule Sámi, or nothing."""


@dataclass(frozen=True)
class Line:
    """A paragraph (``kind`` is ``p``) or an item of a list."""

    kind: str
    depth: int
    words: tuple[Words, ...]


_LETTERS: Final = "abcåäöáčđŋšŧžאלף0123456789<>&\"'"
WORD: Final = st.text(_LETTERS, min_size=1, max_size=8)
WORDS: Final = st.builds(Words, WORD, st.sampled_from(["", "", "b", "i", "sup", "sub", "a", "smj"]))


@st.composite
def texts(draw: st.DrawFn) -> list[Line]:
    """Paragraphs and lists; an item is at most one level deeper than the one before it."""
    lines: list[Line] = []
    kinds: list[str] = []
    for _number in range(draw(st.integers(1, 6))):
        if draw(st.booleans()):
            kinds = []
            kind, depth = "p", 0
        else:
            depth = draw(st.integers(0, min(len(kinds), 2)))
            kinds = kinds[: depth + 1]
            if len(kinds) == depth:
                kinds.append(draw(st.sampled_from(["ul", "ol"])))
            kind = kinds[depth]
        words = draw(st.lists(WORDS, min_size=1, max_size=4))
        lines.append(Line(kind, depth, tuple(words)))
    return lines


def _semantic(words: Words) -> str:
    text = escape(words.text)
    tag = {"b": "strong", "i": "em"}.get(words.style, words.style)
    if tag == "a":
        return f'<a href="https://a.example/">{text}</a>'
    if tag == "smj":
        return f'<span lang="smj">{text}</span>'
    return f"<{tag}>{text}</{tag}>" if tag else text


def _styled(words: Words) -> str:
    css = {
        "b": "font-weight:700",
        "i": "font-style:italic",
        "sup": "font-size:0.6em;vertical-align:super",
        "sub": "font-size:0.6em;vertical-align:sub",
    }.get(words.style, "font-weight:400")
    text = f'<span style="font-family:Arial;{css};white-space:pre-wrap">{escape(words.text)}</span>'
    if words.style == "a":
        return f'<a href="https://a.example/" style="text-decoration:none">{text}</a>'
    if words.style == "smj":
        return f'<bdi lang="smj">{text}</bdi>'
    return text


def _nested(
    lines: list[Line], item: Callable[[Line], str], *, is_inner_in_item: bool, joint: str
) -> Iterator[str]:
    """Lists with inner lists in the item before them, or after it."""
    opened: list[str] = []
    for line in lines:
        wanted = 0 if line.kind == "p" else line.depth + 1
        while len(opened) > wanted or (opened[wanted - 1 :] and opened[-1] != line.kind):
            yield f"</{opened.pop()}>" + ("</li>" if is_inner_in_item and opened else "")
        if line.kind != "p" and len(opened) < wanted:
            if is_inner_in_item and opened:
                yield "<li-goes-on>"
            opened.append(line.kind)
            yield f"<{line.kind}>{joint}"
        yield item(line) + joint
    while opened:
        yield f"</{opened.pop()}>" + ("</li>" if is_inner_in_item and opened else "")


def _joined(pieces: Iterator[str]) -> str:
    """An item whose inner list follows is not closed before it."""
    html = "".join(pieces)
    for blank in ("", "\n"):
        html = html.replace(f"</li>{blank}<li-goes-on>", blank)
    return html


def prosemirror(lines: list[Line]) -> str:
    """Every item holds a paragraph."""

    def item(line: Line) -> str:
        text = f"<p>{' '.join(map(_semantic, line.words))}</p>"
        return text if line.kind == "p" else f"<li>{text}</li>"

    return _joined(_nested(lines, item, is_inner_in_item=True, joint=""))


def tinymce(lines: list[Line]) -> str:
    """Indented HTML with no-break spaces in empty paragraphs."""

    def item(line: Line) -> str:
        text = " ".join(map(_semantic, line.words))
        return f"<p>{text}</p>\n<p>&nbsp;</p>" if line.kind == "p" else f"<li>{text}</li>"

    return _joined(_nested(lines, item, is_inner_in_item=True, joint="\n"))


def google_docs(lines: list[Line]) -> str:
    """All in ``<b style="font-weight:normal">``; an inner list follows the item before it."""

    def item(line: Line) -> str:
        text = '<span style="white-space:pre-wrap"> </span>'.join(map(_styled, line.words))
        text = f'<p dir="ltr" style="line-height:1.38;margin-top:0pt">{text}</p>'
        if line.kind == "p":
            return text + "<br>"
        style = "list-style-type:disc;font-family:Arial"
        return f'<li dir="ltr" style="{style}" aria-level="{line.depth + 1}">{text}</li>'

    html = _joined(_nested(lines, item, is_inner_in_item=False, joint=""))
    wrapped = f'<b style="font-weight:normal;" id="docs-internal-guid-0">{html}</b>'
    return f'<meta charset="utf-8">{wrapped}'


def word(lines: list[Line]) -> str:
    """Lists are paragraphs with their bullets as words, which their style alone gives away."""
    return "".join(map(_word_paragraph, lines))


def _spelling(words: Words) -> str:
    """The language of Word's spell checker, which Word says of all words."""
    return {"smj": "SMJ-SE", "": "EN-US"}.get(words.style, "SV")


def _word_paragraph(line: Line) -> str:
    text = " ".join(
        f"<span lang={_spelling(words)} style='font-size:12.0pt'>{_semantic(words)}</span>"
        for words in line.words
    )
    if line.kind == "p":
        return f"<p class=MsoNormal>{text}<o:p></o:p></p>\n\n"
    marker = "·" if line.kind == "ul" else "2."
    return (
        f"<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level{line.depth + 1} "
        f"lfo1'><![if !supportLists]><span style='font-family:Symbol'>"
        f"<span style='mso-list:Ignore'>{marker}"
        "<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp; </span></span>"
        f"</span><![endif]>{text}<o:p></o:p></p>\n\n"
    )


PROGRAMS: Final = {
    "google_docs": google_docs,
    "prosemirror": prosemirror,
    "tinymce": tinymce,
    "word": word,
}
