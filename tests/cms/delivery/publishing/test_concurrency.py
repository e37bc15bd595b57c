"""Many publish at one time, or are killed while they do: what is stored is what is live."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.harness.databases import Databases
from tests.harness.recipes import EMPTY, PROJECT
from tests.harness.sampling import amount

SECONDS = amount(4, 60)
KILLS = amount(2, 25)
PROGRAM = [sys.executable, "-m", "tests.cms.delivery.publishing.editing_program"]


@pytest.fixture
def environment(databases: Databases, tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a program with an empty database of its own."""
    with databases.copied(EMPTY, tmp_path) as database_url:
        yield os.environ | {
            "DATA_DIR": str(tmp_path),
            "DATABASE_URL": database_url,
            "CACHE_URL": "",
            "DJANGO_SETTINGS_MODULE": "cms.settings.development",
        }


def run(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [*PROGRAM, *arguments],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3_000:]
    return done.stdout


@pytest.mark.skipif(
    not os.environ.get("DATABASE_URL", "").startswith("postgres"),
    reason="On SQLite a writer has the database to itself; see the run on PostgreSQL.",
)
def test_readers_hold_what_is_live_at_every_number(environment: dict[str, str]) -> None:
    said = run(environment, "trial", str(SECONDS))
    counts = json.loads(said.strip().splitlines()[-1])
    assert {"publish", "unpublish", "move", "replace", "read", "read a little"} <= set(counts)
    assert counts["publish"] > SECONDS


@pytest.mark.one_database("postgresql")
def test_a_process_that_is_killed_leaves_nothing_half_done(environment: dict[str, str]) -> None:
    run(environment, "start")
    chance = random.Random(7)
    for _kill in range(KILLS):
        editor = subprocess.Popen(
            [*PROGRAM, "work"], cwd=PROJECT, env=environment, stdout=subprocess.PIPE, text=True
        )
        assert editor.stdout is not None
        assert editor.stdout.readline() == "ready\n"
        time.sleep(0.3 + chance.random())
        editor.send_signal(signal.SIGKILL)
        assert editor.wait(timeout=20) == -signal.SIGKILL
        editor.stdout.close()
    run(environment, "check")
