"""Servers out there: one is asked by one at a time, with a pause between."""

from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone

from cms.common.outgoing.addresses import InvalidAddress, parse_web_address
from cms.web_addresses.models import WebHost

PAUSE: Final = timedelta(seconds=10)
"""Time for which a server is left alone after it was asked."""

LONGEST_PAUSE: Final = timedelta(days=7)
"""Time for which it is left alone at most, whatever it asks for."""

_LEASE: Final = timedelta(minutes=2)
"""Time for which a server is kept for who asks it; a worker may die meanwhile."""


def host_of(url: str) -> str:
    """The name of the server of an address; empty where it is no address."""
    try:
        return parse_web_address(url).raw_host.decode("ascii").lower()
    except InvalidAddress:
        return ""


def take(name: str) -> WebHost | None:
    """A server that nobody else asks until it is let go; ``None`` where it is to be left alone."""
    host, _is_new = WebHost.objects.get_or_create(name=name)
    now = timezone.now()
    free = WebHost.objects.filter(pk=host.pk, free_at__lte=now)
    if not free.update(free_at=now + _LEASE):
        return None
    return host


def let_go(host: WebHost, until: datetime | None = None) -> None:
    """Lets a server be asked again after a pause, or when it wants to be."""
    now = timezone.now()
    free_at = max(now + PAUSE, min(until or now, now + LONGEST_PAUSE))
    WebHost.objects.filter(pk=host.pk).update(free_at=free_at)
