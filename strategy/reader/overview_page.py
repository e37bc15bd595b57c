"""The page *How is the county doing?* of a strategy: its address, and what its frame shows.

It is no page of the tree: nobody writes it, and every strategy that is or was in force has one. Its
address is the strategy's with a name behind that no slug can be, the same in every language.
"""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from cms.content.reader.interface_strings import interface_language
from strategy.models import StrategyPage
from strategy.reader.sentences import say

PROGRESS_NAME: Final = "progress.html"
TITLE: Final = _("How is the county doing?")


_FOLLOWED: Final = frozenset({StrategyPage.State.IN_FORCE, StrategyPage.State.SUPERSEDED})
"""States of a strategy that has goals which were followed; of one before, nothing is measured."""


def is_followed(strategy: Mapping[str, Any]) -> bool:
    """Tells whether a document is of a strategy that is in force or was."""
    return strategy["type"] == StrategyPage._meta.label and strategy["state"] in _FOLLOWED


def framed_document(strategy: Mapping[str, Any]) -> dict[str, Any]:
    """The page as its frame shows it: title, address, languages, the way to it.

    In the shape of a document. It stands in the languages in which its strategy does, one step
    below that.
    """
    language = strategy["language"]
    words = interface_language(language)
    title = say(TITLE, words)
    path = strategy["path"] + PROGRESS_NAME
    crumbs = strategy["breadcrumbs"]
    own_crumb = {"id": None, "key": None, "title": title, "path": path, "language": words}
    languages = {
        pointer: code
        for pointer, code in strategy["languages"].items()
        if pointer.startswith("/breadcrumbs/")
    }
    if words != language:
        languages |= {"/title": words, f"/breadcrumbs/{len(crumbs)}/title": words}
    return {
        "id": None,
        "type": strategy["type"],
        "title": title,
        "path": path,
        "language": language,
        "languages": languages,
        "translations": [
            one
            | {
                "path": one["path"] + PROGRESS_NAME,
                "id": None if one["id"] == strategy["id"] else one["id"],
            }
            for one in strategy["translations"]
        ],
        "breadcrumbs": [*crumbs, own_crumb],
        "modified_at": strategy["modified_at"],
        "meta": {},
    }
