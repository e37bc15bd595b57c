"""Says that something was changed, so that the documents that show it follow.

Within :func:`following` everything is gathered and followed once, at its end and in the same
transaction. Elsewhere each touch is followed at once, in the transaction that is open. What saves
a page, a snippet, an image or a translation is wrapped in it (see ``upstream.py``), so that a
machine that stops at any moment leaves either both, the change and its documents, or neither.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, TypeVar

from django.db import transaction

from norrbotten.delivery.numbering import hold_feed, there_is_a_feed
from norrbotten.delivery.refreshing import Touched, refresh

Function = TypeVar("Function", bound=Callable[..., Any])

_gathered: ContextVar[Touched | None] = ContextVar("gathered", default=None)


@contextmanager
def following() -> Iterator[None]:
    """A transaction at whose end the documents follow all that was changed within.

    The feed is held from its beginning. Who first wrote a page and then waited for the feed, while
    who held the feed wrote the same page, would wait for each other for ever.
    """
    if _gathered.get() is not None or not there_is_a_feed():
        yield
        return
    touched = Touched()
    token = _gathered.set(touched)
    with transaction.atomic():
        try:
            feed = hold_feed()
            yield
        finally:
            _gathered.reset(token)
        if touched:
            refresh(feed, touched)


def is_following() -> bool:
    """Whether what is touched now is followed at the end of an open :func:`following`."""
    return _gathered.get() is not None


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
    elif touched:
        with transaction.atomic():
            refresh(hold_feed(), touched)
