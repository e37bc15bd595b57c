"""Follows the change feed: of each document that changed, notes anew which addresses stand in it.

What is published is a document, so nothing is looked at that readers do not see: no draft, and no
page that is closed. Publishing itself does nothing for this; it is done some documents at a time,
by the worker.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, NamedTuple

from django.apps import apps
from django.db import DatabaseError, transaction
from django.db.models import Exists, Model, OuterRef
from django.utils import timezone

from cms.common.batches import batches
from cms.delivery.models import Feed, PublishedDocument, Removal
from cms.delivery.publishing.sequence import current_sequence
from cms.web_addresses.checking.hosts import host_of
from cms.web_addresses.gathering.standing import Standing, addresses_in
from cms.web_addresses.models import Progress, WebAddress, WebAddressPlace
from cms.web_addresses.models.addresses import digest_of

logger = logging.getLogger(__name__)

AT_A_TIME: Final = 50
"""Documents, and a short transaction for them."""

Owner = tuple[str, int]
"""Label of a type, and the id of a page or fact."""


class _Spot(NamedTuple):
    """A place without its owner; the fields are those of ``WebAddressPlace``."""

    digest: str
    field: str
    number: int | None
    block_type: str
    block_id: str
    member: str


_NAMES: Final = _Spot._fields[1:]


class _Document(NamedTuple):
    sequence: int
    type: str
    object_id: int
    page_id: int | None
    locale: str
    listed: bool


def is_behind(progress: Progress, feed: Feed) -> bool:
    """Tells whether something has changed since it was last looked at."""
    return progress.feed != feed.identity or progress.documents_up_to < feed.last_sequence


def gather(has_time: Callable[[], bool]) -> None:
    """Looks at what has changed, as long as there is time."""
    progress, feed = Progress.load(), current_sequence()
    if progress.feed != feed.identity or progress.removals_up_to < feed.forgotten_sequence:
        progress = _begin(progress, feed)
    while is_behind(progress, feed) and has_time():
        _take_out_removed(progress, feed)
        if not _gather_next(progress, feed):
            return


def _begin(progress: Progress, feed: Feed) -> Progress:
    """Begins with a feed that is another, or that has forgotten what was removed meanwhile."""
    there = PublishedDocument.objects.filter(type=OuterRef("type"), object_id=OuterRef("object_id"))
    WebAddressPlace.objects.filter(~Exists(there)).delete()
    if progress.feed != feed.identity:
        progress.documents_up_to = 0
    progress.feed, progress.removals_up_to = feed.identity, feed.last_sequence
    progress.save(update_fields=["feed", "documents_up_to", "removals_up_to"])
    return progress


def _take_out_removed(progress: Progress, feed: Feed) -> None:
    removed = list(
        Removal.objects.filter(sequence__gt=progress.removals_up_to)
        .order_by("sequence")
        .values_list("sequence", "type", "object_id")
    )
    for some in batches(removed, AT_A_TIME):
        _places_of((label, object_id) for _sequence, label, object_id in some).delete()
    if removed:
        progress.removals_up_to = removed[-1][0]
        progress.save(update_fields=["removals_up_to"])


def _gather_next(progress: Progress, feed: Feed) -> bool:
    """Looks at some documents; tells whether there may be more, and nobody else looks at them."""
    before = progress.documents_up_to
    changed = [
        _Document(*row)
        for row in PublishedDocument.objects.filter(sequence__gt=before)
        .order_by("sequence")
        .values_list("sequence", "type", "object_id", "page_id", "locale", "listed")[:AT_A_TIME]
    ]
    is_more = len(changed) == AT_A_TIME
    found = _addresses_of(changed)
    up_to = changed[-1].sequence if is_more else max(feed.last_sequence, before)
    with transaction.atomic():
        ours = Progress.objects.filter(pk=progress.pk, documents_up_to=before)
        if not ours.update(documents_up_to=up_to):
            return False
        _store(changed, found)
    progress.documents_up_to = up_to
    return is_more


def _addresses_of(documents: Sequence[_Document]) -> dict[Owner, list[Standing]]:
    """The addresses in what documents are made of; those of an alias are of the page it follows."""
    wanted: dict[str, list[int]] = defaultdict(list)
    for document in documents:
        if document.listed:
            wanted[document.type].append(document.object_id)
    found: dict[Owner, list[Standing]] = {}
    for label, ids in wanted.items():
        try:
            model: Any = apps.get_model(label)
        except LookupError:
            # A redirect, which is a document and has no model of that name.
            continue
        for instance in model._default_manager.filter(pk__in=ids):
            if not getattr(instance, "alias_of_id", None):
                found[label, instance.pk] = _addresses_in(instance)
    return found


def _addresses_in(instance: Model) -> list[Standing]:
    try:
        return list(addresses_in(instance))
    except DatabaseError:
        raise
    except Exception:
        # One that is stored as nobody expects must not stop the others.
        logger.exception("The addresses in %s %s cannot be read", instance._meta.label, instance.pk)
        return []


def _store(documents: Sequence[_Document], found: dict[Owner, list[Standing]]) -> None:
    """Makes the places of documents equal to those that were found; writes what is different."""
    owners = [(document.type, document.object_id) for document in documents]
    known: dict[Owner, set[_Spot]] = defaultdict(set)
    stored = _places_of(owners).values_list("type", "object_id", "address__digest", *_NAMES)
    for label, object_id, *spot in stored:
        known[label, object_id].add(_Spot(*spot))
    spots = {owner: {_spot(one) for one in found.get(owner, ())} for owner in owners}
    changed = {owner: spots[owner] for owner in owners if spots[owner] != known[owner]}
    if not changed:
        return
    _places_of(changed).delete()
    ids = _ids_of({one.url for owner in changed for one in found.get(owner, ())})
    WebAddressPlace.objects.bulk_create(
        WebAddressPlace(
            address_id=ids[spot.digest],
            type=document.type,
            object_id=document.object_id,
            page_id=document.page_id,
            locale=document.locale,
            **dict(zip(_NAMES, spot[1:], strict=True)),
        )
        for document in documents
        for spot in sorted(changed.get((document.type, document.object_id), ()), key=_in_order)
    )


def _in_order(spot: _Spot) -> tuple[str, int, str]:
    return spot.field, -1 if spot.number is None else spot.number, spot.digest


def _places_of(owners: Iterable[Owner]) -> Any:
    ids: dict[str, list[int]] = defaultdict(list)
    for label, object_id in owners:
        ids[label].append(object_id)
    places = WebAddressPlace.objects.none()
    for label, numbers in ids.items():
        places = places | WebAddressPlace.objects.filter(type=label, object_id__in=numbers)
    return places


def _ids_of(urls: set[str]) -> dict[str, int]:
    """The id of each address by its digest; those that are not known yet are added."""
    digests = {digest_of(url): url for url in urls}
    known = dict(WebAddress.objects.filter(digest__in=digests).values_list("digest", "pk"))
    new = [
        WebAddress(url=url, digest=digest, host=host_of(url), since=timezone.now())
        for digest, url in sorted(digests.items())
        if digest not in known
    ]
    if new:
        WebAddress.objects.bulk_create(new, ignore_conflicts=True)
        added = [one.digest for one in new]
        known |= dict(WebAddress.objects.filter(digest__in=added).values_list("digest", "pk"))
    return known


def _spot(one: Standing) -> _Spot:
    block = one.block
    return _Spot(
        digest=digest_of(one.url),
        field=str(one.place[0]),
        number=one.number,
        block_type=str(block.block.name) if block else "",
        block_id=block.path[1][:64] if block else "",
        member=str(one.place[2]) if len(one.place) > 2 else "",
    )
