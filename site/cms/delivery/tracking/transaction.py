"""The transaction in which a change and the documents that show it are stored together.

Within :func:`tracked_transaction` every invalidation is gathered; at its end, still in the same
transaction, the documents are published anew. Elsewhere each invalidation is followed at once, in
the transaction that is open. What saves a page, a snippet, an image or a translation is wrapped in
it (see ``upstream/wagtail/tracked_actions.py``). A machine that stops leaves either both,
the change and its documents, or neither.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, TypeVar

from django.db import transaction

from cms.delivery.publishing.backlog import leave_to_worker
from cms.delivery.publishing.invalidation import Invalidation, refresh
from cms.delivery.publishing.sequence import has_sequence_table, lock_sequence

Function = TypeVar("Function", bound=Callable[..., Any])

_gathered: ContextVar[Invalidation | None] = ContextVar("gathered", default=None)


@contextmanager
def tracked_transaction() -> Iterator[None]:
    """A transaction at whose end the documents follow all that was changed within.

    The feed is held from its beginning. Who first wrote a page and then waited for the feed, while
    who held the feed wrote the same page, would wait for each other for ever.
    """
    if _gathered.get() is not None or not has_sequence_table():
        yield
        return
    touched = Invalidation()
    token = _gathered.set(touched)
    with transaction.atomic():
        try:
            feed = lock_sequence()
            yield
        finally:
            _gathered.reset(token)
        if touched:
            leave_to_worker(refresh(feed, touched))


def is_tracking() -> bool:
    """Tells whether what is touched now is followed at the end of a :func:`tracked_transaction`."""
    return _gathered.get() is not None


def tracked(function: Function) -> Function:
    """Wraps a function in a tracked transaction: changes and documents are stored together."""

    @wraps(function)
    def in_one_transaction(*args: Any, **kwargs: Any) -> Any:
        with tracked_transaction():
            return function(*args, **kwargs)

    return in_one_transaction  # type: ignore[return-value]


def invalidate(
    *tokens: str,
    subtrees: tuple[int, ...] = (),
    closures: tuple[int, ...] = (),
    everything: bool = False,
    redirects: tuple[tuple[int, str], ...] = (),
    is_deleted: bool = False,
) -> None:
    """Invalidates what was changed, or deleted; see :class:`Invalidation`."""
    deleted = set(tokens) if is_deleted else set()
    touched = Invalidation(
        set(tokens), set(subtrees), set(closures), everything, deleted, set(redirects)
    )
    gathered = _gathered.get()
    if gathered is not None:
        gathered.update(touched)
    elif touched:
        with transaction.atomic():
            leave_to_worker(refresh(lock_sequence(), touched))
