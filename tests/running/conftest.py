"""A site that runs, with its demo content."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
import pytest

PROJECT = Path(__file__).resolve().parents[2]
STARTS_WITHIN = 60
"""Seconds until the server must answer."""


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
            [
                str(Path(sys.executable).parent / "granian"),
                *["--interface", "wsgi", "--host", "127.0.0.1", "--port", port],
                *["--workers", "1", "--blocking-threads", "4", "--log-level", "warning"],
                "cms.wsgi:application",
            ],
            cwd=PROJECT,
            env=environment,
        )
        try:
            _wait_for(f"http://127.0.0.1:{port}/api/v3/languages/", server)
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


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
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
