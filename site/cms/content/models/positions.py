"""Places of pages among their siblings, the same in every language."""

from django.db import models


class PagePosition(models.Model):
    """The rank of a key among those beside it; gaps mean nothing.

    Kept beside the tree, whose paths change for every sibling that something is moved past: by
    ``cms.content.order``, from the tree of the source, where that has the page.

    Attributes:
        key: Wagtail's translation key.
        position: below 2**53, which every reader of JSON takes for a whole number.
    """

    key = models.UUIDField(primary_key=True)
    position = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.key} at {self.position}"
