"""Dead links on an editor's start page."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cms.content.start_page.sections import Line, Section
from cms.web_addresses.admin.seeing import seen_addresses
from cms.web_addresses.admin.shown_places import ShownPlaces, shown_places
from cms.web_addresses.models import WebAddress


def dead_links(user: Any, most: int) -> Section:
    """The addresses that are dead, the longest dead first; each leads to where it stands."""
    dead = seen_addresses(user).dead()
    first = list(dead.order_by("since", "pk")[:most])
    places = shown_places(user, first, most=1) if first else {}
    return Section(
        title=_("Dead links"),
        count=dead.count() if first else 0,
        lines=[_line(address, places[address.pk]) for address in first],
        all_address=reverse("cms_web_addresses:list"),
        if_empty=_if_empty(),
    )


def _line(address: WebAddress, shown: ShownPlaces) -> Line:
    since = date_format(localtime(address.since), "SHORT_DATE_FORMAT")
    note = f"{address.what_is_wrong} · {since}"
    if not shown.places:
        return Line(address.url, "", note)
    place = shown.places[0]
    return Line(address.url, place.address, f"{place.title} · {note}")


def _if_empty() -> str:
    if settings.WEB_ADDRESSES_CHECK:
        return _("Nothing. Addresses of other sites that do not work any more stand here.")
    return _("Addresses of other sites are not looked at here; see WEB_ADDRESSES_CHECK.")
