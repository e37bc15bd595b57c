"""Serves the example site, and asks it in a browser."""

import os
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from playwright.sync_api import Page, sync_playwright

from cms.delivery.webhooks.signing import signature_headers
from tests.chromium import chromium_path
from tests.consumer.example import ExampleSite
from tests.harness.node_packages import NODE
from tests.running.browsing import QUIET


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *arguments: object) -> None:
        """Says nothing."""


@contextmanager
def served(site: ExampleSite) -> Iterator[str]:
    """The address at which readers find the site."""
    handler = partial(Quiet, directory=str(site.output))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def browser_tab(address: str) -> Iterator[Page]:
    """A tab of a browser on the site."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=QUIET)
        try:
            yield browser.new_context(base_url=address).new_page()
        finally:
            browser.close()


@contextmanager
def receiver(site: ExampleSite, secret: str) -> Iterator[str]:
    """The address of the site's own program that listens for webhooks."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    program = subprocess.Popen(
        [str(NODE), "build/receiver.js"],
        cwd=site.folder,
        env=os.environ | site.environment | {"WEBHOOK_SECRET": secret, "PORT": port},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert program.stdout is not None
        assert "Listening" in program.stdout.readline()
        yield f"http://127.0.0.1:{port}/"
    finally:
        program.terminate()
        program.communicate(timeout=30)


def send(address: str, secret: str, body: str) -> int:
    """Send a message as the CMS does, and return the status of the answer."""
    headers = signature_headers([secret], "msg_1", datetime.now(tz=UTC), body)
    request = urllib.request.Request(address, body.encode(), headers, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code
