"""Which room may import which, as the house rules say."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

PROJECT_ROOT: Final = Path(__file__).resolve().parents[1]

LANGUAGES = "norrbotten.languages"
TRANSLATION = "norrbotten.translation"
CONTENT = "norrbotten.content"
DELIVERY = "norrbotten.delivery"
EXCHANGE = "norrbotten.exchange"
EXPORT = "norrbotten.export"
DEMO = "norrbotten.demo"
SETTINGS = "norrbotten.settings"
URLS = "norrbotten.urls"
WSGI = "norrbotten.wsgi"

# Room → the other rooms that it may import.
ALLOWED: Final[dict[str, frozenset[str]]] = {
    LANGUAGES: frozenset(),
    TRANSLATION: frozenset({LANGUAGES}),
    CONTENT: frozenset({TRANSLATION, LANGUAGES}),
    "home": frozenset({CONTENT, TRANSLATION, LANGUAGES}),
    "strategy": frozenset({CONTENT, TRANSLATION, LANGUAGES}),
    DELIVERY: frozenset({CONTENT, TRANSLATION, LANGUAGES}),
    EXCHANGE: frozenset({CONTENT, TRANSLATION, LANGUAGES}),
    EXPORT: frozenset({DELIVERY, EXCHANGE, CONTENT, TRANSLATION, LANGUAGES}),
    DEMO: frozenset(
        {"home", "strategy", LANGUAGES, TRANSLATION, CONTENT, DELIVERY, EXCHANGE, EXPORT}
    ),
    SETTINGS: frozenset({LANGUAGES}),
    URLS: frozenset({LANGUAGES}),
    WSGI: frozenset({DELIVERY}),
}
PAGE_TYPE_ROOMS: Final = {"home", "strategy"}

# Rooms that know pages only through Wagtail: they may not even name a page type.
GENERAL_ROOMS: Final = {DELIVERY, EXCHANGE, EXPORT}
_PAGE_TYPE_NAME: Final = re.compile(r"(home|strategy)\.[A-Z]\w*")


def room_of(module: str) -> str | None:
    """The room that a module belongs to; None for what is not ours."""
    parts = module.split(".")
    if parts[0] in PAGE_TYPE_ROOMS:
        return parts[0]
    return ".".join(parts[:2]) if parts[0] == "norrbotten" and len(parts) > 1 else None


def module_of(path: Path) -> str:
    relative = path.relative_to(PROJECT_ROOT).with_suffix("")
    parts = relative.parts[1:] if relative.parts[0] == "site" else relative.parts
    return ".".join(parts).removesuffix(".__init__")


def imported_modules(tree: ast.AST, module: str, *, is_package: bool) -> Iterator[tuple[int, str]]:
    """Every module that the code imports, relative imports made absolute, with its line."""
    package = module.split(".") if is_package else module.split(".")[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            origin = ".".join([*base, *filter(None, [node.module])])
            for alias in node.names:
                yield node.lineno, f"{origin}.{alias.name}"


def violations(source: str, module: str, *, is_package: bool = False) -> list[str]:
    """What in this module breaks the rules, one sentence each."""
    room = room_of(module)
    if room is None:
        return []
    if room not in ALLOWED:
        return [f"{module}: the room {room} has no rule in {Path(__file__).name}."]
    tree = ast.parse(source)
    found = [
        f"{module}, line {line}: {room} may not import {imported}."
        for line, imported in imported_modules(tree, module, is_package=is_package)
        if (other := room_of(imported)) and other != room and other not in ALLOWED[room]
    ]
    if room in GENERAL_ROOMS:
        found += [
            f"{module}, line {node.lineno}: {room} may not name the page type {node.value!r}."
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and _PAGE_TYPE_NAME.fullmatch(node.value)
        ]
    return found


def our_files() -> list[Path]:
    folders = (PROJECT_ROOT / "home", PROJECT_ROOT / "strategy", PROJECT_ROOT / "site/norrbotten")
    return [path for folder in folders for path in sorted(folder.rglob("*.py"))]


def test_no_room_imports_what_it_may_not() -> None:
    found = [
        violation
        for path in our_files()
        for violation in violations(
            path.read_text(encoding="utf-8"),
            module_of(path),
            is_package=path.name == "__init__.py",
        )
    ]
    assert not found, "\n".join(found)


def test_every_room_is_looked_at() -> None:
    rooms = {room_of(module_of(path)) for path in our_files()}
    assert {"home", "strategy", LANGUAGES, CONTENT, SETTINGS} <= rooms


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("norrbotten.languages.registry", "from norrbotten.content import pages"),
        ("norrbotten.languages.registry", "def f():\n    import norrbotten.translation.progress"),
        ("norrbotten.content.pages", "from home.models import HomePage"),
        ("norrbotten.delivery.urls", "from norrbotten import export"),
        ("norrbotten.delivery.urls", "from ..exchange import xliff"),
        ("norrbotten.delivery.urls", 'get_model("strategy.GoalPage")'),
        ("home.models", "import strategy"),
        ("strategy.models.areas", "from home.models import HomePage"),
        ("norrbotten.translation.progress", "from norrbotten.settings import environment"),
        ("norrbotten.attic", ""),
    ],
)
def test_a_forbidden_import_is_found(module: str, source: str) -> None:
    assert violations(source, module)


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("home.models", "from norrbotten.content.pages import BasePage"),
        ("norrbotten.export.bundle", "from norrbotten.delivery import documents"),
        ("norrbotten.demo.access", "from strategy.models import GoalPage"),
        ("norrbotten.delivery.urls", "from .views import detail"),
        ("norrbotten.content.pages", "from wagtail.models import Page"),
    ],
)
def test_an_allowed_import_passes(module: str, source: str) -> None:
    assert violations(source, module) == []


def reads_environment(source: str) -> bool:
    """Whether the code takes something out of the environment; setting a default is no reading."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr == "getenv":
            return True
        if isinstance(node, ast.Subscript | ast.Call):
            taken_from = node.value if isinstance(node, ast.Subscript) else node.func
            if ast.unparse(taken_from) in {"os.environ", "os.environ.get", "environ.get"}:
                return True
    return False


def test_variables_are_read_in_one_place() -> None:
    readers = [
        module_of(path)
        for path in our_files()
        if reads_environment(path.read_text(encoding="utf-8"))
    ]
    assert readers == ["norrbotten.settings.environment"]
