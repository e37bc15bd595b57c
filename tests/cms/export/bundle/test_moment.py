"""A bundle is as everything stood when it began, whatever is published while it is written."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cms.delivery.publishing.editing_program import PAGES
from tests.harness.databases import Databases
from tests.harness.recipes import EMPTY, PROJECT

pytestmark = pytest.mark.one_database("sqlite")


def test_what_is_published_meanwhile_comes_with_the_next(
    databases: Databases, tmp_path: Path
) -> None:
    def run(module: str, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=PROJECT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3_000:]
        return done.stdout

    with databases.copied(EMPTY, tmp_path / "data") as database_url:
        environment = os.environ | {
            "DATA_DIR": str(tmp_path / "data"),
            "DATABASE_URL": database_url,
            "CACHE_URL": "",
            "DJANGO_SETTINGS_MODULE": "cms.settings.development",
        }
        run("tests.cms.delivery.publishing.editing_program", "start")
        said = run("tests.cms.export.bundle.moment_program", "write", str(tmp_path))
    found = json.loads(said.strip().splitlines()[-1])
    assert found["base"] == {"faults": [], "new": 0, "new in source": 0}
    assert found["since"]["faults"] == []
    assert found["since"]["new"] >= PAGES
    assert found["since"]["new in source"] >= PAGES
