"""Addresses out in the world, and not behind our own walls.

A request that the server makes for somebody, to an address of their choice, must not become a way
to what only the server can reach: itself, its neighbours, the machine's metadata service.
"""

import re
import socket
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final

import httpx

from cms.common.deadline import call_with_timeout

# What Python 3.11 counts as public and is not for everybody; the IANA's registries of special
# addresses.
_SPECIAL_4 = [IPv4Network("192.0.0.0/24"), IPv4Network("192.88.99.0/24")]
_SPECIAL_6 = [IPv6Network("2001::/23"), IPv6Network("2001:db8::/32"), IPv6Network("3fff::/20")]
_GLOBAL_6 = IPv6Network("2000::/3")
_6TO4 = IPv6Network("2002::/16")
_NAT64 = IPv6Network("64:ff9b::/96")

_LONGEST_NAME: Final = 253
_LABEL: Final = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)", re.IGNORECASE)
"""A part of a name, as RFC 1035 has it; with the underscore that names within a house may have."""


class InvalidAddress(Exception):
    """Something is no address of a web server.

    Attributes:
        host: the name in it, where only that is none that a server can have; else empty.
    """

    def __init__(self, host: str = "") -> None:
        super().__init__(host)
        self.host = host


class ForbiddenAddress(Exception):
    """A name leads to a machine that is not out in the world.

    Attributes:
        address: of that machine.
    """

    def __init__(self, host: str, address: str) -> None:
        super().__init__(f"{host} is at {address}, which is not a public address.")
        self.host, self.address = host, address


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Tells whether an address is one that anybody on the internet could send to."""
    if isinstance(address, IPv4Address):
        return (
            address.is_global
            and not address.is_multicast
            and not address.is_reserved
            and not any(address in network for network in _SPECIAL_4)
        )
    # An IPv4 address in IPv6's clothes is judged as what it is.
    if address.ipv4_mapped is not None:
        return is_public(address.ipv4_mapped)
    if address in _NAT64:
        return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
    if address in _6TO4:
        return is_public(IPv4Address((int(address) >> 80) & 0xFFFFFFFF))
    return (
        address in _GLOBAL_6
        and address.is_global
        and not any(address in network for network in _SPECIAL_6)
    )


def parse_web_address(address: str) -> httpx.URL:
    """The address of something on a web server, taken apart.

    Raises:
        InvalidAddress: it is none.
    """
    try:
        url = httpx.URL(address)
        # What Punycode cannot unpack fails here.
        host = url.host
    except (httpx.InvalidURL, UnicodeError) as error:
        raise InvalidAddress from error
    port_is_possible = url.port is None or 0 < url.port < 65_536
    if (
        url.scheme not in {"http", "https"}
        or not host
        or not port_is_possible
        or any(letter.isspace() for letter in address)
    ):
        raise InvalidAddress
    if not is_host(url.raw_host.decode("ascii")):
        raise InvalidAddress(host)
    return url


def is_host(host: str) -> bool:
    """Tells whether a name can be that of a server, or is the address of one."""
    try:
        # One of a single network card means nothing elsewhere.
        return ip_address(host) is not None and "%" not in host
    except ValueError:
        labels = host.removesuffix(".").split(".")
        return len(host) <= _LONGEST_NAME and all(map(_LABEL.fullmatch, labels))


def resolve(host: str, port: int, seconds: float, *, is_private_allowed: bool) -> list[str]:
    """The addresses of a name, asked for once; every one may be sent to.

    Args:
        seconds: how long that may take.
        is_private_allowed: whether they may be of machines that not everybody can reach.

    Returns:
        addresses as the system writes them, in the order in which to try them.

    Raises:
        ForbiddenAddress: one of them is not public.
        OSError: the name is not known.
        TookTooLong: nobody answered in time.
    """
    found = call_with_timeout(seconds, look_up_name, host, port)
    if not is_private_allowed:
        for address in found:
            if not is_public(ip_address(address)):
                raise ForbiddenAddress(host, address)
    return found


def look_up_name(host: str, port: int) -> list[str]:
    """Looks a name up in the system; an address is itself.

    Raises:
        OSError: it knows none.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:
        raise OSError(f"{host} is no name of a server.") from error
    # With the interface that a link-local address of IPv6 belongs to, if it has one.
    return list(dict.fromkeys(str(address[0]) for *_rest, address in found))
