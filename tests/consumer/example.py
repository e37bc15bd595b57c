"""The example site: installed, compiled, built; and what it holds."""

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import lxml.html
import pytest
from lxml.html import HtmlElement

from tests.client.packing import PackedClient, copy_sources, run, unpack
from tests.consumer.counting import Counted, counting
from tests.harness.node_packages import NPM, link_packages
from tests.running.conftest import PROJECT, RunningSite

SOURCES: Final = Path(__file__).parent


@dataclass
class Built:
    """A build and how it went.

    Attributes:
        report: what it printed: files, made, removed, changes.
        asked: the paths of its requests.
    """

    report: dict[str, Any]
    asked: list[str]
    seconds: float


@dataclass
class ExampleSite:
    """The example site in a folder of its own."""

    folder: Path
    cms: RunningSite
    counted: Counted
    first: Built | None = None

    @property
    def environment(self) -> dict[str, str]:
        return {"CMS_API": f"{self.counted.url}/api/v3/", "SITE_URL": "https://site.example.org"}

    @property
    def output(self) -> Path:
        return self.folder / "_site"

    def build(self, **environment: str) -> Built:
        """Build it, all of it or what has changed."""
        self.counted.taken()
        started = time.monotonic()
        printed = run(
            self.folder, str(NPM), "run", "--silent", "build", **self.environment, **environment
        )
        seconds = time.monotonic() - started
        [report] = [line for line in printed.splitlines() if line.startswith("{")]
        return Built(json.loads(report), self.counted.taken(), seconds)

    def files(self, folder: Path | None = None) -> dict[str, str]:
        """The digest of each file that the build makes, by its path."""
        output = folder or self.output
        return {
            str(path.relative_to(output)): sha256(path.read_bytes()).hexdigest()
            for path in output.rglob("*")
            if path.is_file() and path.parent.name != "static"
        }

    def page(self, path: str) -> HtmlElement:
        """A page at an address."""
        return lxml.html.fromstring((self.output / path.strip("/") / "index.html").read_bytes())

    @cached_property
    def documents(self) -> list[dict[str, Any]]:
        """Everything that was live when it was first asked for."""
        with urllib.request.urlopen(
            f"{self.cms.url}/api/v3/export/all.ndjson", timeout=60
        ) as answer:
            _header, *lines = answer.read().removesuffix(b"\n").split(b"\n")
        return [json.loads(line) for line in lines]

    @cached_property
    def languages(self) -> list[dict[str, Any]]:
        with urllib.request.urlopen(f"{self.cms.url}/api/v3/languages/", timeout=60) as answer:
            items: list[dict[str, Any]] = json.load(answer)["items"]
        return items

    @property
    def pages(self) -> list[dict[str, Any]]:
        return [document for document in self.documents if "breadcrumbs" in document]

    def best(self, language: dict[str, Any]) -> dict[str, dict[str, Any]]:
        """The page of each key for readers of a language."""
        found: dict[str, dict[str, Any]] = {}
        for code in (language["code"], *language["fallbacks"]):
            for page in self.pages:
                if page["meta"]["locale"] == code:
                    found.setdefault(page["key"], page)
        return found

    def change(self, program: str) -> str:
        """Run a program that knows the pages of the CMS, and return what it prints."""
        environment = os.environ | self.cms.environment
        done = subprocess.run(
            [sys.executable, "manage.py", "shell", "--verbosity", "0", "-c", program],
            cwd=PROJECT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def example_site(
    running_site: RunningSite,
    packed_client: PackedClient,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[ExampleSite]:
    """The example site, built for the first time."""
    folder = tmp_path_factory.mktemp("example") / "site of others"
    copy_sources(SOURCES, folder)
    link_packages(SOURCES, folder)
    # That npm installs it is tested with the client.
    unpack(packed_client, folder / "node_modules" / "@regional-cms" / "client")
    run(folder, str(NPM), "run", "compile")
    with counting(running_site.url) as counted:
        site = ExampleSite(folder, running_site, counted)
        site.first = site.build()
        yield site
