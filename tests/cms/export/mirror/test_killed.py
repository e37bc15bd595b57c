"""A run that is killed leaves every file whole, and the next one makes up for it."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.cms.delivery.publishing.small_site import SmallSite

PROJECT = Path(__file__).resolve().parents[4]

pytestmark = pytest.mark.django_db


@pytest.mark.skipif(connection.vendor != "sqlite", reason="of files alone; the database is copied")
def test_killed_runs(small_site: SmallSite, tmp_path: Path) -> None:
    raw: Any = connection.connection
    (tmp_path / "copy.sqlite3").write_bytes(raw.serialize())
    environment = os.environ | {
        "DATA_DIR": str(tmp_path / "data"),
        "DATABASE_URL": f"sqlite:///{tmp_path}/copy.sqlite3",
        "ALLOWED_HOSTS": "127.0.0.1,testserver",
    }
    result = subprocess.run(
        [sys.executable, "-m", "tests.cms.export.mirror.dying", str(tmp_path)],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=150,
    )
    assert result.stdout == "whole\n", result.stderr
