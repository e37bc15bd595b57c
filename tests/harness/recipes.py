"""The databases that tests begin with, what makes each, and the checksum of what makes it."""

import hashlib
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]

MIGRATED = "migrated"
"""The database that the migrations make, Wagtail's first page included."""

EMPTY = "empty"
"""The same, with what applications add after any migration: permissions, groups, languages."""


@dataclass(frozen=True)
class Recipe:
    """A way to make a site.

    Attributes:
        function: makes it, and returns what tests hold of it.
        base: what there is before: the function is given what tests hold of that.
        commits: whether what waits for the end of the transaction is done. For the others it is
            not, as it is not in a test.
    """

    function: str
    base: str = EMPTY
    commits: bool = False

    @property
    def module(self) -> str:
        """The name of the function's module."""
        return self.function.partition(":")[0]

    def load(self) -> Callable[..., Any]:
        """The function."""
        loaded: Callable[..., Any] = getattr(
            import_module(self.module), self.function.partition(":")[2]
        )
        return loaded


SITES = {
    "swedish": Recipe("tests.factories.site:build_site"),
    "translated": Recipe("tests.factories.site:build_translated_site"),
    "small": Recipe("tests.cms.delivery.publishing.small_site:build_small_site"),
    "troubled": Recipe("tests.fixtures.bundles:make_troubled_site", "translated"),
    "bundles": Recipe("tests.fixtures.bundles:write_bundles", "troubled"),
    "demo": Recipe("tests.cms.demo.fixtures:import_demo", commits=True),
}
"""Each site that tests begin with, after the one that it is made from."""

_MAKE_A_SITE = ("home", "strategy", "site", "locale", "tests/factories")
_KINDS = {".css", ".html", ".jpg", ".js", ".json", ".pdf", ".png", ".po", ".py", ".svg", ".yaml"}


def checksum(name: str) -> str:
    """A checksum of everything that makes a template."""
    return checksum_of_migrations() if name == MIGRATED else checksum_of_sites()


@cache
def checksum_of_migrations() -> str:
    """A checksum of all migrations, ours and those of the packages that are required."""
    return _checksum(path for path in _project_files() if path.parent.name == "migrations")


@cache
def checksum_of_sites() -> str:
    """A checksum of everything that may change what is in a built site."""
    return _checksum(_project_files())


def _project_files() -> Iterator[Path]:
    for folder in _MAKE_A_SITE:
        for path in (PROJECT / folder).rglob("*"):
            if path.suffix in _KINDS and "node_modules" not in path.parts:
                yield path
    makers = {recipe.module for recipe in SITES.values()}
    for module in {*makers, "tests.harness.prepare", "tests.harness.recipes"}:
        yield PROJECT / f"{module.replace('.', '/')}.py"


def _checksum(paths: Iterator[Path]) -> str:
    digest = hashlib.sha256(sys.version.encode())
    for path in sorted({*paths, PROJECT / "requirements-development.txt"}):
        digest.update(f"{path.relative_to(PROJECT)}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]
