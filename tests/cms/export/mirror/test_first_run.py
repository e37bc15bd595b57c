"""The first run into an empty folder looks for nothing, and leaves what any other would."""

import errno
import gc
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from cms.delivery.publishing.backlog import render_backlog
from cms.export.mirror.atomic_writes import MirrorRoot
from cms.export.mirror.layout import ENTRIES, PAGES
from cms.export.mirror.updating import update
from cms.languages.registry import LANGUAGES
from tests.cms.delivery.publishing.small_site import SmallSite, fresh
from tests.cms.export.mirror.looking import assert_exact, look, stored

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]


@pytest.mark.parametrize("compressed", [True, False])
def test_looking_at_everything_finds_nothing_to_do(
    small_site: SmallSite, root: Path, compressed: bool
) -> None:
    first = update(root, compressed=compressed)
    assert first.written == first.documents
    assert first.media
    before, files = look(root), stored(root)
    again = update(root, full=True)
    assert (again.written, again.removed, again.media) == (0, 0, 0)
    assert (look(root), stored(root)) == (before, files)
    assert_exact(root)


def test_pages_are_linked_after_their_entries(
    small_site: SmallSite, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page's link never leads to what stands for it in another language."""
    link, folders = MirrorRoot.link_all, []

    def noted(place: MirrorRoot, folder: str, targets: Iterable[tuple[str, str]]) -> None:
        folders.append(folder)
        link(place, folder, targets)

    monkeypatch.setattr(MirrorRoot, "link_all", noted)
    update(root)
    entries = [number for number, folder in enumerate(folders) if folder.startswith(ENTRIES)]
    assert len(entries) == len(LANGUAGES)
    assert folders.index(PAGES) > max(entries)


def test_the_program_is_left_alone_for_the_run_only(small_site: SmallSite, root: Path) -> None:
    def update_noting(folder: Path) -> list[int]:
        seen: list[int] = []
        update(folder, advance=lambda _done, _total: seen.append(gc.get_freeze_count()))
        return seen

    # Tests have their objects frozen from the start.
    frozen = gc.get_freeze_count()
    assert min(update_noting(root / "one")) > 0
    assert gc.get_freeze_count() == frozen
    gc.unfreeze()
    try:
        assert min(update_noting(root / "two")) > 0
        assert gc.get_freeze_count() == 0
    finally:
        gc.freeze()


@pytest.mark.parametrize("compressed", [True, False])
@pytest.mark.parametrize("writing", [1, 2, 3, 20])
def test_half_a_document_has_no_address_and_is_mended(
    small_site: SmallSite,
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    compressed: bool,
    writing: int,
) -> None:
    write, done = MirrorRoot._write, 0

    def fail(place: MirrorRoot, path: str, content: bytes) -> None:
        nonlocal done
        done += 1
        if done == writing:
            write(place, path, content[: len(content) // 2])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)
        write(place, path, content)

    with monkeypatch.context() as failing:
        failing.setattr(MirrorRoot, "_write", fail)
        with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
            update(root, compressed=compressed)
    documents = {name for name in stored(root) if name.startswith("d/")}
    assert documents
    assert "api/v3/languages/index.json" not in look(root)
    assert_whole(root, compressed=compressed)
    update(root, compressed=compressed)
    assert_exact(root)
    anew = root.with_name("anew")
    update(anew, compressed=compressed)
    assert look(root) == look(anew)
    assert stored(root) == stored(anew)


def assert_whole(root: Path, *, compressed: bool) -> None:
    """Every address of a document leads to all of its files, and none of them is empty."""
    for link in [*root.glob("api/v3/pages/*"), *root.glob("api/v3/entries/*/*")]:
        sizes = {path.name: path.stat().st_size for path in link.iterdir()}
        assert len(sizes) == (3 if compressed else 1)
        assert all(sizes.values())


def test_a_mirror_that_lost_its_state_is_not_taken_for_a_new_one(
    small_site: SmallSite, root: Path
) -> None:
    update(root)
    address = f"api/v3/pages/{small_site.contact.pk}/index.json"
    assert address in look(root)
    fresh(small_site.contact).unpublish()
    render_backlog()
    (root / ".mirror/state.json").unlink()
    update(root)
    assert address not in look(root)
    assert_exact(root)


@pytest.mark.parametrize("name", ["index.json", "index.json.gz", "index.json.br"])
@pytest.mark.parametrize("lost", ["name", "content"])
def test_a_file_that_was_lost_is_mended(
    small_site: SmallSite, root: Path, name: str, lost: str
) -> None:
    update(root)
    before: dict[str, Any] = look(root)
    path = next((root / "api/v3/entries/sv").iterdir()) / name
    if lost == "name":
        path.unlink()
    else:
        path.write_bytes(b"")
    assert look(root) != before
    assert update(root, full=True).written == 1
    assert look(root) == before
