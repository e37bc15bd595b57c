"""An environment for the generators, which want other versions of what the project uses.

It is made once for what ``requirements.txt`` says; ``python -m tests.foreign_clients.environment``
makes it before anything is measured.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path
from typing import Final

from tests.harness.recipes import PROJECT

_REQUIREMENTS: Final = Path(__file__).parent / "requirements.txt"


def _folder() -> Path:
    checksum = hashlib.sha256(_REQUIREMENTS.read_bytes()).hexdigest()[:16]
    return PROJECT / ".venv" / f"generators-{checksum}"


def run(*command: str | Path, folder: Path) -> str:
    """Return the output of a command, which must succeed; it finds what is installed there."""
    path = f"{_folder() / 'bin'}:{os.environ['PATH']}"
    done = subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
        env=os.environ | {"PATH": path, "PYTHONPATH": ""},
    )
    assert done.returncode == 0, f"{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout


def installed() -> Path:
    """Return the folder of the generators' programs, which are installed there if they are not."""
    folder = _folder()
    ready = folder / "ready"
    with folder.with_name("generators.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not ready.exists():
            venv.create(folder, clear=True, with_pip=False)
            pip = (sys.executable, "-m", "pip", "--python", folder / "bin" / "python", "install")
            quietly = ("--quiet", "--disable-pip-version-check", "--no-compile")
            locked = ("--require-hashes", "--requirement", _REQUIREMENTS)
            run(*pip, *quietly, *locked, folder=_REQUIREMENTS.parent)
            ready.touch()
    return folder / "bin"


if __name__ == "__main__":
    installed()
