"""Works off what large changes left to be rendered anew, a batch at a time.

Each batch is a transaction that also notes how far the work is, so that a worker that is killed
loses a batch at the most, and the next one goes on there.
"""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from norrbotten.delivery.batches import batches
from norrbotten.delivery.models import DocumentToken, PendingRefresh, PublishedDocument
from norrbotten.delivery.numbering import hold_feed
from norrbotten.delivery.owners import Identity, all_owners, identity_of
from norrbotten.delivery.refreshing import (
    BATCH,
    EVERYTHING,
    affected_by,
    expanded,
    refresh_documents,
    refresh_owners,
)
from norrbotten.delivery.standing import update_entries
from norrbotten.delivery.verifying import faults

Advance = Callable[[int, int], None]
"""Is told how many documents are done, and how many there are."""


def _silent(done: int, total: int) -> None:
    return None


def work_off(advance: Advance = _silent) -> int:
    """Renders everything that waits; returns how many documents changed."""
    changed = 0
    while (pending := PendingRefresh.objects.order_by("created_at", "pk").first()) is not None:
        changed += _work_off(pending, advance)
    return changed


def _work_off(pending: PendingRefresh, advance: Advance) -> int:
    if pending.token == EVERYTHING:
        documents: Any = PublishedDocument.objects.all()
        tokens: set[str] = set()
    else:
        tokens = expanded(pending.token)
        shown_by = DocumentToken.objects.filter(token__in=tokens).values("document")
        documents = PublishedDocument.objects.filter(pk__in=shown_by)
    total = documents.count()
    done = documents.filter(pk__lte=pending.done_up_to).count()
    changed = 0
    while ids := list(
        documents.filter(pk__gt=pending.done_up_to)
        .order_by("pk")
        .values_list("pk", flat=True)[:BATCH]
    ):
        with transaction.atomic():
            if pending.token == EVERYTHING:
                _mend(ids)
            changed += refresh_documents(ids, is_rebuild=pending.token == EVERYTHING)
            if not _note(pending, ids[-1]):
                return changed
        done += len(ids)
        advance(done, total)
    changed += _add_missing(tokens, everything=pending.token == EVERYTHING)
    # A change that came meanwhile has put another in its place, which stays.
    PendingRefresh.objects.filter(pk=pending.pk, done_up_to=pending.done_up_to).delete()
    return changed


def _mend(documents: list[int]) -> None:
    """Lets what does not belong together be stored anew, also where the text is what it was."""
    hold_feed()
    stored = PublishedDocument.objects.filter(pk__in=documents)
    damaged = [document.pk for document in stored.iterator() if any(faults(document))]
    stored.filter(pk__in=damaged).update(digest="")
    update_entries(set(stored.values_list("key", flat=True)))


def _note(pending: PendingRefresh, done_up_to: int) -> bool:
    """Notes how far it is, unless a change or another worker has moved it."""
    moved = PendingRefresh.objects.filter(pk=pending.pk, done_up_to=pending.done_up_to).update(
        done_up_to=done_up_to
    )
    pending.done_up_to = done_up_to
    return bool(moved)


def _add_missing(tokens: set[str], *, everything: bool) -> int:
    """Renders what should have a document and has none: pages that anybody may see again."""
    owners = set(all_owners()) if everything else affected_by(tokens).owners
    missing = sorted(owners - documented())
    return sum(refresh_owners(some) for some in batches(missing, BATCH))


def documented() -> set[Identity]:
    """Every page and snippet that has a document."""
    rows = PublishedDocument.objects.values_list("page_id", "type", "object_id")
    return {identity_of(*row) for row in rows.iterator()}
