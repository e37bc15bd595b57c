"""A file that is kept is made once, however many ask for it at the same time."""

import fcntl
import gzip
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from pytest_django.fixtures import Settings

from cms.common import file_cache
from cms.common.file_cache import kept_compressed
from tests.running.conftest import PROJECT

NAME = "corpus.tmx"
CONTENT = b"one" * 100_000


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path / "exports" / "public"


class Making:
    """Content that counts how often it is made, and waits in the middle until it may go on."""

    def __init__(self) -> None:
        self.number = 0
        self.begun, self.may_go_on = Event(), Event()

    def content(self) -> Iterator[bytes]:
        self.number += 1
        yield CONTENT
        self.begun.set()
        assert self.may_go_on.wait(20)
        yield b"end"


def read(content: Iterator[bytes], state: str = "1") -> bytes:
    return gzip.decompress(b"".join(kept_compressed(NAME, state, content)))


def test_many_at_once_have_it_made_once(folder: Path) -> None:
    making = Making()
    with ThreadPoolExecutor(8) as readers:
        answers = [readers.submit(read, making.content()) for _number in range(8)]
        assert making.begun.wait(20)
        # All of them have asked by now, and none has been given a half.
        time.sleep(3 * file_cache._BETWEEN_LOOKS)
        assert not any(answer.done() for answer in answers)
        making.may_go_on.set()
        assert {answer.result() for answer in answers} == {CONTENT + b"end"}
    assert making.number == 1
    assert len(list(folder.glob(f"{NAME}.*.gz"))) == 1


def test_who_goes_away_leaves_it_to_the_others(folder: Path) -> None:
    making = Making()
    making.may_go_on.set()
    pieces = kept_compressed(NAME, "1", making.content())
    assert next(pieces)
    pieces.close()  # type: ignore[attr-defined]
    assert read(making.content()) == CONTENT + b"end"
    assert making.number == 1


def test_what_fails_is_made_by_the_next(folder: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield CONTENT
        raise RuntimeError("the database is gone")

    with pytest.raises(RuntimeError, match="gone"):
        read(broken())
    assert [path.name for path in folder.iterdir()] == [f".{NAME}.lock"]
    assert read(iter([b"whole"])) == b"whole"


def test_another_state_takes_the_place(folder: Path) -> None:
    assert read(iter([b"one"]), "1") == b"one"
    assert read(iter([b"two"]), "2") == b"two"
    assert len(list(folder.glob(f"{NAME}.*.gz"))) == 1


HOLDING = """
import fcntl, sys, time
lock = open(sys.argv[1], "w")
fcntl.flock(lock, fcntl.LOCK_EX)
print("held", flush=True)
time.sleep(60)
"""


def test_a_process_that_is_killed_holds_up_nobody(folder: Path) -> None:
    folder.mkdir(parents=True)
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(folder / f".{NAME}.lock")],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
    )
    with holder, ThreadPoolExecutor(1) as reader:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        answer = reader.submit(read, iter([b"made"]))
        time.sleep(3 * file_cache._BETWEEN_LOOKS)
        assert not answer.done()
        holder.send_signal(signal.SIGKILL)
        assert answer.result(20) == b"made"


def test_nobody_waits_for_ever_for_one_that_hangs(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_cache, "_PATIENCE", 0.3)
    folder.mkdir(parents=True)
    with (folder / f".{NAME}.lock").open("w") as hanging:
        fcntl.flock(hanging, fcntl.LOCK_EX)
        assert read(iter([b"made"])) == b"made"
