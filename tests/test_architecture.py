"""Tests of which room may import which, as the house rules say."""

import ast
import re
import subprocess
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import pytest

PROJECT_ROOT: Final = Path(__file__).resolve().parents[1]

COMMON = "cms.common"
LANGUAGES = "cms.languages"
TRANSLATION = "cms.translation"
CONTENT = "cms.content"
DELIVERY = "cms.delivery"
EXCHANGE = "cms.exchange"
EXPORT = "cms.export"
READER = "cms.reader"
WASTEBASKET = "cms.wastebasket"
UPSTREAM = "cms.upstream"
DEMO = "cms.demo"
SETTINGS = "cms.settings"
URLS = "cms.urls"
WSGI = "cms.wsgi"

_BELOW_CONTENT: Final = frozenset({COMMON, LANGUAGES, TRANSLATION})
_BELOW_DELIVERY: Final = _BELOW_CONTENT | {CONTENT}

# Room → the other rooms that it may import.
ALLOWED: Final[dict[str, frozenset[str]]] = {
    COMMON: frozenset(),
    LANGUAGES: frozenset({COMMON}),
    TRANSLATION: frozenset({COMMON, LANGUAGES}),
    CONTENT: _BELOW_CONTENT,
    "home": _BELOW_DELIVERY,
    "strategy": _BELOW_DELIVERY,
    DELIVERY: _BELOW_DELIVERY,
    # A text in many languages says whether readers see it: whether its published document has it.
    EXCHANGE: _BELOW_DELIVERY | {DELIVERY},
    EXPORT: _BELOW_DELIVERY | {DELIVERY, EXCHANGE},
    READER: _BELOW_DELIVERY | {DELIVERY},
    WASTEBASKET: _BELOW_DELIVERY | {DELIVERY},
    UPSTREAM: _BELOW_DELIVERY | {DELIVERY, EXCHANGE, EXPORT, WASTEBASKET},
    DEMO: _BELOW_DELIVERY | {DELIVERY, EXCHANGE, EXPORT, "home", "strategy"},
    SETTINGS: frozenset({COMMON, LANGUAGES}),
    URLS: frozenset({LANGUAGES}),
    WSGI: frozenset({CONTENT, DELIVERY, READER}),
}
PAGE_TYPE_ROOMS: Final = {"home", "strategy"}

# Rooms that know pages only through Wagtail: they may not even name a page type.
GENERAL_ROOMS: Final = {DELIVERY, EXCHANGE, EXPORT, READER, WASTEBASKET}
_PAGE_TYPE_NAME: Final = re.compile(r"(home|strategy)\.[A-Z]\w*")


def room_of(module: str) -> str | None:
    """The room that a module belongs to; None for what is not ours."""
    parts = module.split(".")
    if parts[0] in PAGE_TYPE_ROOMS:
        return parts[0]
    return ".".join(parts[:2]) if parts[0] == "cms" and len(parts) > 1 else None


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


def may_import(module: str, room: str, other: str) -> bool:
    """Tells whether a module of a room may import another room."""
    if other == UPSTREAM and room != UPSTREAM:
        # Changes of upstream's code are made once, when an application is ready.
        return module.rpartition(".")[2] == "apps"
    return other == room or other in ALLOWED[room]


