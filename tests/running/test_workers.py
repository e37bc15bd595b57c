"""A worker of the server that dies is replaced."""

import os
import signal
import socket
import subprocess
import time
from pathlib import Path

from tests.running.serving import PROJECT, STARTS_WITHIN, serving_command, wait_for

# Given out without asking a database.
ADDRESS = "http://127.0.0.1:{}/static/cms_translation/translation.css"


def workers_of(server: int) -> set[int]:
    """The processes that a server has started to answer."""
    listed = subprocess.run(
        ["ps", "-o", "pid=,args=", "--ppid", str(server)],
        check=False,
        capture_output=True,
        text=True,
    ).stdout
    return {int(line.split()[0]) for line in listed.splitlines() if "resource_tracker" not in line}


def test_a_worker_that_dies_is_replaced_and_the_site_answers_again(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    server = subprocess.Popen(
        serving_command(port, "--workers", "1", "--respawn-interval", "0.1"),
        cwd=PROJECT,
        env=os.environ
        | {
            "DATA_DIR": str(tmp_path),
            "DATABASE_URL": "",
            "DJANGO_SETTINGS_MODULE": "cms.settings.development",
            "PORT": str(port),
        },
    )
    try:
        wait_for(ADDRESS.format(port), server)
        before = workers_of(server.pid)
        [worker] = before
        os.kill(worker, signal.SIGKILL)
        deadline = time.monotonic() + STARTS_WITHIN
        while workers_of(server.pid) <= before and time.monotonic() < deadline:
            assert server.poll() is None, "The server ended with its worker."
            time.sleep(0.1)
        wait_for(ADDRESS.format(port), server)
        assert workers_of(server.pid).isdisjoint(before)
    finally:
        server.terminate()
        server.wait(timeout=20)
