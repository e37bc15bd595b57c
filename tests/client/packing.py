"""Packs the client as npm would publish it."""

import fcntl
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from tests.harness.node_packages import NPM, link_packages
from tests.harness.recipes import PROJECT

CLIENT: Final = PROJECT / "site" / "client"


def run(folder: Path, *command: str, **environment: str) -> str:
    """Run a command in a folder and return what it prints.

    Raises:
        AssertionError: it failed.
    """
    done = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def readme() -> str:
    """The client's README."""
    return (CLIENT / "README.md").read_text(encoding="utf-8")


def tour() -> str:
    """The program that the blocks of the client's README make."""
    blocks = readme().split("```ts\n")[1:]
    return "\n".join(block.split("```")[0] for block in blocks)


def copy_sources(source: Path, target: Path) -> None:
    """Copy a package without what is made of it, since tests that run beside this make the same."""
    made = shutil.ignore_patterns("node_modules", "dist", "build", "_site", ".state")
    shutil.copytree(source, target, ignore=made)


def _build(folder: Path) -> Path:
    client = folder / "site" / "client"
    copy_sources(CLIENT, client)
    # The build reads the kept openapi.json from there.
    (folder / "tests").symlink_to(PROJECT / "tests")
    link_packages(CLIENT, client)
    run(client, str(NPM), "run", "build")
    packed = json.loads(run(client, str(NPM), "pack", "--json", "--silent"))
    return client / str(packed[0]["filename"])


@dataclass(frozen=True)
class PackedClient:
    """The client, built and packed.

    Attributes:
        folder: where it was built, with the tools that build it.
        package: what npm would publish.
    """

    folder: Path
    package: Path

    def tool(self, name: str) -> str:
        """The path of a tool that builds it."""
        return str(self.folder / "node_modules" / ".bin" / name)


def unpack(client: PackedClient, folder: Path) -> None:
    """Put the client into a folder as npm does."""
    with tarfile.open(client.package) as packed, tempfile.TemporaryDirectory() as beside:
        packed.extractall(beside, filter="data")
        shutil.move(Path(beside) / "package", folder)


@pytest.fixture(scope="session")
def packed_client(tmp_path_factory: pytest.TempPathFactory) -> PackedClient:
    """The client, packed once for all processes that test."""
    root = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        root = root.parent
    built = root / "packed-client"
    with (root / "packed-client.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (built / "done").exists():
            shutil.rmtree(built, ignore_errors=True)
            built.mkdir()
            (built / "done").write_text(str(_build(built)), encoding="utf-8")
    package = Path((built / "done").read_text(encoding="utf-8"))
    return PackedClient(package.parent, package)
