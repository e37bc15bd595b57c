"""A place in published content at which an address stands."""

from django.db import models

from cms.web_addresses.models.addresses import WebAddress


class WebAddressPlace(models.Model):
    """A field or block of a page, fact or site settings that leads to an address.

    Attributes:
        type: label of the type, ``strategy.GoalPage``.
        object_id: id of the page or fact.
        page_id: the same of a page; ``None`` of a fact.
        locale: code of the language in whose tree it stands.
        field: name of the field, or of the list of rows.
        number: of the block or row, from 0; ``None`` of a field.
        block_type: name of the outermost block in the field.
        block_id: of that block, by which the form shows it.
        member: name of the field within a row.
    """

    address = models.ForeignKey(WebAddress, models.CASCADE, related_name="places")
    type = models.CharField(max_length=100)
    object_id = models.BigIntegerField()
    page_id = models.BigIntegerField(null=True, db_index=True)
    locale = models.CharField(max_length=12)
    field = models.CharField(max_length=100)
    number = models.PositiveIntegerField(null=True)
    block_type = models.CharField(max_length=100, blank=True)
    block_id = models.CharField(max_length=64, blank=True)
    member = models.CharField(max_length=100, blank=True)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["type", "object_id"], name="web_address_place_of")]

    def __str__(self) -> str:
        return f"{self.type} {self.object_id}: {self.field}"
