"""The page *How is the county doing?* of a strategy: its address, and what its frame shows.

It is no page of the tree: nobody writes it, and every strategy that is or was in force has one. Its
address is the strategy's with a name behind that no slug can be, the same in every language.
"""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from cms.content.reader.interface_strings import interface_language
from cms.content.reader.parts import read_document, read_links
from strategy.models import StrategyPage
from strategy.reader.sentences import say

PROGRESS_NAME: Final = "progress.html"
TITLE: Final = _("How is the county doing?")


_FOLLOWED: Final = frozenset({StrategyPage.State.IN_FORCE, StrategyPage.State.SUPERSEDED})
"""States of a strategy that has goals which were followed; of one before, nothing is measured."""


def is_followed(strategy: Mapping[str, Any]) -> bool:
    """Tells whether a document is of a strategy that is in force or was."""
    return strategy["type"] == StrategyPage._meta.label and strategy["state"] in _FOLLOWED


def one_step_below(around: Mapping[str, Any], strategy: Mapping[str, Any]) -> dict[str, Any]:
    """The context of the page: that of its strategy, with addresses one step below.

    Args:
        around: the context in which the reader shows the strategy.
        strategy: its document.
    """
    document = framed_document(strategy)
    crumb = {"title": document["title"], "path": document["path"]}
    words = interface_language(strategy["language"])
    crumbs = [*around["crumbs"].data, crumb | {"language": words}]
    return {
        **around,
        "document": read_document(document, StrategyPage),
        "children": [],
        "crumbs": read_links(crumbs, strategy["language"]),
        "choices": [one._replace(path=one.path + PROGRESS_NAME) for one in around["choices"]],
        "structured_data": "",
    }


def framed_document(strategy: Mapping[str, Any]) -> dict[str, Any]:
    """The head of the page, in the shape of a document: title, address, translations.

    It stands in the languages in which its strategy does, one step below that.
    """
    language = strategy["language"]
    words = interface_language(language)
    translations = [one | {"path": one["path"] + PROGRESS_NAME} for one in strategy["translations"]]
    return {
        "key": strategy["key"],
        "type": strategy["type"],
        "title": say(TITLE, words),
        "path": strategy["path"] + PROGRESS_NAME,
        "parent": strategy["parent"],
        "language": language,
        "languages": {} if words == language else {"/title": words},
        "translations": translations,
        "meta": {},
    }
