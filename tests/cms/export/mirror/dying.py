"""Runs that are killed; ``python -m`` with an empty folder, in a process of its own.

Each run is a child that kills itself right before one of its changes to the file system, so that no
``finally`` tidies up; then every address is looked at, and the next run goes on from there.
"""

import gzip
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from tests.harness.sampling import amount

CHANGES: Final = frozenset(
    {"open", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.symlink"}
)
KILLS: Final = amount(4, 25)
"""In each part, spread over all of a run's changes."""


def in_child(act: Callable[[], None]) -> bool:
    """Tells whether it came to its end; it has a connection to the database of its own."""
    from django.db import connections

    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            act()
        except BaseException:  # noqa: BLE001 - a child ends here, whatever it is
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    assert not os.WIFEXITED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFEXITED(status)


def run(root: Path, dies_at: int | None = None, count: Path | None = None) -> None:
    """One run, which dies before a change to the file system, or counts them."""
    from cms.export.mirror.updating import update

    done = 0

    def watch(event: str, arguments: Any) -> None:
        nonlocal done
        if event in CHANGES and str(root) in str(arguments):
            done += 1
            if done == dies_at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    update(root)
    if count is not None:
        count.write_text(str(done), encoding="ascii")


def whole(root: Path) -> dict[str, str]:
    """The digest-like name at each address; every file that has an address is whole."""
    found = {}
    for link in [*root.glob("api/v3/pages/*"), *root.glob("api/v3/entries/*/*")]:
        body = (link / "index.json").read_bytes()
        document = json.loads(body)
        assert gzip.decompress((link / "index.json.gz").read_bytes()) == body, link
        assert (link / "index.json.br").stat().st_size
        if link.parent.name == "pages":
            assert str(document["id"]) == link.name
        else:
            assert document["key"] == link.name
        found[str(link.relative_to(root))] = link.readlink().name
    export = root / "api/v3/export/all.ndjson"
    if export.exists():
        lines = export.read_bytes().splitlines()
        counted = sum(each["documents"] for each in json.loads(lines[0])["languages"])
        assert len(lines) == counted + 1
        packed = export.with_name("all.ndjson.gz").read_bytes()
        assert gzip.decompress(packed) == export.read_bytes()
    return found


def die_and_go_on(root: Path, changes: int) -> None:
    """Runs that die at later and later points, then one that does not."""
    for kill in range(KILLS):
        # A new run before it is tidy: it begins where the last one died.
        died = not in_child(lambda at=1 + kill * changes // KILLS: run(root, at))  # type: ignore[misc]
        whole(root)
        assert died or kill
    assert in_child(lambda: run(root))


def compare(root: Path, folder: Path, name: str) -> int:
    """Compares the folder with a mirror that nobody killed; returns how many changes that took."""
    anew = folder / name
    assert in_child(lambda: run(anew, count=folder / "count"))
    assert whole(root) == whole(anew)
    assert _stored(root) == _stored(anew)
    return int((folder / "count").read_text(encoding="ascii"))


def _stored(root: Path) -> set[str]:
    inner = root / ".mirror"
    return {str(path.relative_to(inner)) for path in inner.rglob("*") if path.is_file()}


def change_content() -> None:
    """A text is another, a page is gone, a fallback stands in."""
    from wagtail.models import Page

    from cms.delivery.publishing.backlog import render_backlog
    from home.models import ContentPage

    contact: Any = ContentPage.objects.get(slug="kontakt", locale__language_code="sv")
    contact.introduction = "<p>Ett nytt stycke</p>"
    contact.save_revision().publish()
    contact.get_translations().filter(locale__language_code="en").first().unpublish()
    Page.objects.get(slug="scenen").specific.delete()
    render_backlog()


def main(folder: Path) -> None:
    """The first run, then one after changes."""
    import django

    django.setup()
    root = folder / "mirror"
    changes = compare(root.with_name("first"), folder, "first")
    die_and_go_on(root, changes)
    compare(root, folder, "second")
    before = whole(root)
    change_content()
    die_and_go_on(root, 60)
    compare(root, folder, "third")
    assert whole(root) != before
    print("whole")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
