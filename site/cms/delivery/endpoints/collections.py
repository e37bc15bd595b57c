"""``GET stories/`` and the like: the documents of one type, narrowed by what they say."""

from collections.abc import Iterator
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field, create_model

from cms.content.api.collections import (
    ChoiceFilter,
    Collection,
    KeyFilter,
    YearFilter,
    year_value,
)
from cms.content.api.parameters import refusal, refuse_unknown_parameters
from cms.delivery.endpoints.parameters import Listing, names_of
from cms.delivery.endpoints.schemas import FoundEntries, LanguageCode, document_type
from cms.delivery.http.cursors import InvalidCursor, read_list_cursor
from cms.delivery.http.document_queries import FacetFilter, ListQuery, Order
from cms.delivery.http.document_responses import list_answer
from cms.delivery.http.rate_limit import SEARCHES
from cms.delivery.http.requests import asked_by
from cms.delivery.models import DocumentFacet, PublishedDocument
from cms.delivery.search.positions import InvalidPosition
from cms.delivery.search.responses import search_answer

NEWEST: Final = "newest"
_MOST_VALUES: Final = 100
"""Of one filter."""

Chosen = Any
"""The parameters of a request, as the schema of its collection has read them."""


def collection_router(collection: Collection) -> Router:
    """The address of a collection, for the API."""
    router = Router(tags=[collection.name])
    filters = _filters(collection)

    def list_members(request: HttpRequest, filters: Query[filters]) -> HttpResponse:  # type: ignore[valid-type]
        return _answer(collection, request, filters)

    list_members.__doc__ = (
        f"Whole documents, one for each key. {collection.description} Within a filter one value "
        "is enough; a document fulfils all filters. In the language, or unless `fallback=false` "
        "in the first of its fallbacks that is live."
    )
    router.get(
        "/",
        response=_answer_type(collection),
        summary=collection.summary,
        operation_id=f"{collection.name}_list",
        url_name=f"list_{collection.name}",
        throttle=[SEARCHES],
    )(list_members)
    return router


def _class_name(collection: Collection, suffix: str) -> str:
    return f"{collection.name.title().replace('_', '')}{suffix}"


def _answer_type(collection: Collection) -> Any:
    member: Any = document_type(collection.type)
    members: dict[str, Any] = {
        "items": (list[member], Field(description="Whole documents, at most `limit` of them."))
    }
    return create_model(
        _class_name(collection, "List"),
        __base__=FoundEntries,
        __doc__="Whole documents, the newest first unless asked for otherwise.",
        **members,
    )


def _filters(collection: Collection) -> Any:
    """The parameters of a collection."""
    members: dict[str, Any] = {
        "locale": (LanguageCode, Field(description="BCP 47 code.")),
    }
    for choice in collection.choices:
        one_of: Any = Literal[choice.choices]
        members[choice.name] = (list[one_of], _repeatable(choice.description))
    for keyed in collection.keys:
        value: Any = str if keyed.code else UUID
        members[keyed.name] = (list[value], _repeatable(keyed.description))
    for yearly in collection.years:
        year: Any = Annotated[int, Field(ge=yearly.first, le=yearly.last)]
        members[yearly.name] = (list[year], _repeatable(yearly.description))
        for bound, said in (("from", "first"), ("to", "last")):
            description = f"The {said} one of the years that are asked for."
            members[f"{yearly.name}_{bound}"] = (
                year | None,
                Field(default=None, description=description),
            )
    members["order"] = (
        Order | None,
        Field(
            default=None,
            description="`newest` unless asked for otherwise; `oldest` is the reverse; `title` as "
            "the language sorts. With `search` the best match comes first, and there is no other "
            "order.",
        ),
    )
    return create_model(
        _class_name(collection, "Filters"),
        __base__=Listing,
        __doc__="The documents that are wanted.",
        **members,
    )


def _repeatable(description: str) -> Any:
    return Field(default=[], max_length=_MOST_VALUES, description=f"{description} May be repeated.")


def _answer(collection: Collection, request: HttpRequest, filters: Chosen) -> HttpResponse:
    refuse_unknown_parameters(request, names_of(type(filters)))
    query = ListQuery(
        locale=filters.locale,
        types=(collection.type,),
        fallback=filters.fallback,
        limit=filters.limit,
        facets=tuple(_facets(collection, filters)),
        order=filters.order or NEWEST,
        presentation=filters.presentation,
    )
    if filters.search is not None:
        return _found(request, query, filters)
    if filters.cursor is not None:
        try:
            after = read_list_cursor(filters.cursor, query.order)
        except InvalidCursor as error:
            raise refusal("cursor", str(error)) from error
        query = query.after_cursor(after)
    return list_answer(query, asked_by(request)).response()


def _found(request: HttpRequest, query: ListQuery, filters: Chosen) -> HttpResponse:
    if filters.order is not None:
        message = "With search the best match comes first. Leave order out."
        raise refusal("order", message)
    try:
        return search_answer(query, filters.search, filters.cursor, asked_by(request)).response()
    except InvalidPosition as error:
        raise refusal("cursor", str(error)) from error


def _facets(collection: Collection, filters: Chosen) -> Iterator[FacetFilter]:
    for choice in collection.choices:
        yield from _one_of(choice, getattr(filters, choice.name))
    for keyed in collection.keys:
        if values := list(dict.fromkeys(map(str, getattr(filters, keyed.name)))):
            yield FacetFilter(keyed.name, _known_keys(keyed, values))
    for yearly in collection.years:
        yield from _one_of(yearly, map(year_value, getattr(filters, yearly.name)))
        first = getattr(filters, f"{yearly.name}_from")
        last = getattr(filters, f"{yearly.name}_to")
        if (first, last) != (None, None):
            ends = (first or yearly.first, last or yearly.last)
            yield FacetFilter(yearly.name, tuple(map(year_value, ends)), is_span=True)


def _one_of(narrowed: ChoiceFilter | YearFilter, values: Any) -> Iterator[FacetFilter]:
    if found := tuple(dict.fromkeys(values)):
        yield FacetFilter(narrowed.name, found)


def _known_keys(keyed: KeyFilter, values: list[str]) -> tuple[str, ...]:
    """The keys that are meant by some values: keys or codes of what is live in any language."""
    keys = {value: found for value in values if (found := _as_key(value)) is not None}
    live = PublishedDocument.objects.filter(type__in=keyed.types, listed=True)
    known = {key: {key} for key in live.filter(key__in=keys.values()).values_list("key", flat=True)}
    codes = [value for value in values if value not in keys]
    by_code: dict[str, set[UUID]] = {}
    if codes and keyed.code:
        facets = DocumentFacet.objects.filter(
            name=keyed.code, value__in=codes, document__in=live
        ).values_list("value", "document__key")
        for code, key in facets:
            by_code.setdefault(code, set()).add(key)
    meant: list[UUID] = []
    for value in values:
        found_keys = known.get(keys[value]) if value in keys else by_code.get(value)
        if not found_keys:
            named = "key or code" if keyed.code else "key"
            message = f"Nothing published that {keyed.name} may be has the {named} {value!r:.80}."
            raise refusal(keyed.name, message)
        meant += sorted(found_keys)
    return tuple(map(str, dict.fromkeys(meant)))


def _as_key(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None
