"""Changes of other packages are declared, documented, and written against what is installed."""

import ast
import re
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from cms.upstream import replacement
from cms.upstream.replacement import (
    DECLARED,
    MissingTarget,
    Replacement,
    UpstreamCode,
    apply_replacements,
    check_targets,
    source_digest,
)
from tests.test_architecture import PROJECT_ROOT, our_files

FOLDER: Final = PROJECT_ROOT / "site/cms/upstream"
MODULES: Final = {
    path.relative_to(FOLDER).with_suffix("").as_posix(): path
    for path in sorted(FOLDER.rglob("*.py"))
    if path.name not in {"__init__.py", "replacement.py"}
}
CODES: Final = {code.target: code for code in DECLARED}
DISTRIBUTIONS: Final = {
    "Wagtail": "wagtail",
    "wagtail-localize": "wagtail-localize",
    "modelsearch": "modelsearch",
    "treebeard": "django-treebeard",
    "Django Ninja": "django-ninja",
    "Django": "django",
}
_NAMED: Final = re.compile(rf"\b({'|'.join(DISTRIBUTIONS)}) (\d+\.\d+\.\d+)")


def words(module: str) -> str:
    """The docstring of a module, in one line."""
    text = ast.get_docstring(ast.parse(MODULES[module].read_text(encoding="utf-8")))
    assert text is not None
    return " ".join(text.split())


@pytest.mark.parametrize("code", CODES.values(), ids=CODES)
def test_what_is_replaced_is_what_the_change_was_written_against(code: UpstreamCode) -> None:
    assert source_digest(code.original()) == code.digest, (
        f"Look again: {code.target} is another than the change of it was written against."
    )


def test_one_target_has_one_digest() -> None:
    digests = {(code.target, code.digest) for code in DECLARED}
    assert len(digests) == len({target for target, _digest in digests}) > 40


@pytest.mark.parametrize("module", MODULES)
def test_each_module_says_of_what_version_it_speaks_and_when_it_may_go(module: str) -> None:
    named = _NAMED.findall(words(module))
    assert named
    for package, number in named:
        assert version(DISTRIBUTIONS[package]) == number, f"Look again at {module}."
    assert re.search(r"\b[Mm]ay go\b.* when ", words(module))


def documented() -> dict[str, list[str]]:
    """The rows of the table in the documentation, by module."""
    text = (PROJECT_ROOT / "docs/upstream.md").read_text(encoding="utf-8")
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in text.splitlines()
        if line.startswith("| `")
    ]
    return {row[0].strip("`"): row[1:] for row in rows}


def test_the_documentation_has_each_module() -> None:
    assert list(documented()) == list(MODULES)


@pytest.mark.parametrize("module", MODULES)
def test_the_documentation_names_the_versions_that_the_module_names(module: str) -> None:
    package, why, may_go = documented()[module]
    assert set(_NAMED.findall(package)) == set(_NAMED.findall(words(module)))
    assert why
    assert may_go


@pytest.mark.parametrize("module", MODULES)
def test_each_change_is_made_by_an_application(module: str) -> None:
    package, name = module.split("/")
    callers = [
        path.parent.relative_to(PROJECT_ROOT).as_posix()
        for path in our_files()
        if path.name == "apps.py"
        and f"from cms.upstream.{package} import" in (text := path.read_text(encoding="utf-8"))
        and re.search(rf"^        {name}\.apply\(\)$", text, re.MULTILINE)
    ]
    assert len(callers) == 1


def test_each_change_has_a_canary() -> None:
    tests = {
        node.name
        for path in Path(__file__).parent.glob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
    }
    assert {f"test_canary_{module.partition('/')[2]}" for module in MODULES} <= tests


@pytest.fixture
def nothing_declared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replacement, "DECLARED", [])
    monkeypatch.setattr(replacement, "_ORIGINALS", {})


@pytest.fixture
def here(nothing_declared: None) -> Iterator[str]:
    """The path of a class of this module, which gets its methods back."""
    own = dict(vars(Upstreams))
    yield f"{__name__}:Upstreams"
    for name in {*vars(Upstreams)} - {"__dict__", "__weakref__"}:
        if name not in own:
            delattr(Upstreams, name)
        elif vars(Upstreams)[name] is not own[name]:
            setattr(Upstreams, name, own[name])


class Base:
    def inherited(self) -> str:
        return "base"


class Upstreams(Base):
    def word(self) -> str:
        return "upstream"


def louder(function: Any) -> Any:
    return lambda this: function(this).upper()


def doubled(function: Any) -> Any:
    return lambda this: 2 * function(this)


def quoted(function: Any) -> Any:
    return lambda this: f"'{function(this)}'"


def test_changes_of_one_target_go_around_each_other_and_leave_the_original(here: str) -> None:
    target = f"{here}.word"
    plain = Upstreams.word
    apply_replacements(Replacement(target, "", louder))
    apply_replacements(Replacement(target, "", quoted), Replacement(target, "", doubled))
    assert Upstreams().word() == "'UPSTREAM''UPSTREAM'"
    assert UpstreamCode(target, "").original() is plain
    assert list(check_targets(None)) == []


def test_what_is_inherited_is_replaced_where_it_is_named(here: str) -> None:
    apply_replacements(Replacement(f"{here}.inherited", "", louder))
    assert (Upstreams().inherited(), Base().inherited()) == ("BASE", "base")


@pytest.mark.parametrize(
    "target",
    [
        "wagtail.models:Page.no_such_method",
        "wagtail.models:NoSuchModel.save",
        "wagtail.no_such_module:thing",
        "wagtail.signal_handlers:no_such_handler",
    ],
)
def test_a_target_that_is_gone_is_an_error_of_the_check_and_is_logged(
    target: str, nothing_declared: None, caplog: pytest.LogCaptureFixture
) -> None:
    apply_replacements(Replacement(target, "", louder))
    assert target in caplog.text
    with pytest.raises(SystemCheckError, match=re.escape(target)):
        call_command("check")
    with pytest.raises(MissingTarget, match=re.escape(target)):
        UpstreamCode(target, "").original()


def test_a_target_that_is_gone_leaves_the_other_changes_made(
    here: str, caplog: pytest.LogCaptureFixture
) -> None:
    apply_replacements(
        Replacement(f"{here}.gone", "", louder), Replacement(f"{here}.word", "", louder)
    )
    assert Upstreams().word() == "UPSTREAM"
    [error] = check_targets(None)
    assert (error.id, f"{here}.gone" in error.msg) == ("upstream.E001", True)


def test_a_digest_is_of_what_upstream_wrote(here: str) -> None:
    before = source_digest(Upstreams.word)
    apply_replacements(Replacement(f"{here}.word", "", louder))
    assert source_digest(UpstreamCode(f"{here}.word", "").original()) == before
    assert source_digest(Upstreams.word) != before
