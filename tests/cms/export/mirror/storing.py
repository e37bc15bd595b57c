"""A stand-in for an object store, and what docs/mirror.md uploads to it."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.cms.export.mirror.serving import (
    DOCUMENTATION,
    Served,
    Server,
    free_port,
    wait_for,
)

FOLDER: Final = Path(__file__).parent / "store"
BUCKET: Final = "api.example.org"
RCLONE: Final = shutil.which("rclone")
NPM: Final = shutil.which("npm")
# Where a change is judged, a test that does not run must not pass for one that did.
IS_SKIPPED: Final = None in (RCLONE, NPM) and not os.environ.get("CI")
WHY_SKIPPED: Final = "rclone or npm is not installed; .ci/run installs them"


@dataclass(frozen=True)
class Uploaded:
    """The uploads of one run; files by their names in the bucket."""

    code: int
    copied: set[str]
    deleted: set[str]
    output: str


@dataclass(frozen=True)
class Store:
    """A bucket that anybody may read, whose index document is ``index.json``."""

    port: int

    def ask(self, address: str, **headers: str) -> Served:
        """A reader's answer at an address of the site."""
        return Server(self.port).ask(f"/{BUCKET}{address}", **headers)

    def rclone(self, *arguments: str) -> str:
        """Runs rclone and returns what it says.

        Raises:
            CalledProcessError: it could not.
        """
        assert RCLONE
        return subprocess.run(
            [RCLONE, *arguments],
            env=self._environment(),
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        ).stdout

    def names(self) -> set[str]:
        """The names in the bucket."""
        return set(self.rclone("lsf", "-R", "--files-only", "--fast-list", _remote()).splitlines())

    def upload(self, mirror: Path) -> Uploaded:
        """Runs the text of the documentation."""
        done = subprocess.run(
            ["sh", "-c", script(mirror)],
            env=self._environment() | {"RCLONE_VERBOSE": "1", "RCLONE_STATS": "0"},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        said = re.findall(r"INFO  : (.+): (Copied|Deleted)", done.stderr)
        return Uploaded(
            done.returncode,
            {name for name, what in said if what == "Copied"},
            {name for name, what in said if what == "Deleted"},
            done.stdout + done.stderr,
        )

    def _environment(self) -> dict[str, str]:
        """The variables that name the remote; none that this machine has for a real store."""
        inherited = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("AWS_", "RCLONE_"))
        }
        remote = {
            "type": "s3",
            "provider": "Other",
            "endpoint": f"http://127.0.0.1:{self.port}",
            "access_key_id": "S3RVER",
            "secret_access_key": "S3RVER",
            "no_check_bucket": "true",
        }
        return (
            inherited
            | {f"RCLONE_CONFIG_STORE_{name.upper()}": value for name, value in remote.items()}
            | {"RCLONE_CONFIG": os.devnull, "RCLONE_RETRIES": "1", "RCLONE_LOW_LEVEL_RETRIES": "1"}
        )


def _remote() -> str:
    return f"store:{BUCKET}"


def script(mirror: Path) -> str:
    """The text of the documentation, for this folder."""
    text = re.search(r"```sh\n(#!/bin/sh\n.+?)```", DOCUMENTATION.read_text("utf-8"), re.DOTALL)
    assert text
    assert _remote() in text[1]
    return text[1].replace("/srv/mirror", str(mirror))


def install() -> None:
    """Has npm fetch the stand-in, in the versions that are locked."""
    assert NPM, WHY_SKIPPED
    installed = subprocess.run(
        [NPM, "ci", "--no-audit", "--no-fund"],
        cwd=FOLDER,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert installed.returncode == 0, installed.stderr


@contextmanager
def store(folder: Path) -> Iterator[Store]:
    """An empty bucket, whose files are in a folder while it lasts."""
    port = free_port()
    said = folder / "said"
    command = [f"{FOLDER}/node_modules/.bin/s3rver", "--silent", "--no-vhost-buckets"]
    command += ["-a", "127.0.0.1", "-p", str(port), "-d", str(folder)]
    command += ["--configure-bucket", BUCKET, f"{FOLDER}/website.xml", f"{FOLDER}/cors.xml"]
    with said.open("wb") as output:
        server = subprocess.Popen(command, stdout=output, stderr=output)
    try:
        wait_for(port, server, said)
        yield Store(port)
    finally:
        server.terminate()
        server.wait(timeout=20)
