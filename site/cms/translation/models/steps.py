"""Changes of data that are made once, when a site is upgraded."""

from django.db import models


class FinishedStep(models.Model):
    """A change of data that was made.

    A step that would undo what people did since must not be made again at the next upgrade.
    """

    name = models.CharField(max_length=64, unique=True)
    finished_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name
