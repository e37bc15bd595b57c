"""Serves the site as ``make run`` does."""

import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Final

PROJECT: Final = Path(__file__).resolve().parents[2]
STARTS_WITHIN: Final = 60
"""Seconds until a server must answer."""


def serving_command(port: int, *more: str) -> list[str]:
    """The command with which the Makefile starts Granian; ``more`` stands above what it says."""
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8").replace("\\\n", " ")
    found = re.search(r"\$\(BIN\)/granian (.+) (cms\.wsgi:application)$", makefile, re.MULTILINE)
    assert found is not None
    options = [
        option.strip('"').replace("$(HOST)", "127.0.0.1").replace("$(PORT)", str(port))
        for option in found[1].split()
    ]
    return [str(Path(sys.executable).parent / "granian"), *options, *more, found[2]]


def wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    """Wait until a server answers.

    Raises:
        RuntimeError: it ended instead.
        TimeoutError: it does not answer.
    """
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise RuntimeError(f"The server ended with {server.returncode} before it answered.")
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(f"{url} did not answer within {STARTS_WITHIN} seconds.")
