"""Works off the backlog: documents that large changes left to be rendered, a batch at a time.

Each batch is a transaction that also notes how far the work is, so that a worker that is killed
loses a batch at the most, and the next one goes on there.
"""

from collections.abc import Collection
from typing import Any, Final

from django.db import transaction
from django_tasks import task

from cms.common.batches import batches
from cms.common.progress import ReportProgress, silent
from cms.content.redirect_documents import REDIRECT_TYPE
from cms.delivery.models import DocumentToken, PendingRefresh, PublishedDocument
from cms.delivery.publishing.consistency_check import faults
from cms.delivery.publishing.fallback_entries import resolve_fallback_entries
from cms.delivery.publishing.invalidation import (
    BATCH,
    EVERY_REDIRECT,
    EVERYTHING,
    affected_by,
    expanded,
    refresh_documents,
    refresh_publishables,
)
from cms.delivery.publishing.publishable import (
    PublishableRef,
    all_publishables,
    publishable_ref,
    redirect_refs,
)
from cms.delivery.publishing.redirects import every_delivered_id
from cms.delivery.publishing.sequence import lock_sequence

_TOKENS_AT_A_TIME: Final = 500


@task(backend="background")
def refresh_pending() -> int:
    """Renders the backlog, as a background task; returns how many documents changed."""
    return render_backlog()


def leave_to_worker(tokens: Collection[str]) -> None:
    """Adds tokens to the backlog, in the transaction of the change, and wakes the worker.

    What waits already is begun again, as another row: it may have been changed since the worker
    passed it, and a worker that is about to end the old one does not end the new one.
    """
    if not tokens:
        # Nearly every publication: no savepoint for it.
        return
    with transaction.atomic():
        lock_sequence()
        for some in batches(sorted(tokens), _TOKENS_AT_A_TIME):
            PendingRefresh.objects.filter(token__in=some).delete()
            PendingRefresh.objects.bulk_create([PendingRefresh(token=token) for token in some])
        # Stored with the rest: a machine that stops right after this still has somebody to do it.
        refresh_pending.enqueue()


def render_backlog(advance: ReportProgress = silent) -> int:
    """Renders everything that waits; returns how many documents changed."""
    changed = 0
    while (pending := PendingRefresh.objects.order_by("created_at", "pk").first()) is not None:
        changed += _work_off(pending, advance)
    return changed


def _work_off(pending: PendingRefresh, advance: ReportProgress) -> int:
    if pending.token == EVERYTHING:
        documents: Any = PublishedDocument.objects.all()
        tokens: set[str] = set()
    elif pending.token == EVERY_REDIRECT:
        documents = PublishedDocument.objects.filter(type=REDIRECT_TYPE)
        tokens = set()
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
    changed += _add_missing(_publishables_of(pending.token, tokens))
    # A change that came meanwhile has put another in its place, which stays.
    PendingRefresh.objects.filter(pk=pending.pk, done_up_to=pending.done_up_to).delete()
    return changed


def _mend(documents: list[int]) -> None:
    """Has inconsistent documents stored again, also where their text is what it was."""
    lock_sequence()
    stored = PublishedDocument.objects.filter(pk__in=documents)
    damaged = [document.pk for document in stored.iterator() if any(faults(document))]
    stored.filter(pk__in=damaged).update(digest="")
    resolve_fallback_entries(set(stored.values_list("key", flat=True)))


def _note(pending: PendingRefresh, done_up_to: int) -> bool:
    """Notes how far it is, unless a change or another worker has moved it."""
    moved = PendingRefresh.objects.filter(pk=pending.pk, done_up_to=pending.done_up_to).update(
        done_up_to=done_up_to
    )
    pending.done_up_to = done_up_to
    return bool(moved)


def _publishables_of(token: str, tokens: set[str]) -> set[PublishableRef]:
    """The pages, snippets and redirects that a pending refresh is about."""
    if token == EVERYTHING:
        return set(all_publishables())
    if token == EVERY_REDIRECT:
        return redirect_refs(every_delivered_id())
    return affected_by(tokens).publishables


def _add_missing(publishables: set[PublishableRef]) -> int:
    """Renders those of some pages, snippets and redirects that have no document."""
    missing = sorted(publishables - documented())
    return sum(refresh_publishables(some) for some in batches(missing, BATCH))


def documented() -> set[PublishableRef]:
    """Every page, snippet and redirect that has a document."""
    rows = PublishedDocument.objects.values_list("page_id", "type", "object_id")
    return {publishable_ref(*row) for row in rows.iterator()}
