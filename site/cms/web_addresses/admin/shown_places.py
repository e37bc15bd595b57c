"""Places of addresses as a list names them, with links to their fields."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Count, F, Window
from django.db.models.fields.reverse_related import ForeignObjectRel
from django.db.models.functions import RowNumber
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.content.rules.admin.anchors import anchor_at
from cms.languages.names import display_name
from cms.translation.editor.translation_page import edit_address
from cms.web_addresses.admin.seeing import seen_places
from cms.web_addresses.models import WebAddress, WebAddressPlace

MOST: Final = 5
"""Places of one address; an address that stands at the foot of each page has thousands."""


@dataclass(frozen=True, slots=True)
class ShownPlace:
    """A place as it is shown.

    Attributes:
        title: of the page or fact.
        language: name of its language.
        field: the field, block or row, as the form calls it.
        address: at which it is edited.
    """

    title: str
    language: str
    field: str
    address: str


@dataclass(frozen=True, slots=True)
class ShownPlaces:
    """The places of one address that somebody sees, cut short.

    Attributes:
        more: how many are left out.
    """

    places: Sequence[ShownPlace]
    more: int


def shown_places(
    user: Any, addresses: Sequence[WebAddress], most: int = MOST
) -> dict[int, ShownPlaces]:
    """The places of each of some addresses by the address's id; in few queries."""
    ids = [address.pk for address in addresses]
    seen = seen_places(user).filter(address__in=ids)
    by_address = seen.order_by().values("address").annotate(count=Count("pk"))
    counts = {row["address"]: row["count"] for row in by_address}
    rank = Window(RowNumber(), partition_by=[F("address")], order_by=["id"])
    first = list(seen.annotate(rank=rank).filter(rank__lte=most).order_by("address", "pk"))
    owners = _owners(first)
    shown: dict[int, list[ShownPlace]] = defaultdict(list)
    for place in first:
        owner = owners.get((place.type, place.object_id))
        if owner is not None:
            shown[place.address_id].append(_shown(place, owner))
    return {pk: ShownPlaces(shown[pk], max(0, counts.get(pk, 0) - len(shown[pk]))) for pk in ids}


def _owners(places: Iterable[WebAddressPlace]) -> dict[tuple[str, int], Any]:
    """The pages and facts of places, a query for all pages and one for each type of fact."""
    ids: dict[tuple[str, bool], set[int]] = defaultdict(set)
    for place in places:
        ids["" if place.page_id else place.type, place.page_id is not None].add(place.object_id)
    labels = {(place.page_id is not None, place.object_id): place.type for place in places}
    found: dict[tuple[str, int], Any] = {}
    for (label, is_page), numbers in ids.items():
        model: Any = Page if is_page else apps.get_model(label)
        for owner in model._default_manager.filter(pk__in=numbers):
            found[labels[is_page, owner.pk] if is_page else label, owner.pk] = owner
    return found


def _shown(place: WebAddressPlace, owner: Any) -> ShownPlace:
    model: Any = apps.get_model(place.type)
    # What is being edited may be called otherwise by now, and only who edits it sees this.
    title = owner.get_admin_display_title() if isinstance(owner, Page) else str(owner)
    return ShownPlace(
        title=title,
        language=display_name(place.locale),
        field=_field_name(model, place),
        address=edit_address(owner) + anchor_at(model, _path(place)),
    )


def _path(place: WebAddressPlace) -> tuple[str, ...]:
    if place.block_type:
        return place.field, place.block_id
    return (place.field, str(place.number), place.member) if place.member else (place.field,)


def _field_name(model: Any, place: WebAddressPlace) -> str:
    """The field, block or row as the form calls it; its name in the model where that is all."""
    try:
        field: Any = model._meta.get_field(place.field)
    except FieldDoesNotExist:
        return place.field
    if isinstance(field, ForeignObjectRel):
        row = capfirst(str(field.related_model._meta.verbose_name))  # type: ignore[union-attr]
        return _("%(row)s, number %(number)d") % {"row": row, "number": (place.number or 0) + 1}
    name = str(capfirst(field.verbose_name))
    if not isinstance(field, StreamField) or place.number is None:
        return name
    block = field.stream_block.child_blocks.get(place.block_type)
    return _("%(block)s, number %(number)d in “%(field)s”") % {
        "block": block.label if block is not None else place.block_type,
        "number": place.number + 1,
        "field": name,
    }
