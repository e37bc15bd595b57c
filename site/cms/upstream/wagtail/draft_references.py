"""Saving a draft leaves the references of what is live as they are.

Whenever a page is stored, Wagtail 8.0.1 reads it again and writes down what it refers to, also
where a draft alone was stored, of which the database has nothing new to read. A publication stores
its draft first, and took several queries longer. May go when ``update_reference_index_on_save``
looks at ``update_fields`` upstream.
"""

from cms.upstream.modelsearch.draft_indexing import unless_draft_alone
from cms.upstream.replacement import Replacement, apply_replacements


def apply() -> None:
    """Puts it in, before Wagtail's application connects its handler."""
    apply_replacements(
        Replacement(
            "wagtail.signal_handlers:update_reference_index_on_save",
            "2a848ccdf7982e0c5c5aa9cdcde839df7f6d3cb903803b7830ebd473dd059f48",
            unless_draft_alone,
        )
    )
