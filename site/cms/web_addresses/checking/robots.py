"""``robots.txt``: what a server asks programs to leave alone (RFC 9309)."""

from datetime import timedelta
from typing import Final
from urllib.robotparser import RobotFileParser

from django.utils import timezone

from cms.web_addresses.models import WebHost

NAME: Final = "strategy-cms-links"
"""The name by which a server may speak of this program."""

LARGEST: Final = 500 * 1024
"""Bytes that are read of it; as many as the standard asks for."""

VALID_FOR: Final = timedelta(days=1)


def is_known(host: WebHost) -> bool:
    """Tells whether it was read lately."""
    return host.robots_at is not None and host.robots_at > timezone.now() - VALID_FOR


def note(host: WebHost, text: str) -> None:
    """Keeps what a server says."""
    # What no database holds.
    host.robots, host.robots_at = text.replace("\x00", ""), timezone.now()
    host.save(update_fields=["robots", "robots_at"])


def is_allowed(host: WebHost, url: str) -> bool:
    """Tells whether a server lets this program ask for an address."""
    if not host.robots:
        return True
    rules = RobotFileParser()
    rules.parse(host.robots.splitlines())
    return rules.can_fetch(NAME, url)
