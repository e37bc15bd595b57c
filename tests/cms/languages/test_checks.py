"""The system checks fail when a language lacks what Django or Wagtail needs."""

from pathlib import Path

import pytest
from django.conf.locale import LANG_INFO
from django.core.checks import Error
from django.core.management import call_command
from pytest_django import Settings
from wagtail.models import Locale

from cms.languages import checks


def identifiers(errors: list[Error]) -> dict[str, str]:
    return {error.id or "": error.msg for error in errors}


@pytest.fixture
def catalogues(tmp_path: Path, settings: Settings) -> Path:
    """Empty folder in place of the project's catalogues."""
    settings.LOCALE_PATHS = [tmp_path]
    return tmp_path


def test_nothing_is_missing() -> None:
    assert checks.check_languages(None) == []


def test_a_missing_catalogue(catalogues: Path) -> None:
    errors = checks.check_languages(None)
    assert len(errors) == 9
    assert "Lule Sámi (smj) has no message catalogue." in [error.msg for error in errors]


def test_a_catalogue_that_is_not_compiled(catalogues: Path) -> None:
    for code in ("sv", "smj"):
        folder = catalogues / code / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / "django.po").touch()
    (catalogues / "sv" / "LC_MESSAGES" / "django.mo").touch()
    messages = [e.msg for e in checks.check_languages(None) if e.id == "languages.E002"]
    assert messages == ["The message catalogue of Lule Sámi (smj) is not compiled."]


def test_a_language_that_django_does_not_know(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(LANG_INFO, "sma")
    found = identifiers(checks.check_languages(None))
    assert found == {"languages.E003": "Django has no entry for Southern Sámi (sma) in LANG_INFO."}


def test_a_wrong_direction(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LANG_INFO, "yi", LANG_INFO["yi"] | {"bidi": False})
    assert "Yiddish (yi)" in identifiers(checks.check_languages(None))["languages.E004"]


def test_a_right_to_left_language_that_the_settings_forget(settings: Settings) -> None:
    settings.LANGUAGES_BIDI = ["ar"]
    assert "Yiddish (yi)" in identifiers(checks.check_languages(None))["languages.E005"]


def test_a_language_that_the_settings_forget(settings: Settings) -> None:
    settings.WAGTAIL_CONTENT_LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES[:-1]
    assert identifiers(checks.check_languages(None)) == {
        "languages.E006": "Romani (rom) is not in WAGTAIL_CONTENT_LANGUAGES."
    }


@pytest.mark.django_db
def test_a_missing_locale_is_told_keeps_nothing_from_running_and_can_be_created() -> None:
    Locale.objects.filter(language_code="se").delete()
    [told] = checks.check_locales(None, databases=["default"])
    assert "Northern Sámi (se) has no Locale" in told.msg
    call_command("check", databases=["default"])
    call_command("create_locales", verbosity=0)
    assert checks.check_locales(None, databases=["default"]) == []


def test_without_a_database_nothing_is_asked_of_it() -> None:
    assert checks.check_locales(None, databases=None) == []
