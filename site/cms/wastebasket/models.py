"""Deleted pages, and the rows of the database that they had.

A deleted page is in no table that Wagtail, wagtail-localize, the API or a search reads. Its rows,
and those of everything that goes with it, are copied here as they are, packed, and put back with
their keys when it is brought back. A hidden tree or a field *deleted* would have to be known by
every query of each of these programs, now and later; rows that are not there need not.
"""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class DeletedPage(models.Model):
    """A page that was deleted with everything below it.

    Attributes:
        page_id: its key, by which it comes back.
        key: its translation key.
        type: ``strategy.GoalPage``.
        locale: code of the language in whose tree it stood.
        owner_id: key of the user who made it.
        parent_id: key of the page above it.
        place: the nearest page above it that there still is. Who may change that may see it here.
        groups: those who could add pages below it by a permission on the page itself.
        pages: number of pages that were deleted, itself included.
        details: what comes back with it, and where it stood: see ``deleting.py``.
    """

    page_id = models.BigIntegerField()
    key = models.UUIDField(db_index=True)
    title = models.CharField(_("Title"), max_length=255)
    type = models.CharField(max_length=100)
    locale = models.CharField(max_length=12)
    owner_id = models.BigIntegerField(null=True)
    parent_id = models.BigIntegerField(db_index=True)
    place = models.ForeignKey(Page, models.SET_NULL, null=True, related_name="+")
    groups: Any = models.ManyToManyField(Group, related_name="+")
    pages = models.PositiveIntegerField()
    details = models.JSONField()
    deleted_at = models.DateTimeField(_("Deleted at"), default=timezone.now, db_index=True)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("deleted page")
        verbose_name_plural = _("deleted pages")
        ordering = ("-deleted_at", "-pk")

    def __str__(self) -> str:
        return self.title

    @property
    def goes_at(self) -> Any:
        """The moment from which on it is removed for good."""
        return self.deleted_at + timedelta(days=settings.WASTEBASKET_DAYS)

    @property
    def days_left(self) -> int:
        """Whole days until then, the present one included."""
        left: timedelta = self.goes_at - timezone.now()
        return max(0, left.days + 1)


class DeletedRows(models.Model):
    """Some rows of a deleted page, packed.

    Attributes:
        number: its place among those of the page, in which they are put back.
        model: label of the model, ``wagtailcore.Revision``.
        keys: of the rows, packed as they are; see ``stored_rows.py``.
    """

    class Kind(models.TextChoices):
        """The ways in which rows have changed by a deletion."""

        GONE = "gone", "gone"
        CHANGED = "changed", "changed"
        ADDED = "added", "added"
        REFERENCE = "reference", "reference"

    deleted_page = models.ForeignKey(DeletedPage, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=9, choices=Kind)
    model = models.CharField(max_length=100)
    keys = models.BinaryField()
    packed = models.BinaryField()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["deleted_page", "number"], name="rows_in_order")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.model}"
