"""Translations that were taken down along with their source."""

from django.db import models
from wagtail.models import Page, Revision


class TakenDown(models.Model):
    """A page that was live until the page that it shows was taken down.

    It comes back when that is published again. Who publishes or unpublishes it meanwhile decides
    otherwise, and the row goes.

    Attributes:
        source_key: translation key of the page that it shows.
        revision: what was live, if that is known.
    """

    page = models.OneToOneField(Page, models.CASCADE, related_name="taken_down")
    source_key = models.UUIDField(db_index=True)
    revision = models.ForeignKey(Revision, models.SET_NULL, null=True, related_name="+")
    taken_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.page)
