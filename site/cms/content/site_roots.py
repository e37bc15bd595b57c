"""The roots of the sites, in each of their languages."""

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from wagtail.models.sites import SiteRootPath

from cms.common.site_address import Authority, address_of, remember

_FIND_ROOTS = """
    SELECT site.id, site.hostname, site.port, site.is_default_site,
        root.path, root.url_path, locale.language_code, root.translation_key
    FROM wagtailcore_site site
    JOIN wagtailcore_page start ON start.id = site.root_page_id
    JOIN wagtailcore_page root ON root.translation_key = start.translation_key
    JOIN wagtailcore_locale locale ON locale.id = root.locale_id
    ORDER BY start.url_path DESC, site.is_default_site DESC, site.hostname, root.id
"""


class Root(NamedTuple):
    """The start page of a site in one language.

    Attributes:
        path: its place in the tree, with which those of all pages below it begin.
        address: as ``Site.get_site_root_paths`` gives it.
        is_default: whether the site is the default one.
        key: the translation key of the start page.
    """

    path: str
    address: SiteRootPath
    is_default: bool
    key: UUID


_read: ContextVar[list[Root] | None] = ContextVar("read", default=None)


@contextmanager
def site_roots_read_once() -> Generator[None]:
    """Opens a stretch of work that changes no site, within which the roots are read once."""
    if _read.get() is not None:
        yield
        return
    token = _read.set([])
    try:
        yield
    finally:
        _read.reset(token)


def site_roots() -> list[Root]:
    """The start pages of all sites, from the database, in the order in which Wagtail tries them.

    Wagtail's own cache of them is right only after the transaction that changes a site, or the
    address of a start page; another worker that asks meanwhile keeps what was before for an hour.

    Written out, since every publication asks for it: Django takes ten times as long to write it as
    a database to answer it.
    """
    kept = _read.get()
    roots = kept or _find_roots()
    if kept is not None:
        kept[:] = roots
    for root in roots:
        if root.is_default:
            remember(root.address.root_url)
    return roots


def _find_roots() -> list[Root]:
    with connection.cursor() as cursor:
        cursor.execute(_FIND_ROOTS)
        rows = cursor.fetchall()
    return [
        Root(
            path,
            SiteRootPath(site, url_path, address_of(Authority(host, port)), language),
            bool(is_default),
            # SQLite has it as text.
            key if isinstance(key, UUID) else UUID(key),
        )
        for site, host, port, is_default, path, url_path, language, key in rows
    ]


def lies_below(path: str, roots: list[Root]) -> bool:
    """Tells whether a page, by its place in the tree, belongs to a site."""
    return any(path.startswith(root.path) for root in roots)
