"""Keeps the index in step with what is published."""

from collections.abc import Sequence
from typing import Any, Final

from norrbotten.delivery.changes import Change
from norrbotten.delivery.models import PublishedDocument
from norrbotten.delivery.search.index import current_index
from norrbotten.delivery.search.text import searchable_text
from norrbotten.translation.written_once import WrittenOnce

_FIND_LANGUAGES: Final = WrittenOnce(
    lambda ids: PublishedDocument.objects.filter(pk__in=ids).values_list("pk", "language")
)

BATCH: Final = 500
"""Documents whose words are in memory at once."""


def keep_index(sender: object, changes: Sequence[Change], **arguments: Any) -> None:
    """Index what was published anew.

    What is removed leaves the index with its document: the rows here hang on it.
    """
    latest = {change.document_id: change for change in changes if change.document_id is not None}
    published = list(latest.items())
    for start in range(0, len(published), BATCH):
        batch = dict(published[start : start + BATCH])
        current_index().write(
            [
                searchable_text(
                    pk, language, batch[pk].title, batch[pk].text, batch[pk].other_languages
                )
                for pk, language in _FIND_LANGUAGES(batch)
            ]
        )
