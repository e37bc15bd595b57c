"""Stores a page where it is now in the tree, and not where it was when somebody read it.

Wagtail 8.0.1 and treebeard read a page's path, and write it again with everything else, when the
page is published or moved. Who had read the page before another moved it (or renamed, or filled,
what is above it) put it back, and left what was below it without a parent. Called while the feed
is held (see ``upstream.py``), which is what editors queue on. May go when paths are no longer
written by ``save`` upstream.
"""

from typing import Any

from django.db import connection
from wagtail.actions import PublishRevisionAction
from wagtail.models import Page

# Written out: every page that is saved asks for it, and Django takes ten times as long to write it
# as a database to answer it.
_FIND_PLACE = """
    SELECT page.path, page.depth, page.numchild, page.url_path, parent.url_path
    FROM wagtailcore_page page
    LEFT JOIN wagtailcore_page parent
        ON parent.path = SUBSTR(page.path, 1, LENGTH(page.path) - %s)
    WHERE page.id = %s
"""
_OF_ADDRESSES = frozenset({"slug", "url_path"})
_OF_ACTIONS = ("object", "page", "parent", "target", "to")
"""What actions call their pages."""


def refresh_place(page: Page, **_kwargs: Any) -> None:
    """Gives a page that was read some time ago the place and the address that it has now.

    Its slug stays what it is on the page at hand.

    Raises:
        Page.DoesNotExist: somebody has deleted it; another may have its place already.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FIND_PLACE, [Page.steplen, page.pk])
        row = cursor.fetchone()
    if row is None:
        raise Page.DoesNotExist(f"Page {page.pk} is gone: somebody has deleted it.")
    path, page.depth, page.numchild, address, above = row
    parent = page.__dict__.get("_cached_parent_obj")
    if parent is not None and (path != page.path or parent.url_path != above):
        del page.__dict__["_cached_parent_obj"]
    page.path = path
    page.url_path = "/" if above is None else f"{above}{page.slug}/"
    page._address_before = address  # noqa: SLF001 - read by signals.py when it is stored


def refresh_before_saving(page: Page, **kwargs: Any) -> None:
    """As :func:`refresh_place`, where what is stored of the page says where it is."""
    fields = kwargs.get("update_fields")
    if page.pk and (fields is None or not _OF_ADDRESSES.isdisjoint(fields)):
        refresh_place(page)


def refresh_places(action: Any, **_kwargs: Any) -> None:
    """As :func:`refresh_place`, for each page that an action of Wagtail reads the tree by."""
    if isinstance(action, PublishRevisionAction):
        return  # It stores the page alone, and that is preceded by it.
    for name in _OF_ACTIONS:
        page = action.__dict__.get(name)
        if isinstance(page, Page) and page.pk:
            refresh_place(page)
