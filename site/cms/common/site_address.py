"""The address of the site: of the default one in the database, whoever asks and from wherever.

Wagtail's ``Site`` holds host and port, and takes ``https`` for port 443 alone. Where ``BASE_URL``
names the same host and port, its scheme counts: so it can say ``https`` on another port.
"""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, transaction
from django.db.models.signals import post_delete, post_save
from django.http import HttpRequest, HttpResponse
from wagtail.models import Site

_PORTS: Final = {"http": 80, "https": 443}
_FIND: Final = "SELECT hostname, port FROM wagtailcore_site WHERE is_default_site"


@dataclass(slots=True)
class _Scope:
    """A stretch of work within which the address is read once.

    Attributes:
        address: what was read, once it was.
        request: the one that is answered, of which Wagtail finds the site in any case.
    """

    request: HttpRequest | None = None
    address: str = ""


_scope: ContextVar[_Scope | None] = ContextVar("site_address", default=None)


class Authority(NamedTuple):
    """Host and port, as Wagtail's ``Site`` holds them."""

    host: str
    port: int


UNCHOSEN: Final = Authority("localhost", 80)
"""The address that Wagtail's migrations give a new site: nobody has chosen it."""


def authority_of(address: str) -> Authority | None:
    """Return the host and port of an address; None of an empty one."""
    parts = urlsplit(address)
    if not parts.hostname:
        return None
    return Authority(parts.hostname, parts.port or _PORTS.get(parts.scheme, 80))


def address_of(authority: Authority) -> str:
    """Return the address of a site with this host and port: scheme and authority, no path."""
    if settings.BASE_URL and authority_of(settings.BASE_URL) == authority:
        parts = urlsplit(settings.BASE_URL)
        return f"{parts.scheme}://{parts.netloc}"
    return str(Site(hostname=authority.host, port=authority.port).root_url)


def site_address() -> str:
    """Return the address of the default site: scheme and authority, no path.

    Where there is no default site, it is what the environment says.
    """
    scope = _scope.get() or _Scope()
    if not scope.address:
        authority = _of_request(scope.request) or _of_database()
        scope.address = (
            address_of(authority) if authority else settings.BASE_URL or settings.LISTEN_URL
        )
    return scope.address


def _of_request(request: HttpRequest | None) -> Authority | None:
    site = Site.find_for_request(request)
    return Authority(site.hostname, site.port) if site and site.is_default_site else None


def _of_database() -> Authority | None:
    with connection.cursor() as cursor:
        cursor.execute(_FIND)
        row = cursor.fetchone()
    return Authority(*row) if row else None


def remember(address: str) -> None:
    """Note the address for the scope that is open, where it was read together with other things."""
    if (scope := _scope.get()) is not None:
        scope.address = address


@contextmanager
def one_site_address(request: HttpRequest | None = None) -> Generator[None]:
    """Open a scope within which the address is read once, unless a site is saved meanwhile.

    Not for what streams: it may end in another thread than it began in.
    """
    if _scope.get() is not None:
        yield
        return
    _scope.set(_Scope(request))
    try:
        yield
    finally:
        _scope.set(None)


class SiteAddressMiddleware:
    """Opens a scope for each request, which may name a hundred files."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer within a scope."""
        with one_site_address(request):
            return self.get_response(request)


@transaction.atomic
def move_default_site(address: str) -> str | None:
    """Give the default site an address, unless it has it, or another site does.

    Returns:
        The new address, where it is another.
    """
    wanted = authority_of(address)
    site: Site | None = Site.objects.filter(is_default_site=True).first()
    if wanted is None or site is None or (site.hostname, site.port) == wanted:
        return None
    if Site.objects.filter(hostname=wanted.host, port=wanted.port).exists():
        return None
    site.hostname, site.port = wanted
    site.save()
    return address_of(wanted)


def move_after_migration(using: str = DEFAULT_DB_ALIAS, **options: Any) -> None:
    """Write ``BASE_URL``, where it is set, into a database that has been migrated."""
    if using == DEFAULT_DB_ALIAS and Site._meta.db_table in connection.introspection.table_names():
        move_default_site(settings.BASE_URL)


def _forget(**kwargs: Any) -> None:
    if (scope := _scope.get()) is not None:
        scope.address, scope.request = "", None


post_save.connect(_forget, sender=Site, dispatch_uid="site_address")
post_delete.connect(_forget, sender=Site, dispatch_uid="site_address")
