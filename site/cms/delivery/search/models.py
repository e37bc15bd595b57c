"""Tables of the search, beside the index that only the database knows."""

from django.db import models

from cms.delivery.models import PublishedDocument


class IndexedText(models.Model):
    """The words of a published document: one row for each.

    On PostgreSQL the table has two more columns, ``title_words`` and ``all_words``, of the type
    ``tsvector``. On SQLite there is a table ``delivery_search_words`` of FTS5 beside it, whose
    ``rowid`` is ``document_id``; a trigger on this table deletes there. SQLite makes a table anew
    when a migration alters it, and forgets its triggers: such a migration must create it again.

    Attributes:
        title: as it is shown.
        text: all else, a line each; from it excerpts are taken.
        other_languages: the parts of ``text`` in another language than the document's: from, to
            (characters), code. Null in what was indexed before this was known.
        title_length: number of words in the title.
        length: number of words in title and text together.
    """

    document = models.OneToOneField(
        PublishedDocument, models.CASCADE, primary_key=True, related_name="indexed_text"
    )
    title_length = models.PositiveIntegerField()
    length = models.PositiveIntegerField()
    title = models.TextField()
    text = models.TextField()
    other_languages = models.JSONField(null=True)

    def __str__(self) -> str:
        return self.title
