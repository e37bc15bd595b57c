"""Runs of a paragraph, put in the form in which the editor writes them."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby, pairwise

from cms.common.characters import is_visible
from cms.content.rich_text.paragraphs import LINE_BREAK, Run


def tidied(runs: Iterable[Run]) -> list[Run]:
    """Runs without blanks at either end, without links around nothing, none like its neighbour."""
    found = _joined(_trimmed(_without_empty_links(runs)))
    return _joined(_spaces_between(found))


def _without_empty_links(runs: Iterable[Run]) -> list[Run]:
    return [
        run
        if link is None or is_visible("".join(each.text for each in group))
        else replace(run, link=None)
        for link, members in groupby(runs, key=lambda run: run.link)
        for group in [list(members)]
        for run in group
    ]


def _trimmed(runs: list[Run]) -> list[Run]:
    blanks = f" {LINE_BREAK}"
    while runs and not runs[0].text.strip(blanks):
        del runs[0]
    while runs and not runs[-1].text.strip(blanks):
        del runs[-1]
    if runs:
        runs[0] = replace(runs[0], text=runs[0].text.lstrip(blanks))
        runs[-1] = replace(runs[-1], text=runs[-1].text.rstrip(blanks))
    return runs


def _joined(runs: Iterable[Run]) -> list[Run]:
    return [
        Run("".join(run.text for run in group), styles, link)
        for (styles, link), members in groupby(runs, key=lambda run: (run.styles, run.link))
        for group in [list(members)]
        if any(run.text for run in group)
    ]


def _spaces_between(runs: list[Run]) -> Iterable[Run]:
    """Runs in which the space before a change of looks has only what both sides share.

    Wagtail moves it there when it reads a text for the editor.
    """
    for run, following in pairwise(runs):
        if run.text.endswith(" ") and run.text != " ":
            yield replace(run, text=run.text[:-1])
            yield Run(
                " ",
                run.styles & following.styles,
                run.link if run.link == following.link else None,
            )
        else:
            yield run
    yield from runs[-1:]
