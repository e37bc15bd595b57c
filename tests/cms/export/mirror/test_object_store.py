"""Tests that an object store with the uploads of docs/mirror.md answers as the site does."""

import mimetypes
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client

from cms.export.mirror.updating import update
from tests.cms.export.mirror.comparing import site_answers, without_time
from tests.cms.export.mirror.looking import addresses
from tests.cms.export.mirror.storing import (
    FOLDER,
    IS_SKIPPED,
    WHY_SKIPPED,
    Store,
    install,
    store,
)
from tests.factories.site import ExampleSite

pytestmark = [
    pytest.mark.any_database,
    pytest.mark.django_db,
    pytest.mark.skipif(IS_SKIPPED, reason=WHY_SKIPPED),
]


@pytest.fixture(scope="module", autouse=True)
def _installed() -> None:
    install()


@pytest.fixture(scope="module")
def mirror(module_site: ExampleSite, tmp_path_factory: pytest.TempPathFactory) -> Path:
    cache.clear()
    root = tmp_path_factory.mktemp("uploaded") / "mirror"
    update(root, compressed=False)
    return root


@pytest.fixture(scope="module")
def filled(
    _installed: None, mirror: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    with store(tmp_path_factory.mktemp("store")) as bucket:
        uploaded = bucket.upload(mirror)
        assert uploaded.code == 0, uploaded.output
        yield bucket


def test_every_address_answers_as_the_site_does(
    mirror: Path, filled: Store, visitor: Client
) -> None:
    asked = [address for address in addresses(mirror) if address.startswith("/api/")]
    languages = set()
    for address in asked:
        ours, theirs = filled.ask(address), site_answers(visitor, address)
        assert ours.status == theirs.status == 200, address
        assert without_time(address, ours) == without_time(address, theirs), address
        for name in ("content-type", "content-language", "cache-control"):
            assert ours.headers.get(name) == theirs.headers.get(name), (address, name)
        languages.add(ours.headers.get("content-language"))
    assert len(asked) > 100
    assert {"sv", "en", "fi", "mul", None} <= languages


def test_images_and_files(mirror: Path, filled: Store, visitor: Client) -> None:
    asked = [address for address in addresses(mirror) if not address.startswith("/api/")]
    assert any(address.startswith("/media/") for address in asked)
    assert any(address.startswith("/documents/") for address in asked)
    for address in asked:
        ours = filled.ask(address)
        assert ours.body == (mirror / address.removeprefix("/")).read_bytes()
        if address.startswith("/media/"):
            assert ours.headers["content-type"] == mimetypes.guess_type(address)[0]
        else:
            theirs = site_answers(visitor, address)
            assert ours.headers["content-type"] == theirs.headers["content-type"]
            disposition = theirs.headers["content-disposition"]
            is_shown = disposition.startswith("inline")
            assert ours.headers.get("content-disposition") == (None if is_shown else "attachment")


def test_what_the_documentation_says_of_stores(mirror: Path, filled: Store) -> None:
    address = next(each for each in addresses(mirror) if "/entries/" in each)
    answer = filled.ask(address, Origin="https://other.example")
    assert answer.headers["access-control-allow-origin"] == "*"
    again = filled.ask(address, If_None_Match=answer.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert filled.ask(f"{address}?fallback=false").body == answer.body
    assert filled.ask("/api/v3/pages/999999/").status == 404


def test_lock_file_records_no_download_addresses() -> None:
    assert "resolved" not in (FOLDER / "package-lock.json").read_text(encoding="utf-8")
