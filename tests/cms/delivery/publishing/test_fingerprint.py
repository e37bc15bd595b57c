"""The fingerprint is another when anything is that renders documents."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import packages_distributions
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test.signals import template_rendered
from django.utils import translation
from pytest_django.fixtures import Settings
from wagtail.models import Page

from cms.delivery.models import PublishedDocument
from cms.delivery.publishing import fingerprint
from cms.delivery.publishing.backlog import leave_to_worker, render_backlog
from cms.delivery.publishing.invalidation import EVERYTHING
from cms.delivery.search.models import IndexedObject, IndexedText
from strategy.models import GoalPage
from tests.factories.site import ExampleSite

pytestmark = [pytest.mark.django_db, pytest.mark.one_database("sqlite")]

ROOT: Final = Path(settings.PROJECT_ROOT)


@pytest.fixture(autouse=True)
def _program_is_read_anew() -> Iterator[None]:
    fingerprint.program_digest.cache_clear()
    yield
    fingerprint.program_digest.cache_clear()


@pytest.fixture
def copied_strategy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The folder of an application ``strategy`` that may be changed."""
    folder = tmp_path / "strategy"
    shutil.copytree(ROOT / "strategy", folder)
    package = ModuleType("strategy")
    package.__path__ = [str(folder)]
    monkeypatch.setattr(
        f"{fingerprint.__name__}.import_module",
        lambda name: package if name == "strategy" else import_module(name),
    )
    return folder


@pytest.mark.parametrize("name", ["api.py", "models/indicators.py", "templates/strategy/x.html"])
def test_it_is_another_when_an_application_was_changed(copied_strategy: Path, name: str) -> None:
    before = fingerprint.fingerprint()
    fingerprint.program_digest.cache_clear()
    assert fingerprint.fingerprint() == before
    with (copied_strategy / name).open("a") as file:
        file.write("\n")
    fingerprint.program_digest.cache_clear()
    assert fingerprint.fingerprint() != before


@pytest.mark.parametrize("package", ["wagtail", "wagtail-localize", "Django", "pillow", "Willow"])
def test_it_is_another_with_another_version(monkeypatch: pytest.MonkeyPatch, package: str) -> None:
    before = fingerprint.fingerprint()
    versions = fingerprint.package_versions()
    changed = versions | {package: f"{versions[package]}.1"}
    monkeypatch.setattr(fingerprint, "package_versions", lambda: changed)
    assert fingerprint.fingerprint() != before


def test_it_is_the_same_in_whatever_language_it_is_asked_for() -> None:
    with translation.override("sv"):
        fingerprint.shapes_digest.cache_clear()
        swedish = fingerprint.fingerprint()
        fingerprint.shapes_digest.cache_clear()
    with translation.override("en"):
        assert fingerprint.fingerprint() == swedish


def test_it_is_another_with_other_settings(settings: Settings) -> None:
    before = fingerprint.fingerprint()
    settings.MEDIA_URL = "/files/"
    after = fingerprint.fingerprint()
    settings.LANGUAGE_FALLBACKS = settings.LANGUAGE_FALLBACKS | {"smj": ("se", "sv")}
    assert len({before, after, fingerprint.fingerprint()}) == 3


def test_what_renders_is_among_what_it_is_made_of(swedish_site: ExampleSite) -> None:
    templates: list[Any] = []

    def note(template: Any, **kwargs: Any) -> None:
        templates.append(template.origin.name)

    leave_to_worker([EVERYTHING])
    template_rendered.connect(note)
    try:
        render_backlog()
    finally:
        template_rendered.disconnect(note)
    assert PublishedDocument.objects.exists()

    loaded = {
        Path(file)
        for module in list(sys.modules.values())
        if (file := getattr(module, "__file__", None))
    }
    standard_library = {*sys.stdlib_module_names, "__main__", "__mp_main__"}
    versions = fingerprint.package_versions()
    distributions = packages_distributions()
    hashed = set(fingerprint.program_files().values())
    # Ours: whatever lies in the project, but for its tests and what is installed into it.
    ours = {
        path
        for path in {*loaded, *map(Path, templates)}
        if path.is_relative_to(ROOT)
        and not path.is_relative_to(ROOT / "tests")
        and "site-packages" not in path.parts
    }
    assert len(ours) > 200
    assert ours - hashed == set()
    # Others': each belongs to a package whose version counts.
    others = {name.partition(".")[0] for name in sys.modules} - standard_library
    unknown = {
        name
        for name in others
        if (path := getattr(sys.modules.get(name), "__file__", None))
        and "site-packages" in Path(path).parts
        and not any(found in versions for found in distributions.get(name, []))
    }
    assert unknown == set()


def test_it_is_the_same_in_another_process() -> None:
    program = (
        "import django; django.setup();"
        "from cms.delivery.publishing import fingerprint as f; print(f.program_digest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for _time in range(2)
    }
    assert found == {f"{fingerprint.program_digest()}\n"}


def test_documents_are_rendered_anew_where_it_is_needed_and_only_there(
    swedish_site: ExampleSite, copied_strategy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fingerprint.record()
    call_command("published", "rebuild", "--if-needed")
    assert capsys.readouterr().out == ""
    # As by another version of the program, whose rounding differed.
    (copied_strategy / "api.py").write_text("# changed")
    fingerprint.program_digest.cache_clear()
    PublishedDocument.objects.filter(type="strategy.GoalPage").update(digest="0" * 64)
    # Nor had it the index of what is stored, or stems in that of what is published.
    IndexedObject.objects.all().delete()
    IndexedText.objects.all().delete()
    goal = swedish_site.pages[GoalPage]
    assert list(Page.objects.search(goal.title)) == []
    call_command("published", "rebuild", "--if-needed")
    assert goal.pk in {page.pk for page in Page.objects.search(goal.title)}
    assert IndexedText.objects.count() == PublishedDocument.objects.count()
    assert " of them changed." in capsys.readouterr().out
    assert not PublishedDocument.objects.filter(digest="0" * 64).exists()
    assert fingerprint.is_current()