def violations(source: str, module: str, *, is_package: bool = False) -> list[str]:
    """The violations of the rules in this module, one sentence each."""
    room = room_of(module)
    if room is None:
        return []
    if room not in ALLOWED:
        return [f"{module}: the room {room} has no rule in {Path(__file__).name}."]
    tree = ast.parse(source)
    found = [
        f"{module}, line {line}: {room} may not import {imported}."
        for line, imported in imported_modules(tree, module, is_package=is_package)
        if (other := room_of(imported)) and not may_import(module, room, other)
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


def import_circles(imports: Mapping[str, set[str]]) -> list[list[str]]:
    """Groups of modules that import each other, directly or by way of others."""
    return [sorted(group) for group in strongly_connected(imports) if len(group) > 1]


def strongly_connected(graph: Mapping[str, set[str]]) -> list[list[str]]:
    """Tarjan's strongly connected components of a graph."""
    index: dict[str, int] = {}
    lowest: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(node: str) -> None:
        index[node] = lowest[node] = len(index)
        stack.append(node)
        for other in sorted(graph[node]):
            if other not in index:
                visit(other)
                lowest[node] = min(lowest[node], lowest[other])
            elif other in stack:
                lowest[node] = min(lowest[node], index[other])
        if lowest[node] == index[node]:
            position = stack.index(node)
            found.append(stack[position:])
            del stack[position:]

    for node in graph:
        if node not in index:
            visit(node)
    return found


def import_graph() -> dict[str, set[str]]:
    """Each of our modules with those that it imports, inside functions too."""
    files = {module_of(path): path for path in our_files() if "migrations" not in path.parts}
    graph: dict[str, set[str]] = {}
    for module, path in files.items():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        imported = {
            name if name in files else name.rpartition(".")[0]
            for _line, name in imported_modules(tree, module, is_package=path.name == "__init__.py")
        }
        graph[module] = {name for name in imported if name in files} - {module}
    return graph


def test_no_module_is_part_of_an_import_circle() -> None:
    graph = import_graph()
    assert sum(len(imported) for imported in graph.values()) > 500
    assert import_circles(graph) == []


def test_an_import_circle_is_found() -> None:
    graph: dict[str, set[str]] = {"a": {"b"}, "b": {"c"}, "c": {"a", "d"}, "d": set()}
    assert import_circles(graph) == [["a", "b", "c"]]


MOST_FILES_SIDE_BY_SIDE: Final = 20
"""In one folder; more wants rooms inside it, named by what happens there."""


def test_no_folder_holds_more_files_than_one_can_survey() -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=PROJECT_ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    sizes = Counter(
        str(path.parent)
        for path in map(Path, filter(None, tracked.split("\0")))
        if path.parent.name not in {"blocks", "migrations"} and (PROJECT_ROOT / path).exists()
    )
    assert {folder: size for folder, size in sizes.items() if size > MOST_FILES_SIDE_BY_SIDE} == {}


def our_files() -> list[Path]:
    folders = (PROJECT_ROOT / "home", PROJECT_ROOT / "strategy", PROJECT_ROOT / "site/cms")
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
        ("cms.languages.registry", "from cms.content import pages"),
        ("cms.languages.registry", "def f():\n    import cms.translation.status.text_languages"),
        ("cms.content.pages", "from home.models import HomePage"),
        ("cms.delivery.urls", "from cms import export"),
        ("cms.delivery.urls", "from ..exchange import xliff"),
        ("cms.common.batches", "from cms.languages.registry import LANGUAGES"),
        ("cms.delivery.urls", "from cms.upstream.wagtail.tracked_actions import apply"),
        ("cms.delivery.urls", 'get_model("strategy.GoalPage")'),
        ("home.models", "import strategy"),
        ("strategy.models.areas", "from home.models import HomePage"),
        ("cms.translation.status.text_languages", "from cms.settings import environment"),
        ("cms.attic", ""),
    ],
)
def test_a_forbidden_import_is_found(module: str, source: str) -> None:
    assert violations(source, module)


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("home.models", "from cms.content.pages import BasePage"),
        ("cms.export.bundle", "from cms.delivery import documents"),
        ("cms.demo.access", "from strategy.models import GoalPage"),
        ("cms.delivery.urls", "from .views import detail"),
        ("cms.delivery.apps", "def ready():\n    from cms.upstream.wagtail import page_position"),
        ("cms.content.pages", "from wagtail.models import Page"),
    ],
)
def test_an_allowed_import_passes(module: str, source: str) -> None:
    assert violations(source, module) == []


def reads_environment(source: str) -> bool:
    """Tells whether the code reads the environment; setting a default is no reading."""
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
    assert readers == ["cms.settings.environment"]
