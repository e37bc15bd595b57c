"""A site that runs, with its demo content."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.harness.databases import Databases
from tests.running.serving import PROJECT, serving_command, wait_for

__all__ = ["PROJECT"]


@dataclass(frozen=True)
class RunningSite:
    """A site that answers.

    Attributes:
        password: of its demo users.
        environment: what its processes are started with.
    """

    url: str
    password: str
    environment: dict[str, str]


@pytest.fixture(scope="session")
def prepared_demo(
    databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningSite]:
    """A site that ``make run`` prepares, in a folder of its own; nothing runs yet."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    password = "a-password-for-the-tests"
    data = tmp_path_factory.mktemp("prepared")
    with databases.copied("demo", data) as database_url:
        environment = os.environ | {
            "DATA_DIR": str(data),
            "DATABASE_URL": database_url,
            "CACHE_URL": "",
            "DEMO_PASSWORD": password,
            "DJANGO_SETTINGS_MODULE": "cms.settings.development",
            "HOST": "127.0.0.1",
            "PORT": port,
            # The other sites of the tests are on this machine.
            "WEBHOOKS_ALLOW_PRIVATE_ADDRESSES": "true",
        }
        subprocess.run(
            [sys.executable, "manage.py", "prepare_demo"], cwd=PROJECT, env=environment, check=True
        )
        yield RunningSite(f"http://127.0.0.1:{port}", password, environment)


@pytest.fixture(scope="module")
def running_site(
    prepared_demo: RunningSite, databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningSite]:
    """A site that ``make run`` starts; each module has it as it was prepared."""
    before = prepared_demo.environment
    data = tmp_path_factory.mktemp("running") / "data"
    with databases.copied_again(before["DATABASE_URL"], Path(before["DATA_DIR"]), data) as copy:
        environment = before | {"DATA_DIR": str(data), "DATABASE_URL": copy}
        port = environment["PORT"]
        server = subprocess.Popen(
            serving_command(int(port), "--workers", "1"),
            cwd=PROJECT,
            env=environment,
        )
        try:
            wait_for(f"{prepared_demo.url}/api/v3/languages/", server)
            yield replace(prepared_demo, environment=environment)
        finally:
            server.terminate()
            server.wait(timeout=20)


@pytest.fixture(scope="module")
def worker(running_site: RunningSite) -> Iterator[None]:
    """The worker beside the site, which sends webhooks; it looks for work more often than usual."""
    process = subprocess.Popen(
        [
            *[sys.executable, "manage.py", "db_worker", "--backend", "background"],
            *["--interval", "0.1", "--verbosity", "0"],
        ],
        cwd=PROJECT,
        env=running_site.environment,
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)
