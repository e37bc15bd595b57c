"""A tenth language is one entry in the registry and one catalogue; what lacks is named.

The steps are those of ``docs/architecture.md``, in a copy of the project.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest
from django.conf import settings

from cms.delivery import checks as delivery_checks
from cms.languages import checks, entry_checks
from cms.languages.registry import get_language
from tests.cms.languages import tenth_language_program
from tests.harness.databases import Databases

pytestmark = pytest.mark.one_database("sqlite")

CODE: Final = "vro"
# Võro, which Django does not know either.
ENTRY: Final = """    Language(
        code="vro",
        name="võro",
        english_name="Võro",
        swedish_name="võru",
        collation="root",
        iso_639_3="vro",
        national_minority=False,
    ),
"""
ROOT: Final = Path(settings.PROJECT_ROOT)


class Project:
    """A copy of the project, with an entry more in its registry."""

    def __init__(self, root: Path, database_url: str) -> None:
        self.root, self.database_url = root, database_url
        skipped = shutil.ignore_patterns("__pycache__", "bundle", "*.mo")
        # The demo's bundle alone is left out, not the room of bundles.
        shutil.copytree(
            ROOT / "site",
            root / "site",
            ignore=lambda folder, names: {
                name
                for name in names
                if name == "__pycache__" or (name == "bundle" and folder.endswith("demo"))
            },
        )
        for name in ("home", "strategy"):
            shutil.copytree(ROOT / name, root / name, ignore=skipped)
        shutil.copytree(ROOT / "locale", root / "locale")
        shutil.copy(ROOT / "manage.py", root)
        (root / "tests").symlink_to(ROOT / "tests")
        registry = root / "site/cms/languages/registry.py"
        text = registry.read_text(encoding="utf-8")
        entries, end = text.split("\n)\n\nLANGUAGES: Final")
        registry.write_text(f"{entries}\n{ENTRY})\n\nLANGUAGES: Final{end}", encoding="utf-8")

    def run(self, *arguments: str) -> str:
        """Run the program in it and return what it says."""
        done = subprocess.run(
            [sys.executable, "-m", tenth_language_program.__name__, *arguments],
            cwd=self.root,
            env=os.environ
            | {
                "ALLOWED_HOSTS": "testserver",
                "CACHE_URL": "locmemcache://",
                "DATABASE_URL": self.database_url,
                "DATA_DIR": str(self.root / "data"),
                "DJANGO_SETTINGS_MODULE": "cms.settings.development",
                "PYTHONPATH": os.pathsep.join([str(self.root), str(self.root / "site")]),
            },
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def project(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    root = tmp_path_factory.mktemp("tenth") / "project"
    with databases.copied("swedish", root / "data") as database_url:
        yield Project(root, database_url)


@pytest.fixture(scope="module")
def outcome(project: Project) -> dict[str, Any]:
    """The outcome of the steps: entry, catalogue, and then everything that a language is for."""
    first, second = json.loads(project.run("begin"))
    assert "Võro (vro) has no message catalogue." in first
    assert "manage.py catalogues update" in first
    assert "catalogue of Võro (vro) is not compiled" in second
    assert "manage.py catalogues compile" in second
    said = project.run("work", CODE, str(project.root))
    outcome: dict[str, Any] = json.loads(said)
    return outcome


def test_nothing_is_missing_after_entry_and_catalogue(outcome: dict[str, Any]) -> None:
    assert "no issues" in outcome["check"]
    assert outcome["locale"] == 1


def test_its_name_in_swedish_comes_from_the_registry(
    project: Project, outcome: dict[str, Any]
) -> None:
    catalogue = (project.root / "locale/sv/LC_MESSAGES/django.po").read_text(encoding="utf-8")
    assert 'msgid "Võro"\nmsgstr "võru"' in catalogue


def test_its_translators_work_in_it(outcome: dict[str, Any]) -> None:
    assert outcome["begun"] == [302, 302, 302]
    assert outcome["published"] == ["Aid", "Zoo", "Õun"]


def test_other_sites_get_it(outcome: dict[str, Any]) -> None:
    [announced] = outcome["announced"]
    assert (announced["name"], announced["fallbacks"], announced["pages"] > 0) == (
        *("võro", ["sv"], True),
    )
    assert outcome["listed"] == ["Aid", "Õun", "Zoo"]
    assert outcome["found"] == ["Õun"]
    assert outcome["fallback"] == "sv"
    assert outcome["changes"] == ["Aid", "Zoo", "Õun"]
    assert "authority/language/VRO" in outcome["catalogue"]


def test_people_read_it(outcome: dict[str, Any]) -> None:
    assert outcome["reader"] == [CODE, True]


def test_it_leaves_whole(outcome: dict[str, Any]) -> None:
    assert "are sound" in outcome["bundle"]
    [bundled] = outcome["bundled"]
    assert bundled["documents"] >= 4
    assert CODE in [one["code"] for one in outcome["mirrored"]["languages"]]


def test_its_texts_go_out_and_come_back(outcome: dict[str, Any]) -> None:
    assert set(outcome["files"]) == {"xliff", "xliff2", "po", "xlsx", "tmx"}
    for said in outcome["files"].values():
        assert "unchanged" in said


# Each wrong value of an entry, and the error that names it.
WRONG: Final[list[tuple[str, Any, str, str]]] = [
    ("code", "smj_SE", "languages.E011", "'smj_SE'"),
    ("collation", "smj", "languages.E012", "root, en, sv, fi, se, yi"),
    ("direction", "rlt", "languages.E013", "ltr or rtl"),
    ("iso_639_3", "sm", "languages.E014", "'sm'"),
    ("plural_forms", "nplurals=2; plural=(n != 1)", "languages.E015", "nplurals"),
    ("plural_forms", "nplurals=3; plural=(n != 1);", "languages.E015", "nplurals"),
    ("plural_forms", "nplurals=2; plural=(n ? 2);", "languages.E015", "nplurals"),
    ("plural_forms", "nplurals=2; plural=(n > 1);", "languages.E019", "catalogues update"),
    ("stemmer", "lulesami", "languages.E016", "swedish"),
    ("decimal_sign", "·", "languages.E020", ", or ."),
    ("fallbacks", (), "languages.E017", "source"),
    ("name", " ", "languages.E018", "' '"),
    ("english_name", "", "languages.E018", "(smj)"),
    ("swedish_name", "", "languages.E018", "swedish_name"),
]


def reported(messages: list[Any]) -> dict[str | None, str]:
    return {found.id: f"{found.msg} {found.hint}" for found in messages}


@pytest.mark.parametrize(("field", "value", "identifier", "named"), WRONG)
def test_a_wrong_value_is_named(
    monkeypatch: pytest.MonkeyPatch, field: str, value: Any, identifier: str, named: str
) -> None:
    wrong = replace(get_language("smj"), **{field: value})
    monkeypatch.setattr(checks, "LANGUAGES", {wrong.code: wrong})
    found = reported(checks.check_languages(None))
    assert named in found[identifier]
    assert f"({wrong.code})" in found[identifier]
    assert ".py" in found[identifier] or "manage.py" in found[identifier]


def test_a_source_language_with_fallbacks_is_named() -> None:
    wrong = replace(get_language("sv"), fallbacks=("en",))
    assert "languages.E017" in reported(list(entry_checks.errors_in_entry(wrong)))


@pytest.mark.parametrize(
    ("field", "identifier"),
    [
        ("code", "languages.E008"),
        ("english_name", "languages.E009"),
        ("iso_639_3", "languages.E010"),
    ],
)
def test_what_two_languages_share_is_named(field: str, identifier: str) -> None:
    first = replace(get_language("smj"), related="")
    second = replace(get_language("sma"), related="", **{field: getattr(first, field)})
    [error] = entry_checks.errors_between([first, second])
    assert error.id == identifier
    assert "Lule Sámi" in error.msg


@pytest.mark.parametrize("related", ["smj", "none", "se"])
def test_a_related_language_is_another_of_the_registry(related: str) -> None:
    alone = replace(get_language("smj"), related=related)
    [error] = entry_checks.errors_between([alone, get_language("fi")])
    assert error.id == "languages.E021"
    whole = [replace(alone, related="fi"), get_language("fi")]
    assert list(entry_checks.errors_between(whole)) == []


def test_a_code_that_cannot_be_stored_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert delivery_checks.check_codes(None) == []
    wrong = replace(get_language("smj"), code="smj-se-variant")
    monkeypatch.setattr(delivery_checks, "LANGUAGES", {wrong.code: wrong})
    assert "12 characters" in reported(delivery_checks.check_codes(None))["delivery.E001"]
