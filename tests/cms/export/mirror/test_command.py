"""``manage.py mirror``: what it says, and what it refuses."""

import errno
import fcntl
import io
import os
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings
from wagtail.models import Site

from cms.export.mirror.atomic_writes import MirrorRoot
from tests.cms.delivery.publishing.small_site import SmallSite, publish
from tests.cms.export.mirror.looking import assert_exact, look

pytestmark = pytest.mark.django_db


def said(*arguments: Any, **options: Any) -> str:
    out = io.StringIO()
    call_command("mirror", *arguments, stdout=out, **options)
    return out.getvalue()


def test_what_it_says(small_site: SmallSite, root: Path) -> None:
    assert said(root).startswith(
        f"Mirror of 19 documents at {root}: 19 written, 0 addresses removed"
    )
    assert "nothing has changed" in said(root)
    assert said(root, quiet=True) == ""


def test_the_folder_of_the_settings(small_site: SmallSite, root: Path, settings: Settings) -> None:
    with pytest.raises(CommandError, match="MIRROR_DIR"):
        said()
    settings.MIRROR_DIR = root
    assert "19 written" in said()


def test_a_folder_with_something_else_is_refused(small_site: SmallSite, root: Path) -> None:
    root.mkdir()
    (root / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(CommandError, match="is not empty and is no mirror"):
        said(root)
    assert [path.name for path in root.iterdir()] == ["thesis.txt"]


def test_a_file_is_refused(small_site: SmallSite, root: Path) -> None:
    root.touch()
    with pytest.raises(CommandError, match="is a file"):
        said(root)


def test_an_empty_folder_is_taken(small_site: SmallSite, root: Path) -> None:
    root.mkdir()
    said(root)
    assert_exact(root)


def test_a_mirror_of_a_newer_program_is_left_alone(small_site: SmallSite, root: Path) -> None:
    said(root)
    state = root / ".mirror/state.json"
    state.write_text(state.read_text(encoding="utf-8").replace('"format": 1', '"format": 9'))
    before = look(root)
    with pytest.raises(CommandError, match="newer program"):
        said(root)
    assert look(root) == before


def test_one_run_at_a_time(small_site: SmallSite, root: Path) -> None:
    said(root)
    with (root / ".mirror/lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(CommandError, match="Another run is writing") as refused:
            said(root)
    assert refused.value.returncode == 2
    assert "nothing has changed" in said(root)


@pytest.mark.parametrize(
    ("number", "remedy"),
    [(errno.ENOSPC, "Make room"), (errno.EACCES, "Let the user"), (errno.EIO, "Run it again")],
)
def test_a_disk_that_fails(
    small_site: SmallSite,
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    remedy: str,
) -> None:
    said(root)
    publish(small_site.contact, title="Skriv till oss")
    before = look(root)

    def fail(place: MirrorRoot, path: str, content: bytes) -> None:
        raise OSError(number, os.strerror(number), path)

    with monkeypatch.context() as failing:
        failing.setattr(MirrorRoot, "_write", fail)
        with pytest.raises(CommandError, match=remedy) as refused:
            said(root)
    assert os.strerror(number) in str(refused.value)
    assert look(root) == before
    said(root)
    assert_exact(root)


def test_a_file_system_without_links(
    small_site: SmallSite, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(text: str, path: str) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM), path)

    monkeypatch.setattr(os, "symlink", refuse)
    with pytest.raises(CommandError, match="has no symbolic links"):
        said(root)


def test_a_site_that_does_not_answer(small_site: SmallSite, root: Path) -> None:
    Site.objects.update(hostname="elsewhere.example.org", port=443)
    with pytest.raises(CommandError, match="ALLOWED_HOSTS"):
        said(root)


def test_a_lost_image_keeps_nothing_from_leaving(
    small_site: SmallSite, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = small_site.file.file.name
    storage = small_site.file.file.storage
    with storage.open(name) as file:
        content = file.read()
    storage.delete(name)
    try:
        said(root)
    finally:
        storage.save(name, io.BytesIO(content))
    assert f"{name}: this file is missing" in capsys.readouterr().err
    assert_exact(root)
