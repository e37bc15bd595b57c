"""Caches are purged of what changed, in the background; one that fails harms nothing."""

import logging
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any, ClassVar

import httpx
import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings
from wagtail.contrib.frontend_cache.backends import BaseBackend

from cms.common.site_address import move_default_site
from cms.delivery.caching import purging
from cms.delivery.caching.backends import CloudflareTags, HTTPTags, PurgeFailed, PurgesTags
from cms.delivery.publishing.change import documents_changed
from cms.upstream.wagtail.cache_purging import in_background
from tests.cms.delivery.changing import change
from tests.cms.upstream.originals import original
from tests.worker import work

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

HERE = "tests.cms.delivery.caching.test_purging"


class KnowsTags(BaseBackend):
    """Notes what it is asked to purge."""

    purged: ClassVar[list[str]] = []

    def purge_tags(self, tags: list[str]) -> None:
        self.purged.extend(tags)


class KnowsAddresses(BaseBackend):
    """One of Wagtail's kind."""

    purged: ClassVar[list[str]] = []

    def purge(self, url: str) -> None:
        self.purged.append(url)


class Fails(KnowsTags):
    def purge_tags(self, tags: list[str]) -> None:
        raise PurgeFailed("no")


class Hangs(KnowsAddresses):
    def purge(self, url: str) -> None:
        time.sleep(5)


@pytest.fixture(autouse=True)
def _nothing_purged() -> None:
    KnowsTags.purged.clear()
    KnowsAddresses.purged.clear()


def caches(settings: Settings, *names: str, **options: Any) -> None:
    move_default_site("https://cms.example.org")
    settings.WAGTAILFRONTENDCACHE = {
        name: {"BACKEND": f"{HERE}.{name}"} | options for name in names
    }


def tell(*numbers: int) -> None:
    documents_changed.send(sender=None, changes=[change(number) for number in numbers])


def test_without_a_cache_publishing_pays_nothing(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        purging.purge_changed(changes=[change(1), change(2)])
    assert not DBTaskResult.objects.exists()


def test_each_cache_is_purged_as_it_can(settings: Settings) -> None:
    caches(settings, "KnowsTags", "KnowsAddresses")
    tell(1)
    assert KnowsTags.purged == KnowsAddresses.purged == []
    work()
    assert "list-sv" in KnowsTags.purged
    assert "https://cms.example.org/api/v3/pages/1/" in KnowsAddresses.purged


def test_nothing_is_purged_of_what_is_rolled_back(settings: Settings) -> None:
    caches(settings, "KnowsTags")

    def change_and_fail() -> None:
        with transaction.atomic():
            tell(1)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change_and_fail()
    work()
    assert KnowsTags.purged == []


def test_many_changes_are_several_tasks(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(purging, "AT_ONCE", 2)
    caches(settings, "KnowsTags")
    tell(1, 2, 3)
    assert DBTaskResult.objects.count() == 2
    work()
    assert len([tag for tag in KnowsTags.purged if tag.startswith("document-")]) == 3


def test_another_host_is_not_ours(settings: Settings) -> None:
    caches(settings, "KnowsTags", HOSTNAMES=["other.example.org"])
    tell(1)
    work()
    assert KnowsTags.purged == []


def test_a_cache_that_fails_or_hangs_keeps_no_other_from_it(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(purging, "ADDRESSES_WITHIN", 0.1)
    caches(settings, "Fails", "Hangs", "KnowsTags")
    tell(1)
    with caplog.at_level(logging.ERROR):
        work()
    assert "Purging Fails failed" in caplog.text
    assert "Purging Hangs took more than 0.1 seconds" in caplog.text
    assert KnowsTags.purged
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"


def test_wagtails_own_purging_waits_for_the_worker(settings: Settings) -> None:
    task = original("wagtail.contrib.frontend_cache.tasks:purge_urls_from_cache_task")
    assert in_background(task).backend == "default"
    caches(settings, "KnowsAddresses")
    assert in_background(task).backend == "background"
    in_background(task).enqueue(["https://cms.example.org/sv/"])
    work()
    assert "https://cms.example.org/sv/" in KnowsAddresses.purged


def test_cloudflare(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def post(url: str, **options: Any) -> httpx.Response:
        asked.append((url, options["json"], options["headers"]))
        return httpx.Response(200, json={"success": True})

    monkeypatch.setattr(httpx, "post", post)
    cache = CloudflareTags({"BEARER_TOKEN": "secret", "ZONEID": "zone"})
    assert isinstance(cache, PurgesTags)
    cache.purge_tags([f"t{number}" for number in range(31)])
    address = "https://api.cloudflare.com/client/v4/zones/zone/purge_cache"
    assert [(url, len(content["tags"])) for url, content, _headers in asked] == [
        *[(address, 30), (address, 1)]
    ]
    assert asked[0][2] == {"Authorization": "Bearer secret"}
    old = CloudflareTags({"EMAIL": "a@example.org", "API_KEY": "key", "ZONEID": "zone"})
    old.purge_tags(["t"])
    assert asked[-1][2] == {"X-Auth-Email": "a@example.org", "X-Auth-Key": "key"}


@pytest.mark.parametrize(
    "response", [httpx.Response(403, text="no"), httpx.Response(200, json={"success": False})]
)
def test_cloudflare_refuses(response: httpx.Response, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(httpx, "post", lambda *args, **options: response)
    cache = CloudflareTags({"BEARER_TOKEN": "secret", "ZONEID": "zone"})
    with pytest.raises(PurgeFailed):
        cache.purge_tags(["t"])


def test_varnish() -> None:
    purged: list[str | None] = []

    class Cache(BaseHTTPRequestHandler):
        def do_PURGE(self) -> None:
            purged.append(self.headers["xkey-purge"])
            self.send_response(200 if len(purged) < 3 else 405)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Cache)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        cache = HTTPTags({"LOCATION": f"http://127.0.0.1:{server.server_address[1]}"})
        assert isinstance(cache, PurgesTags)
        cache.purge_tags([f"t{number}" for number in range(51)])
        assert [len((tags or "").split()) for tags in purged] == [50, 1]
        with pytest.raises(PurgeFailed):
            cache.purge_tags(["t"])
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
