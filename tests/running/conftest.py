"""A site that runs, with its demo content."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
import pytest

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


@contextmanager
def own_database(name: str) -> Iterator[str]:
    """The address of an empty database on the server under test; empty for SQLite's default."""
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        yield ""
        return
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    try:
        yield urlunsplit(urlsplit(server)._replace(path=f"/{quote(name)}"))
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="module")
def running_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    """A site that ``make run`` prepares and starts, in a folder of its own."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    password = "a-password-for-the-tests"
    with own_database(f"running_{port}") as database_url:
        environment = os.environ | {
            "DATA_DIR": str(tmp_path_factory.mktemp("running")),
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
        server = subprocess.Popen(
            serving_command(int(port), "--workers", "1"),
            cwd=PROJECT,
            env=environment,
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/api/v3/languages/", server)
            yield RunningSite(f"http://127.0.0.1:{port}", password, environment)
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
