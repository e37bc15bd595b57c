"""Tables of the search, beside the indexes that only the database knows."""

from django.contrib.contenttypes.models import ContentType
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


class IndexedObject(models.Model):
    """The words of a page, fact, image or document as it is stored, whether or not it is published.

    For those who work on it: two rows for each. Nobody else is answered from this table, or from
    the words beside it, which stand as those of :class:`IndexedText` do.

    Attributes:
        object_id: its key, as a text.
        is_autocomplete: whether these are the words by which it is found while somebody types.
        title_length: number of words in the title.
        length: number of words in title and text together.
    """

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.CharField(max_length=50)
    is_autocomplete = models.BooleanField()
    title_length = models.PositiveIntegerField()
    length = models.PositiveIntegerField()

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["object_id", "content_type", "is_autocomplete"],
                name="one_row_for_each_use",
            )
        ]

    def __str__(self) -> str:
        return f"{self.content_type_id} {self.object_id}"
