"""The document that stands for a page in a language."""

from django.db import models

from cms.delivery.models.documents import PublishedDocument


class Entry(models.Model):
    """One page or snippet in one language: its own document, or that of the best fallback.

    Nothing of a fallback is stored in a page; this only says where to look. Derived from
    ``PublishedDocument`` and the fallbacks of the languages, and stored so that a list of a
    language is one walk along an index, however many documents there are.

    Attributes:
        locale: code of the language that is asked for.
        is_own: whether the document is in that language rather than in a fallback.
        type: the document's.
        sort_key: the title's place in the order of ``locale``, compared byte by byte; see
            :mod:`cms.languages.sorting`.
        rank: the document's place in the order of its collection, compared byte by byte; ``None``
            for a type that is in none. See :mod:`cms.content.api.collections`.
    """

    key = models.UUIDField()
    locale = models.CharField(max_length=12)
    document = models.ForeignKey(PublishedDocument, models.CASCADE, related_name="entries")
    is_own = models.BooleanField()
    type = models.CharField(max_length=100)
    sort_key = models.BinaryField()
    rank = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "locale"], name="one_entry_per_language")
        ]
        indexes = [
            models.Index(fields=["locale", "sort_key", "key"], name="entry_in_order"),
            models.Index(fields=["locale", "type", "sort_key", "key"], name="entry_of_type"),
            models.Index(
                fields=["locale", "type", "rank", "key"],
                condition=models.Q(rank__isnull=False),
                name="entry_by_rank",
            ),
            models.Index(
                fields=["locale", "sort_key", "key"],
                condition=models.Q(is_own=True),
                name="own_entry_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} in {self.locale}"
