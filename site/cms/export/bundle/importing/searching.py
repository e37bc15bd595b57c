"""Fills Wagtail's search index, reading what the streams of many pages show at once.

As ``manage.py update_index`` does, which reads it for each page by itself and counts to where it is
from the beginning each time. May go when it does neither.
"""

from collections.abc import Iterator
from typing import Any

from django.core.management import call_command
from wagtail.search.management.commands.update_index import Command

from cms.common.keyset_pages import keyset_batches
from cms.export.bundle.importing.belonging import prefetch_children, prefetch_streams


def index_words() -> None:
    """Makes the index anew, of everything that is there."""
    call_command(_UpdateIndex(), verbosity=0)


class _UpdateIndex(Command):
    def queryset_chunks(self, qs: Any, chunk_size: int) -> Iterator[list[Any]]:
        """Pieces of what is indexed, by key, with what it holds at hand."""
        for chunk in keyset_batches(qs, "pk", size=chunk_size):
            prefetch_children(chunk)
            prefetch_streams(chunk)
            yield chunk
