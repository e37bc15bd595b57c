"""Purges changed documents from shared caches, in the background."""

import logging
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django_tasks import task
from wagtail.contrib.frontend_cache.utils import get_backends

from cms.common.batches import batches
from cms.common.deadline import TookTooLong, call_with_timeout
from cms.common.site_address import site_address
from cms.delivery.caching.addresses import touched_addresses
from cms.delivery.caching.backends import PurgesTags
from cms.delivery.caching.tags import touched_tags
from cms.delivery.publishing.change import Change

logger = logging.getLogger(__name__)

AT_ONCE = 500
"""Changes that one task purges."""

ADDRESSES_WITHIN = 120.0
"""Seconds that a back end of Wagtail's may take for the addresses of one task; some have no time
limit of their own."""


def purge_changed(changes: Sequence[Change], **kwargs: Any) -> None:
    """Queues the purging of everything that changes affect; see ``documents_changed``.

    The worker's queue is in the same database: nothing is purged of what is rolled back or before
    it is committed, and nothing is forgotten of what is.
    """
    if not settings.WAGTAILFRONTENDCACHE:
        return
    backends = get_backends().values()
    by_tag = any(isinstance(backend, PurgesTags) for backend in backends)
    by_address = not all(isinstance(backend, PurgesTags) for backend in backends)
    for part in batches(changes, AT_ONCE):
        purge.enqueue(
            touched_tags(part) if by_tag else [], touched_addresses(part) if by_address else []
        )


@task(backend="background")
def purge(tags: list[str], addresses: list[str]) -> None:
    """Purges each cache by tag, or by address where it knows no tags.

    A cache that fails is noted, and goes on with the old until that is too old; the others are
    purged all the same.
    """
    host = urlsplit(site_address()).hostname or ""
    for name, backend in get_backends().items():
        if not backend.invalidates_hostname(host):
            continue
        try:
            if isinstance(backend, PurgesTags):
                backend.purge_tags(tags)
            else:
                call_with_timeout(ADDRESSES_WITHIN, backend.purge_batch, addresses)
        except TookTooLong:
            logger.error("Purging %s took more than %g seconds", name, ADDRESSES_WITHIN)
        except Exception:
            logger.exception("Purging %s failed", name)
