"""The members of a collection, such as stories, on the page under which they stand.

What narrows the list stands in the address: ``?kind=company&year=2031``; ``?after=`` goes on.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.apps import apps
from django.db import connection

from cms.content.api.collections import Collection, registered_collections
from cms.content.reader import definitions
from cms.delivery.http.cursors import InvalidCursor, list_cursor, read_list_cursor
from cms.delivery.http.document_queries import FacetFilter, ListQuery, listed_documents
from cms.delivery.models import PublishedDocument
from cms.reader.site_tree import SiteTree, TreePage
from cms.reader.surroundings.cards import Card, card, documents_by_key

A_PAGE: Final = 20
_LONGEST: Final = 100
_MOST_OPTIONS: Final = 500
_OPTIONS: Final = """
    SELECT f.name, f.value, COUNT(*) FROM delivery_entry e
    JOIN delivery_documentfacet f ON f.document_id = e.document_id
    WHERE e.locale = %s AND e.type = %s AND EXISTS (
        SELECT 1 FROM delivery_documenttoken t
        WHERE t.document_id = e.document_id AND t.token = %s)
    GROUP BY f.name, f.value
"""


@dataclass(frozen=True, slots=True)
class Option:
    """A value by which a list can be narrowed.

    Attributes:
        label: what a reader sees: a name, a year; the value of a choice.
        language: code of the language that a name is in; empty for what has none.
        count: documents that have it.
    """

    value: str
    label: Any
    language: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of a collection.

    Attributes:
        cards: at most ``A_PAGE``, the newest first.
        options: for each filter its values that lead to something.
        is_narrowed: whether a filter is set.
        next: the parameters of the address that goes on; empty at the end.
        is_first: whether it begins with the newest.
    """

    cards: list[Card]
    options: Mapping[str, list[Option]]
    is_narrowed: bool
    next: str
    is_first: bool
    total: int


def collection_below(page: TreePage) -> Collection | None:
    """The collection of which the pages below a page are members."""
    types = {child.type for child in page.children}
    if len(types) != 1:
        return None
    found = (one for one in registered_collections() if {one.type} == types)
    return next(found, None)


def listing_of(
    collection: Collection,
    page: TreePage,
    tree: SiteTree,
    around: str,
    parameters: Mapping[str, str],
) -> Listing:
    """The members below a page that the parameters of an address ask for.

    A value that nothing has finds nothing; one that cannot be is passed over.
    """
    chosen = {
        name: parameters[name]
        for name in _names(collection)
        if 0 < len(parameters.get(name, "")) <= _LONGEST
    }
    facets = tuple(FacetFilter(name, (value,)) for name, value in chosen.items())
    query = ListQuery(
        tree.locale,
        types=(collection.type,),
        under=UUID(page.key),
        limit=A_PAGE,
        facets=facets,
        order="newest",
    )
    after = parameters.get("after", "")
    if after:
        try:
            query = query.after_cursor(read_list_cursor(after, "newest"))
        except InvalidCursor:
            after = ""
    listed = listed_documents(query)
    shown = listed[:A_PAGE]
    keys = [str(UUID(str(one.key))) for one in shown]
    documents = documents_by_key(keys, tree.locale)
    cards = [card(*documents[key], tree, around) for key in keys if key in documents]
    more = ""
    if len(listed) > A_PAGE:
        more = urlencode({**chosen, "after": list_cursor(shown[-1].cursor("newest"))})
    options = _options(collection, page, tree, chosen)
    return Listing(cards, options, bool(chosen), more, not after, len(page.children))


def _names(collection: Collection) -> Iterator[str]:
    for filters in (collection.choices, collection.keys, collection.years):
        yield from (one.name for one in filters)


def _options(
    collection: Collection, page: TreePage, tree: SiteTree, chosen: Mapping[str, str]
) -> dict[str, list[Option]]:
    with connection.cursor() as cursor:
        cursor.execute(_OPTIONS, [tree.locale, collection.type, f"under:{page.key}"])
        rows = cursor.fetchall()
    counts: dict[str, dict[str, int]] = {name: {} for name in _names(collection)}
    for name, value, count in rows:
        if name in counts:
            counts[name][value] = count
    names: dict[str, tuple[Any, str]] = {**_titles(collection, counts, tree.locale)}
    found: dict[str, list[Option]] = {}
    model = apps.get_model(collection.type)
    for name, values in counts.items():
        options = []
        definition = definitions.member(model, name)
        for value, count in list(values.items())[:_MOST_OPTIONS]:
            of_choice = definitions.choice_label(definition, value)
            label, language = names.get(value, (of_choice or value, ""))
            options.append(Option(value, label, language, count, chosen.get(name) == value))
        found[name] = options
    for keyed in collection.keys:
        found[keyed.name].sort(key=lambda option: str(option.label).casefold())
    for yearly in collection.years:
        found[yearly.name].sort(key=lambda option: option.value, reverse=True)
    return found


def _titles(
    collection: Collection, counts: Mapping[str, Mapping[str, int]], locale: str
) -> dict[str, tuple[str, str]]:
    keys = {key for keyed in collection.keys for key in counts[keyed.name]}
    if not keys:
        return {}
    rows = PublishedDocument.objects.filter(
        entries__locale=locale, entries__key__in=keys
    ).values_list("key", "title", "title_language")
    return {str(key): (title, language) for key, title, language in rows}
