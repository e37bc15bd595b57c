"""Fills Wagtail's search index, reading what the streams of many pages show at once.

As ``manage.py update_index`` does, which reads it for each page by itself and counts to where it is
from the beginning each time. May go when it does neither.
"""

from collections.abc import Iterator
from typing import Any

from django.core.management import call_command
from wagtail.search.management.commands.update_index import Command

from norrbotten.export.importing.belonging import take_in_hand, take_streams_in_hand
from norrbotten.export.walking import walk


def index_words() -> None:
    """Makes the index anew, of everything that is there."""
    call_command(_UpdateIndex(), verbosity=0)


class _UpdateIndex(Command):
    def queryset_chunks(self, qs: Any, chunk_size: int) -> Iterator[list[Any]]:
        """What is indexed, by its key, with what it holds at hand."""
        for chunk in walk(qs, "pk", size=chunk_size):
            take_in_hand(chunk)
            take_streams_in_hand(chunk)
            yield chunk
