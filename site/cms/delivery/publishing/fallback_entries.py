"""Fallback entries: the document for a key in each language, its own or the best fallback's."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import NamedTuple
from uuid import UUID

from cms.content.api.collections import RANK, has_facets
from cms.delivery.models import DocumentFacet, Entry, PublishedDocument
from cms.languages.registry import LANGUAGES, fallback_chain
from cms.languages.sorting import sort_key

_ROWS_AT_A_TIME = 500


class _Listed(NamedTuple):
    id: int
    key: UUID
    locale: str
    type: str
    title: str


def resolve_fallback_entries(keys: Collection[UUID]) -> None:
    """Stores the entries of some keys anew, in all languages, from the stored documents."""
    if not keys:
        return
    wanted = {(entry.key, entry.locale): entry for entry in entries_of(keys)}
    surplus, same = [], set()
    for entry in Entry.objects.filter(key__in=keys):
        place = entry.key, entry.locale
        if place not in wanted:
            surplus.append(entry.pk)
        elif content_of(entry) == content_of(wanted[place]):
            same.add(place)
    if surplus:
        Entry.objects.filter(pk__in=surplus).delete()
    Entry.objects.bulk_create(
        [entry for place, entry in wanted.items() if place not in same],
        batch_size=_ROWS_AT_A_TIME,
        update_conflicts=True,
        unique_fields=["key", "locale"],
        update_fields=["document", "is_own", "type", "sort_key", "rank"],
    )


def entries_of(keys: Collection[UUID] | None) -> Iterator[Entry]:
    """The entries as they should be, not stored; of all keys where none are named."""
    documents = PublishedDocument.objects.filter(listed=True)
    if keys is not None:
        documents = documents.filter(key__in=keys)
    by_key: dict[UUID, dict[str, _Listed]] = defaultdict(dict)
    for row in documents.values_list("pk", "key", "locale", "type", "title"):
        listed = _Listed(*row)
        by_key[listed.key][listed.locale] = listed
    ranks = _ranks(by_key, everything=keys is None)
    chains = {code: (code, *fallback_chain(code)) for code in LANGUAGES}
    for key, versions in by_key.items():
        for code, chain in chains.items():
            found = next((versions[each] for each in chain if each in versions), None)
            if found is not None:
                yield Entry(
                    key=key,
                    locale=code,
                    document_id=found.id,
                    is_own=found.locale == code,
                    type=found.type,
                    sort_key=sort_key(found.title, code),
                    rank=ranks.get(found.id),
                )


def _ranks(by_key: dict[UUID, dict[str, _Listed]], *, everything: bool) -> dict[int, bytes]:
    """The place of each document in its collection, by its id; of those that are in one."""
    ids = [
        one.id for versions in by_key.values() for one in versions.values() if has_facets(one.type)
    ]
    if not ids:
        return {}
    facets = DocumentFacet.objects.filter(name=RANK)
    if not everything:
        facets = facets.filter(document__in=ids)
    return {document: value.encode() for document, value in facets.values_list("document", "value")}


EntryContent = tuple[int, bool, str, bytes, bytes | None]


def content_of(entry: Entry) -> EntryContent:
    """All that an entry says."""
    rank = None if entry.rank is None else bytes(entry.rank)
    return entry.document_id, entry.is_own, entry.type, bytes(entry.sort_key), rank
