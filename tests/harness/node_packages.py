"""Packages of npm, installed once for each lock file and kept under ``.venv``.

``python -m tests.harness.node_packages`` installs all that the tests use, before anything is
measured.
"""

import fcntl
import hashlib
import shutil
import subprocess
from pathlib import Path
from typing import Final

from tests.harness.recipes import PROJECT

NPM: Final = shutil.which("npm")
NODE: Final = shutil.which("node")
LOCKED: Final = ("package.json", "package-lock.json")
_KEPT: Final = PROJECT / ".venv"
_PLACES: Final = ("site/client", "tests/consumer", "tests/typescript")


def node_is_new_enough() -> bool:
    """Tell whether Node.js is one that the client supports."""
    if NODE is None or NPM is None:
        return False
    version = subprocess.run([NODE, "--version"], capture_output=True, text=True, check=True)
    return int(version.stdout.strip().removeprefix("v").split(".")[0]) >= 20


def node_modules(place: Path) -> Path:
    """Return the installed packages of a folder that has a lock file; nothing may change them.

    Raises:
        AssertionError: npm could not install them.
    """
    checksum = hashlib.sha256(b"".join((place / name).read_bytes() for name in LOCKED))
    folder = _KEPT / f"node-{place.name}-{checksum.hexdigest()[:16]}"
    ready = folder / "ready"
    # Several processes test at one time.
    with (_KEPT / f"node-{place.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not ready.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            for name in LOCKED:
                shutil.copy(place / name, folder)
            done = subprocess.run(
                [str(NPM), "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline"],
                cwd=folder,
                capture_output=True,
                text=True,
                check=False,
                timeout=600,
            )
            assert done.returncode == 0, done.stdout + done.stderr
            ready.touch()
    return folder / "node_modules"


def link_packages(place: Path, folder: Path) -> None:
    """Give a folder the installed packages of another, and room for more beside them."""
    target = folder / "node_modules"
    target.mkdir()
    for package in node_modules(place).iterdir():
        (target / package.name).symlink_to(package)


if __name__ == "__main__":
    if node_is_new_enough():
        for name in _PLACES:
            node_modules(PROJECT / name)
