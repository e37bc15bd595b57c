"""Tests that an upload to an object store transfers what has changed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cms.export.mirror.updating import update
from tests.cms.delivery.publishing.small_site import SmallSite, fresh, publish
from tests.cms.export.mirror.looking import addresses
from tests.cms.export.mirror.serving import free_port
from tests.cms.export.mirror.storing import IS_SKIPPED, WHY_SKIPPED, Store, install, store

pytestmark = [
    pytest.mark.any_database,
    pytest.mark.django_db,
    pytest.mark.skipif(IS_SKIPPED, reason=WHY_SKIPPED),
]

OTHER_FILE = "error.html"
"""Not the mirror's, and in its bucket."""


@pytest.fixture(scope="module", autouse=True)
def _installed() -> None:
    install()


@pytest.fixture
def empty_store(tmp_path: Path) -> Iterator[Store]:
    folder = tmp_path / "store"
    folder.mkdir()
    with store(folder) as bucket:
        yield bucket


def written(root: Path) -> dict[str, bytes]:
    """Every file that has an address, by its name in the bucket."""
    files = (
        address.removeprefix("/") + ("index.json" if address.endswith("/") else "")
        for address in addresses(root)
    )
    return {name: (root / name).read_bytes() for name in files}


def mirrored(root: Path) -> dict[str, bytes]:
    """Brings the mirror up to date."""
    update(root, compressed=False)
    return written(root)


def test_a_run_transfers_what_has_changed(
    small_site: SmallSite, root: Path, empty_store: Store, tmp_path: Path
) -> None:
    before = mirrored(root)
    first = empty_store.upload(root)
    assert (first.code, first.copied, first.deleted) == (0, set(before), set()), first.output
    other = tmp_path / OTHER_FILE
    other.write_text("Nothing here")
    empty_store.rclone("copyto", str(other), f"store:api.example.org/{OTHER_FILE}")

    again = empty_store.upload(root)
    assert (again.code, again.copied, again.deleted) == (0, set(), set()), again.output

    key = small_site.contact.translation_key
    in_finnish = f"/api/v3/entries/fi/{key}/"
    assert empty_store.ask(in_finnish).headers["content-language"] == "fi"
    publish(small_site.contact, introduction="<p>Ett nytt stycke</p>")
    small_site.version("contact", "fi").unpublish()
    fresh(small_site.story).unpublish()
    after = mirrored(root)
    changed = {name for name, content in after.items() if before.get(name) != content}
    gone = set(before) - set(after)
    assert gone
    assert 0 < len(changed) < len(after) / 2
    second = empty_store.upload(root)
    assert (second.code, second.copied, second.deleted) == (0, changed, gone), second.output
    assert empty_store.names() == {*after, OTHER_FILE}
    assert empty_store.ask(in_finnish).headers["content-language"] == "sv"


def test_what_is_no_mirror_deletes_nothing(
    small_site: SmallSite, root: Path, empty_store: Store, tmp_path: Path
) -> None:
    written = mirrored(root)
    empty_store.upload(root)
    (tmp_path / "not-mounted").mkdir()
    for folder in (tmp_path / "not-mounted", tmp_path / "nowhere"):
        assert empty_store.upload(folder).code != 0
    assert empty_store.names() == set(written)


def test_a_store_that_is_away_is_said(small_site: SmallSite, root: Path) -> None:
    update(root, compressed=False)
    uploaded = Store(free_port()).upload(root)
    assert uploaded.code != 0
    assert "connection refused" in uploaded.output
