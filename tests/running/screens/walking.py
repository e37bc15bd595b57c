"""A site in the pseudo-language that runs, and people who open its screens."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import BrowserContext, Page, sync_playwright

from tests.chromium import chromium_path
from tests.harness.databases import Databases
from tests.running.browsing import QUIET
from tests.running.screens.preparation import Prepared, Screen
from tests.running.serving import PROJECT, serving_command, wait_for

_GATHER: Final = (Path(__file__).parent / "gathering.js").read_text(encoding="utf-8")
_IN_JSON: Final = """(html) => {
    window.__gathered = new DOMParser().parseFromString(html, "text/html");
}"""


@dataclass(frozen=True, slots=True)
class WalkedSite:
    """A site that answers.

    Attributes:
        prepared: the sessions of its people, its screens and its content.
    """

    url: str
    prepared: Prepared


@contextmanager
def walked_site(databases: Databases, folder: Path) -> Iterator[WalkedSite]:
    """A site of every page type, with a thing for each address of the admin."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with databases.copied("swedish", folder / "data") as database_url:
        environment = os.environ | {
            "DATA_DIR": str(folder / "data"),
            "DATABASE_URL": database_url,
            "CACHE_URL": "",
            "DJANGO_SETTINGS_MODULE": "tests.running.screens.settings",
            "HOST": "127.0.0.1",
            "PORT": str(port),
            "PSEUDO_LANGUAGE": str(folder / "locale"),
        }
        result = folder / "prepared.json"
        subprocess.run(
            [
                *[sys.executable, "-m", "tests.running.screens.preparation"],
                *[str(databases.held("swedish")), str(result)],
            ],
            cwd=PROJECT,
            env=environment,
            check=True,
        )
        server = subprocess.Popen(
            serving_command(port, "--workers", "1"), cwd=PROJECT, env=environment
        )
        url = f"http://127.0.0.1:{port}"
        try:
            wait_for(f"{url}/api/v3/languages/", server)
            yield WalkedSite(url, Prepared.read(result))
        finally:
            server.terminate()
            server.wait(timeout=20)


@contextmanager
def walker(site: WalkedSite) -> Iterator["Walker"]:
    """A browser for whoever walks."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=QUIET)
        context = browser.new_context(
            base_url=site.url, locale="sv-SE", viewport={"width": 1360, "height": 900}
        )
        # What pictures show is not looked at.
        context.route("**/media/**", lambda route: route.abort())
        try:
            yield Walker(context, site)
        finally:
            context.close()
            browser.close()


class Walker:
    """Somebody who opens screens in a tab."""

    def __init__(self, context: BrowserContext, site: WalkedSite) -> None:
        self._context = context
        self._site = site
        self.tab: Page = context.new_page()

    def sign_in(self, role: str) -> None:
        """Be somebody of a role."""
        self._context.clear_cookies()
        self._context.add_cookies(
            [
                {
                    "name": "sessionid",
                    "value": self._site.prepared.sessions[role],
                    "url": self._site.url,
                }
            ]
        )

    def open(self, screen: Screen) -> bool:
        """Opens a screen; tells whether there is one, and no file, refusal or way to another."""
        # Asked before, since a browser keeps a file and stays where it was.
        answer = self._context.request.get(screen.address, max_redirects=0)
        kind = answer.headers.get("content-type", "")
        if answer.status != HTTPStatus.OK:
            return False
        if kind.startswith("application/json"):
            # A dialogue comes as HTML within JSON.
            said = answer.json()
            markup = said.get("html") if isinstance(said, dict) else None
            if markup:
                self.tab.evaluate(_IN_JSON, markup)
            return bool(markup)
        if kind.startswith("text/html"):
            self.tab.goto(screen.address)
        return kind.startswith("text/html")

    def texts(self) -> list[tuple[str, str]]:
        """The texts of the screen that are not marked, each with where it stands."""
        found: Any = self.tab.evaluate(_GATHER)
        return [(text, where) for text, where in found]
