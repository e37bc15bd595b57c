"""Paragraphs as the HTML that is stored, byte for byte as Wagtail's editor writes it.

What is saved again without a change thus stays the same, and so do its strings for translators.
"""

from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

from cms.content.rich_text.paragraphs import LINE_BREAK, STYLES, Link, Paragraph, Run

KEY = "data-block-key"


def written(paragraphs: Iterable[Paragraph]) -> str:
    """The HTML of paragraphs and lists."""
    return "".join(_pieces(paragraphs))


def _pieces(paragraphs: Iterable[Paragraph]) -> Iterator[str]:
    """Pieces of HTML. An item stays open until it is known whether a list follows within it."""
    open_lists: list[str] = []
    for paragraph in paragraphs:
        if paragraph.kind == "p":
            yield from _closed(open_lists, 0)
            yield f"<p{_key(paragraph)}>{_runs(paragraph.runs)}</p>"
            continue
        yield from _closed(open_lists, paragraph.depth + 1)
        goes_on = (
            len(open_lists) == paragraph.depth + 1
            and open_lists[-1] == paragraph.kind
            and paragraph.start is None
        )
        if goes_on:
            yield "</li>"
        else:
            yield from _closed(open_lists, paragraph.depth)
            open_lists.append(paragraph.kind)
            start = "" if paragraph.start is None else f' start="{paragraph.start}"'
            yield f"<{paragraph.kind}{start}>"
        yield f"<li{_key(paragraph)}>{_runs(paragraph.runs)}"
    yield from _closed(open_lists, 0)


def _closed(open_lists: list[str], depth: int) -> Iterator[str]:
    while len(open_lists) > depth:
        yield f"</li></{open_lists.pop()}>"


def _key(paragraph: Paragraph) -> str:
    return f' {KEY}="{escape(paragraph.key)}"' if paragraph.key else ""


def _runs(runs: Iterable[Run]) -> str:
    return "".join(
        _linked(link, group) if link else _styled(group)
        for link, group in groupby(runs, key=lambda run: run.link)
    )


def _linked(link: Link, runs: Iterable[Run]) -> str:
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in link.attributes)
    return f"<a{attributes}>{''.join(_styled([run]) for run in runs)}</a>"


def _styled(runs: Iterable[Run]) -> str:
    """Runs of one link or none; a style stays open as long as those outside of it do."""
    found: list[str] = []
    opened: list[str] = []
    for run in runs:
        wanted = [style for style in STYLES if style in run.styles]
        kept = 0
        while kept < min(len(opened), len(wanted)) and opened[kept] == wanted[kept]:
            kept += 1
        found += [f"</{opened.pop()}>" for _each in range(len(opened) - kept)]
        found += [f"<{style}>" for style in wanted[kept:]]
        opened += wanted[kept:]
        found.append(escape(run.text, quote=False).replace(LINE_BREAK, "<br/>"))
    found += [f"</{style}>" for style in reversed(opened)]
    return "".join(found)
