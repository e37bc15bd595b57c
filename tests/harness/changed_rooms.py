"""Finds the tests of what was changed: those in the same room, and those that import it."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.harness.recipes import PROJECT

_ROOTS = {
    "site/cms": "tests/cms",
    "site/client": "tests/client",
    "home": "tests/home",
    "strategy": "tests/strategy",
}
"""A folder of code, and that of its tests, which has the same rooms."""


def changed_files() -> list[str]:
    """Paths that differ from where this branch left ``main``, those not committed included."""
    base = _git("merge-base", "HEAD", "main") or ["HEAD"]
    return sorted({*_git("diff", "--name-only", base[0]), *_untracked()})


def tests_of(paths: list[str]) -> list[str]:
    """Folders and modules of tests, so that none stands within another."""
    found = {PROJECT / "tests" / "test_architecture.py", *_rooms(paths), *_importers(paths)}
    outermost = [
        path for path in found if not any(other in path.parents for other in found - {path})
    ]
    return sorted(str(path.relative_to(PROJECT)) for path in outermost)


def _git(*arguments: str) -> list[str]:
    done = subprocess.run(
        ["git", *arguments], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    return done.stdout.splitlines()


def _untracked() -> list[str]:
    return _git("ls-files", "--others", "--exclude-standard")


def _rooms(paths: list[str]) -> Iterator[Path]:
    for path in paths:
        if path.startswith("tests/"):
            changed = PROJECT / path
            is_module = changed.name.startswith("test_") and changed.suffix == ".py"
            room = changed if is_module else changed.parent
            # What stands directly under tests/ is shared by all rooms, which would be everything.
            if changed.exists() and room not in {PROJECT / "tests", *_SHARED}:
                yield room
            continue
        for root, tests in _ROOTS.items():
            if path.startswith(f"{root}/"):
                yield _nearest_room(PROJECT / tests, Path(path).relative_to(root).parent)


_SHARED = {PROJECT / "tests" / name for name in ("factories", "fixtures", "harness")}


def _nearest_room(tests: Path, room: Path) -> Path:
    """The tests of a room, or of the one around it that has some."""
    while not (tests / room).is_dir() and room != Path():
        room = room.parent
    return tests / room


def _importers(paths: list[str]) -> Iterator[Path]:
    """Modules of tests that name a changed module of the product in an import."""
    modules = {
        _module(path) for path in paths if path.endswith(".py") and not path.startswith("tests/")
    }
    if not modules:
        return
    names = "|".join(map(re.escape, sorted(modules)))
    imports = re.compile(rf"^\s*(?:from|import) (?:{names})\b", re.MULTILINE)
    for path in (PROJECT / "tests").rglob("test_*.py"):
        if imports.search(path.read_text(encoding="utf-8")):
            yield path


def _module(path: str) -> str:
    inside = path.removeprefix("site/").removesuffix(".py").removesuffix("/__init__")
    return inside.replace("/", ".")
