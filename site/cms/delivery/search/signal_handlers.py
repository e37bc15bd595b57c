"""Keeps the index in step with what is published."""

from collections.abc import Sequence
from typing import Any, Final

from cms.common.batches import batches
from cms.common.prepared_query import PreparedQuery
from cms.delivery.models import PublishedDocument
from cms.delivery.publishing.change import Change
from cms.delivery.search.index import current_index
from cms.delivery.search.text import searchable_text
from cms.languages.registry import NO_LANGUAGE

_FIND_LANGUAGES: Final = PreparedQuery(
    lambda ids: PublishedDocument.objects.filter(pk__in=ids).values_list("pk", "language")
)

BATCH: Final = 500
"""Documents whose words are in memory at once."""


def keep_index(sender: object, changes: Sequence[Change], **arguments: Any) -> None:
    """Index what was published anew.

    What is removed leaves the index with its document: the rows here hang on it.
    """
    latest = {
        change.document_id: change
        for change in changes
        # Nobody searches among redirects.
        if change.document_id is not None and change.locale != NO_LANGUAGE
    }
    for published in batches(latest.items(), BATCH):
        batch = dict(published)
        current_index().write_documents(
            [
                searchable_text(
                    pk, language, batch[pk].title, batch[pk].text, batch[pk].other_languages
                )
                for pk, language in _FIND_LANGUAGES(batch)
            ]
        )
