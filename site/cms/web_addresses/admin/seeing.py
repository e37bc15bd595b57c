"""The addresses that somebody sees: those in what they may change, and readers see."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.models import Page

from cms.content.api.delivered_types import delivered_snippets
from cms.translation.roles.permissions import changeable
from cms.web_addresses.models import WebAddress, WebAddressPlace
from cms.web_addresses.models.addresses import AddressQuerySet


def seen_places(user: Any) -> QuerySet[WebAddressPlace]:
    """The places in published pages and facts that somebody may change."""
    pages = changeable(user, Page).filter(live=True).order_by()
    seen = Q(page_id__in=pages.values("pk"))
    for model in delivered_snippets():
        facts = changeable(user, model).filter(live=True).order_by()
        seen |= Q(type=model._meta.label, object_id__in=facts.values("pk"))
    return WebAddressPlace.objects.filter(seen)


def seen_addresses(user: Any) -> AddressQuerySet:
    """The addresses of which one place at least is somebody's."""
    places = seen_places(user).filter(address=OuterRef("pk"))
    found: AddressQuerySet = WebAddress.objects.filter(Exists(places))
    return found
