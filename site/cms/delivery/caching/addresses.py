"""The addresses of a document, for caches that know no tags."""

from collections.abc import Iterable

from cms.common.site_address import site_address
from cms.delivery.caching.tags import ALL, Listed, Tagged, shown_in
from cms.delivery.publishing.change import Change
from cms.languages.registry import NO_LANGUAGE

API = "/api/v3/"
STABLE_API = "/api/v2/"


def touched_addresses(changes: Iterable[Change]) -> list[str]:
    """The addresses without a query of every answer that changes touch, in order.

    What has a query, a list of some type or a search, cannot be told by its address; it grows old
    by itself, within the time that its ``Cache-Control`` says.
    """
    paths: set[str] = set()
    for change in changes:
        if change.locale == NO_LANGUAGE:
            paths.add(f"{API}redirects/{change.object_id}/")
            paths.update(_streams(change))
            continue
        paths.update(f"{API}entries/{code}/{change.key}/" for code in shown_in(change.locale))
        if change.path is not None:
            paths.update(f"{api}pages/{change.object_id}/" for api in (API, STABLE_API))
        if change.listed:
            paths.update(_lists(change))
    address = site_address()
    return [f"{address}{path}" for path in sorted(paths)]


def _lists(change: Listed) -> Iterable[str]:
    codes = shown_in(change.locale)
    yield from (f"{API}languages/", f"{API}pages/", f"{STABLE_API}pages/")
    yield from (f"{API}entries/{code}/" for code in codes)
    yield from _streams(change)


def _streams(change: Tagged) -> Iterable[str]:
    """The addresses at which everything is, whatever its type."""
    yield f"{API}changes/"
    yield from (f"{API}export/{code}.ndjson" for code in (*shown_in(change.locale), ALL))
