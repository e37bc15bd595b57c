"""Numbers changes in the order in which their transactions end."""

from django.db import connection

from cms.delivery.models import Feed

_THE_ONE = 1


_seen = False


def has_sequence_table() -> bool:
    """Tells whether the database has its table: languages and sites come while it is set up."""
    global _seen  # noqa: PLW0603 - a table that was there once is there
    _seen = _seen or Feed._meta.db_table in connection.introspection.table_names()
    return _seen


def lock_sequence() -> Feed:
    """Locks the feed until the transaction ends: whoever else would change documents waits.

    Taken before anything is read from which documents are made. Who waited then sees what the
    other has stored, so that two changes at a time never render each other's past.
    """
    feed = Feed.objects.select_for_update().filter(pk=_THE_ONE).first()
    if feed is None:
        Feed.objects.get_or_create(pk=_THE_ONE)
        feed = Feed.objects.select_for_update().get(pk=_THE_ONE)
    return feed


def current_sequence() -> Feed:
    """The feed without a lock, for readers."""
    feed = Feed.objects.filter(pk=_THE_ONE).first()
    return feed or Feed.objects.get_or_create(pk=_THE_ONE)[0]


def next_numbers(feed: Feed, number: int) -> range:
    """Takes so many new numbers, the smallest first; the feed must be locked."""
    first = feed.last_sequence + 1
    feed.last_sequence += number
    feed.save(update_fields=["last_sequence"])
    return range(first, first + number)
