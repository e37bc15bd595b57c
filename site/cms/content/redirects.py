"""Redirects: from the path that a page had to the one that it has, or that an editor has entered.

Whoever changes the address of a page, by a new slug or a move, leaves a redirect for it and for
each page below it, in the transaction that changes it: no reader ever finds neither. Wagtail 8.0.1
makes them after that transaction (``WAGTAILREDIRECTS_AUTO_CREATE``, off in ``cms.settings.base``),
with one condition for each page, of which SQLite takes a thousand. The slug of a translation does
the same when the translation is published.
"""

import logging
from collections.abc import Iterator
from typing import Final, NamedTuple

from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override
from wagtail.contrib.frontend_cache.utils import PurgeBatch, get_backends
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from cms.common.batches import batches
from cms.content.site_roots import Root, site_roots

logger = logging.getLogger(__name__)

AT_A_TIME: Final = 500
"""Pages of one round of queries; a database takes only so many values in one."""

_UPDATED_AT_A_TIME: Final = 100
"""Rows of one statement that changes them: SQLite takes a thousand parts in an expression."""

LONGEST_PATH: Final = Redirect._meta.get_field("old_path").max_length


class _Moved(NamedTuple):
    """A page whose address on a site is another than it was.

    Attributes:
        before, after: paths as :meth:`Redirect.normalise_path` writes them.
    """

    page: int
    before: str
    after: str


def redirect_at(site: Site | None, path: str) -> Redirect | None:
    """The redirect of a site for a path, with its page."""
    sought = Redirect.get_for_site(site).filter(old_path=Redirect.normalise_path(path))
    redirect: Redirect | None = sought.select_related("redirect_page").first()
    return redirect


def leave_redirects(page: Page, before: str) -> None:
    """Leaves a redirect for a page that is stored at another address, and for all below it.

    Those below may still be stored at their former addresses. A page that was never live has no
    readers, and gets none. A redirect that an editor has entered stays what it is.

    Args:
        before: the ``url_path`` that the page had.
    """
    for root in site_roots():
        is_inside = page.path.startswith(root.path) and page.path != root.path
        if is_inside and before.startswith(root.address.root_path):
            for moved in batches(_moved_pages(page, before, root), AT_A_TIME):
                _store(root.address.site_id, moved)
                _purge([f"{root.address.root_url}{one.before}" for one in moved])


def _moved_pages(page: Page, before: str, root: Root) -> Iterator[_Moved]:
    start = _path_of(root)
    if start is None:
        return
    skipped = len(root.address.root_path)
    was_live = Q(live=True) | Q(first_published_at__isnull=False)
    below = Page.objects.filter(was_live, path__startswith=page.path).order_by()
    for pk, stored in below.values_list("pk", "url_path").iterator():
        below_it = "" if pk == page.pk else _behind(stored, before, page.url_path)
        if below_it is None:
            continue
        old, new = f"{before}{below_it}", f"{page.url_path}{below_it}"
        moved = _Moved(pk, *(_normal(f"{start}{one[skipped:]}") for one in (old, new)))
        if len(moved.before) <= LONGEST_PATH:
            yield moved
        else:
            logger.warning("No redirect leads from %s: it is too long.", moved.before)


def _path_of(root: Root) -> str | None:
    """The path of a start page, with its language; none where no pages are served."""
    try:
        with override(root.address.language_code):
            return reverse("wagtail_serve", args=("",))
    except NoReverseMatch:
        return None


def _behind(stored: str, *beginnings: str) -> str | None:
    """The rest of an address behind the first of some beginnings that it has."""
    for beginning in beginnings:
        if stored.startswith(beginning):
            return stored.removeprefix(beginning)
    return None


def _normal(path: str) -> str:
    normal: str = Redirect.normalise_path(path)
    return normal


def _store(site: int, moved: list[_Moved]) -> None:
    """Stores redirects, and leads on with those that others have left at the same paths.

    One that leads from where a page now stands to that page would lead round and round when the
    page is taken down.
    """
    _lead_on(site, {one.before: one.page for one in moved})
    pages = {one.after: one.page for one in moved}
    there = Redirect.objects.filter(Q(site_id=site) | Q(site=None), old_path__in=pages)
    rounds = [
        pk
        for pk, path, page in there.values_list("pk", "old_path", "redirect_page")
        if pages[path] == page
    ]
    if rounds:
        Redirect.objects.filter(pk__in=rounds).delete()
    Redirect.objects.bulk_create(
        [
            Redirect(
                old_path=one.before,
                site_id=site,
                redirect_page_id=one.page,
                automatically_created=True,
            )
            for one in moved
        ],
        ignore_conflicts=True,
    )


def _lead_on(site: int, targets: dict[str, int]) -> None:
    """Has automatic redirects that are there lead to where their paths lead now."""
    there = Redirect.objects.filter(
        site_id=site, old_path__in=targets, automatically_created=True
    ).only("old_path")
    changed = list(there)
    for redirect in changed:
        redirect.redirect_page_id = targets[redirect.old_path]
        redirect.redirect_page_route_path = redirect.redirect_link = ""
        redirect.is_permanent = True
    if changed:
        Redirect.objects.bulk_update(
            changed,
            ["redirect_page", "redirect_page_route_path", "redirect_link", "is_permanent"],
            batch_size=_UPDATED_AT_A_TIME,
        )


def _purge(addresses: list[str]) -> None:
    """Has caches forget what they answered at addresses where redirects are now."""
    if get_backends():
        purged = PurgeBatch()
        purged.add_urls(addresses)
        purged.purge()
