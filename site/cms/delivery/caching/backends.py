"""Back ends of Wagtail's frontend cache that purge by tag.

In a settings module of one's own::

    from cms.settings.production import *

    WAGTAILFRONTENDCACHE = {
        "cloudflare": {
            "BACKEND": "cms.delivery.caching.backends.CloudflareTags",
            "BEARER_TOKEN": "…",
            "ZONEID": "…",
        },
        "varnish": {
            "BACKEND": "cms.delivery.caching.backends.HTTPTags",
            "LOCATION": "http://varnish.internal:6081",
        },
    }

Each takes what its parent in Wagtail takes, ``HOSTNAMES`` too, and purges a page's plain address
as that does. Another cache is a class with a method ``purge_tags``.
"""

from collections.abc import Sequence
from typing import Any, Protocol, runtime_checkable

import httpx
from wagtail.contrib.frontend_cache.backends import CloudflareBackend, HTTPBackend

from cms.common.batches import batches

TIME_LIMIT = 10.0
"""Seconds that a cache may take for one request."""


@runtime_checkable
class PurgesTags(Protocol):
    """A back end that can purge by tag."""

    def purge_tags(self, tags: Sequence[str]) -> None:
        """Purge every answer that has one of the tags.

        Raises:
            PurgeFailed, httpx.HTTPError: the cache did not do it.
        """


class PurgeFailed(Exception):
    """A cache did not purge what it was asked to."""


class CloudflareTags(CloudflareBackend):
    """Cloudflare's ``purge_cache`` with ``tags``."""

    LARGEST_PURGE = 30
    """Tags in one request."""

    def purge_tags(self, tags: Sequence[str]) -> None:
        """Purge every answer that has one of the tags; see :class:`PurgesTags`."""
        for part in batches(tags, self.LARGEST_PURGE):
            response = httpx.post(
                self.cloudflare_purge_endpoint_url,
                json={"tags": part},
                headers=self._credentials(),
                timeout=TIME_LIMIT,
            )
            if not response.is_success or not response.json().get("success"):
                raise PurgeFailed(f"Cloudflare answered {response.status_code}: {response.text}")

    def _credentials(self) -> dict[str, str]:
        if self.cloudflare_token:
            return {"Authorization": f"Bearer {self.cloudflare_token}"}
        return {
            "X-Auth-Email": self.cloudflare_email,
            "X-Auth-Key": self.cloudflare_api_key,
        }


class HTTPTags(HTTPBackend):
    """A cache that takes ``PURGE`` with tags in a header, as Varnish does with xkey.

    ``HEADER`` (default ``xkey-purge``) is the header's name; the tags in it have spaces between.
    """

    LARGEST_PURGE = 50
    """Tags in one request: a header of some kilobytes."""

    def __init__(self, params: dict[str, Any]) -> None:
        self.header = params.pop("HEADER", "xkey-purge")
        super().__init__(params)

    def purge_tags(self, tags: Sequence[str]) -> None:
        """Purge every answer that has one of the tags; see :class:`PurgesTags`."""
        for part in batches(tags, self.LARGEST_PURGE):
            response = httpx.request(
                "PURGE",
                f"{self.cache_scheme}://{self.cache_netloc}/",
                headers={self.header: " ".join(part)},
                timeout=TIME_LIMIT,
            )
            if not response.is_success:
                raise PurgeFailed(f"{self.cache_netloc} answered {response.status_code}")
