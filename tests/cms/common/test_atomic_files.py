"""Tests that a file stands in its place when it is whole, and not before."""

from pathlib import Path

import pytest

from cms.common.atomic_files import replaced_file, replaced_folder


def test_a_file_is_there_when_it_is_whole(tmp_path: Path) -> None:
    place = tmp_path / "below" / "file.txt"
    with replaced_file(place) as beside:
        beside.write_text("new", encoding="utf-8")
        assert not place.exists()
    assert place.read_text(encoding="utf-8") == "new"
    assert [path.name for path in place.parent.iterdir()] == ["file.txt"]
    assert place.stat().st_mode & 0o444 == 0o444


def test_a_file_that_fails_leaves_the_old_one(tmp_path: Path) -> None:
    place = tmp_path / "file.txt"
    place.write_text("old", encoding="utf-8")

    def write_half() -> None:
        with replaced_file(place) as beside:
            beside.write_text("half", encoding="utf-8")
            raise OSError("full")

    with pytest.raises(OSError, match="full"):
        write_half()
    assert place.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [place]


def test_a_file_may_wait_in_another_folder(tmp_path: Path) -> None:
    waiting, place = tmp_path / "new", tmp_path / "there" / "file.txt"
    waiting.mkdir()
    with replaced_file(place, beside_in=waiting, durable=False) as beside:
        assert beside.parent == waiting
        beside.write_text("new", encoding="utf-8")
        assert list(place.parent.iterdir()) == []
    assert place.read_text(encoding="utf-8") == "new"
    assert list(waiting.iterdir()) == []


def test_a_folder_is_replaced_whole(tmp_path: Path) -> None:
    place = tmp_path / "folder"
    for content in ("old", "new"):
        with replaced_folder(place) as beside:
            (beside / f"{content}.txt").write_text(content, encoding="utf-8")
    assert [path.name for path in place.iterdir()] == ["new.txt"]
    assert list(tmp_path.iterdir()) == [place]


def test_a_folder_that_fails_leaves_the_old_one(tmp_path: Path) -> None:
    place = tmp_path / "folder"
    place.mkdir()
    (place / "old.txt").touch()

    def write_half() -> None:
        with replaced_folder(place) as beside:
            (beside / "half.txt").touch()
            raise OSError("full")

    with pytest.raises(OSError, match="full"):
        write_half()
    assert [path.name for path in place.iterdir()] == ["old.txt"]
    assert list(tmp_path.iterdir()) == [place]
