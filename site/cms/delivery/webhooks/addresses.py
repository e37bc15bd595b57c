"""Addresses of receivers, as somebody types them into the form of a webhook.

That they lead out into the world is the business of :mod:`cms.common.outgoing.addresses`.
"""

import httpx
from django.conf import settings
from django.utils.translation import gettext as _

from cms.common.deadline import TookTooLong
from cms.common.outgoing.addresses import (
    ForbiddenAddress,
    InvalidAddress,
    parse_web_address,
    resolve,
)

LOOK_UP_WITHIN = 5.0
"""Seconds that looking up a name may take while somebody waits for a form."""


class UnusableAddress(Exception):
    """Nothing may be sent to an address; the message says why and what to do."""


def parse_address(address: str) -> httpx.URL:
    """The address of a webhook, taken apart.

    Raises:
        UnusableAddress: it is none that a message can be sent to.
    """
    try:
        url = parse_web_address(address)
    except InvalidAddress as error:
        raise UnusableAddress(_invalid(error.host)) from error
    if url.userinfo:
        raise UnusableAddress(
            _("Leave out the user and password: messages are signed, which is enough.")
        )
    if url.fragment:
        raise UnusableAddress(_("Leave out what comes after “#”: it is never sent."))
    if settings.WEBHOOKS_REQUIRE_HTTPS and url.scheme != "https":
        raise UnusableAddress(
            _("Use https://: on the way through http://, anybody could read and change messages.")
        )
    return url


def _invalid(host: str) -> str:
    if not host:
        return _("This is no address of a web server. It begins with https://.")
    return _(
        "%(host)s is no name of a server. Its parts have 1 to 63 letters, digits and "
        "hyphens each, and 253 characters together."
    ) % {"host": f"{host:.80}"}


def check_address(address: str) -> None:
    """Judge an address that somebody has typed.

    A name that is not known now may be so later; that is found out when something is sent.

    Raises:
        UnusableAddress: nothing may be sent there.
    """
    url = parse_address(address)
    try:
        resolve(
            url.raw_host.decode("ascii"),
            url.port or 443,
            LOOK_UP_WITHIN,
            is_private_allowed=settings.WEBHOOKS_ALLOW_PRIVATE_ADDRESSES,
        )
    except ForbiddenAddress as error:
        raise UnusableAddress(not_public(error)) from error
    except (OSError, TookTooLong):
        return


def not_public(error: ForbiddenAddress) -> str:
    """A sentence on a machine that is not out in the world, and the remedy."""
    return _(
        "%(host)s is at %(address)s, which is not a public address. An "
        "administrator can allow it with WEBHOOKS_ALLOW_PRIVATE_ADDRESSES."
    ) % {"host": error.host, "address": error.address}
