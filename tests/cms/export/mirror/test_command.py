"""``manage.py mirror``: what it says, and what it refuses."""

import errno
import fcntl
import io
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings
from wagtail.models import Site

from cms.export.mirror.atomic_writes import MirrorRoot
from tests.cms.delivery.publishing.small_site import SmallSite, publish
from tests.cms.export.mirror.looking import assert_exact, look

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]


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
    state.write_text(state.read_text(encoding="utf-8").replace('"format": 2', '"format": 9'))
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


@pytest.mark.parametrize("linked", ["media", "media/images", "api/v3/entries", ".mirror"])
@pytest.mark.parametrize("full", [False, True])
def test_no_link_is_followed_out_of_the_folder(
    small_site: SmallSite, root: Path, tmp_path: Path, linked: str, full: bool
) -> None:
    said(root)
    elsewhere = tmp_path / "elsewhere"
    (root / linked).rename(elsewhere)
    (root / linked).symlink_to(elsewhere)
    (elsewhere / "letter.txt").write_text("Dear grandmother", encoding="utf-8")
    before = {path: path.is_file() and path.read_bytes() for path in elsewhere.rglob("*")}
    publish(small_site.contact, introduction="<p>Ett nytt stycke</p>")
    # A run that has nothing to do there goes on.
    refused = pytest.raises(CommandError, match=r"is a link.*follows none. Take it away")
    with refused if full else suppress(CommandError):
        said(root, full=full)
    assert {path: path.is_file() and path.read_bytes() for path in elsewhere.rglob("*")} == before
    (root / linked).unlink()
    if linked == ".mirror":
        elsewhere.rename(root / linked)
    said(root, full=True)
    assert_exact(root)


def test_a_link_below_the_media_that_nothing_shows_is_taken_away_alone(
    small_site: SmallSite, root: Path, tmp_path: Path
) -> None:
    said(root)
    for name, files in {"full": 1, "empty": 0}.items():
        (tmp_path / name).mkdir()
        for number in range(files):
            (tmp_path / name / f"{number}.txt").touch()
        (root / "media" / name).symlink_to(tmp_path / name)
    said(root, full=True)
    assert not (root / "media" / "full").is_symlink()
    assert (tmp_path / "full" / "0.txt").exists()
    assert (tmp_path / "empty").exists()


@pytest.mark.parametrize("is_linked", [True, False])
def test_a_file_of_the_same_name_and_length_is_brought(
    small_site: SmallSite, root: Path, monkeypatch: pytest.MonkeyPatch, is_linked: bool
) -> None:
    def refuse(*paths: Any) -> None:
        raise OSError(errno.EXDEV, "another disk")

    if not is_linked:
        monkeypatch.setattr(os, "link", refuse)
    said(root)
    file = Path(small_site.file.file.path)
    former = file.read_bytes()
    beside = file.with_name("beside")
    beside.write_bytes(former[::-1])
    beside.replace(file)
    try:
        said(root, full=True)
        name = small_site.file.url.lstrip("/")
        assert (root / name).read_bytes() == former[::-1] != former
        assert "nothing has changed" in said(root, full=True)
    finally:
        file.write_bytes(former)
