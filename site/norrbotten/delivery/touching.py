"""Says that something was changed, so that the documents that show it follow.

Within :func:`following` everything is gathered and followed once, at its end and in the same
transaction. Elsewhere each touch is followed at once, in the transaction that is open.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, TypeVar

from django.db import connection, transaction

from norrbotten.delivery.models import PendingRefresh
from norrbotten.delivery.refreshing import Touched, refresh

Function = TypeVar("Function", bound=Callable[..., Any])

_gathered: ContextVar[Touched | None] = ContextVar("gathered", default=None)


@contextmanager
def following() -> Iterator[None]:
    """A transaction at whose end the documents follow all that was changed within."""
    if _gathered.get() is not None:
        yield
        return
    touched = Touched()
    token = _gathered.set(touched)
    with transaction.atomic():
        try:
            yield
        finally:
            _gathered.reset(token)
        refresh(touched)


def followed(function: Function) -> Function:
    """Lets everything that a function changes be one transaction, its documents included."""

    @wraps(function)
    def in_one_transaction(*args: Any, **kwargs: Any) -> Any:
        with following():
            return function(*args, **kwargs)

    return in_one_transaction  # type: ignore[return-value]


def touch(*tokens: str, subtrees: tuple[int, ...] = (), everything: bool = False) -> None:
    """Says what was changed; see :class:`Touched`."""
    touched = Touched(set(tokens), set(subtrees), everything)
    gathered = _gathered.get()
    if gathered is not None:
        gathered.update(touched)
        return
    refresh(touched)


def announce(token: str) -> None:
    """Notes a change before it is made, where no transaction holds it and its documents together.

    A process that is killed between the two leaves the note, and the worker follows it.
    """
    if not connection.in_atomic_block:
        PendingRefresh.objects.get_or_create(token=token)
