"""The facets of a document, by which a collection is narrowed and put in order."""

from django.db import models

from cms.delivery.models.documents import PublishedDocument


class DocumentFacet(models.Model):
    """Something that a document says, by which lists find it, such as the key of a municipality.

    Derived from the document's text by :mod:`cms.content.api.collections`, and stored so that a
    list reads no texts but those that it gives.

    Attributes:
        name: of the filter; ``rank`` for the order.
    """

    # The index of the constraint begins with the document.
    document = models.ForeignKey(
        PublishedDocument, models.CASCADE, related_name="facets", db_index=False
    )
    name = models.CharField(max_length=30)
    value = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document", "name", "value"], name="one_facet_per_document"
            )
        ]
        indexes = [models.Index(fields=["name", "value", "document"], name="document_by_facet")]

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"
