"""Django and Wagtail know all nine languages, whatever they know by themselves."""

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language_info, get_supported_language_variant
from wagtail.models import Locale, Page, Site

from cms.languages.locales import create_missing_locales
from cms.languages.names import display_name
from cms.languages.registry import LANGUAGES

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]
every_language = pytest.mark.parametrize("code", LANGUAGES)


@pytest.fixture
def start_pages() -> dict[str, Page]:
    """A live start page in each language."""
    root = Page.objects.get(depth=1)
    source = root.add_child(
        instance=Page(title="Start", slug="start", locale=Locale.objects.get(language_code="sv"))
    )
    Site.objects.update(root_page=source)
    pages = {"sv": source}
    for code in LANGUAGES.keys() - {"sv"}:
        page = source.copy_for_translation(Locale.objects.get(language_code=code))
        page.title = f"Start {code}"
        page.save_revision().publish()
        pages[code] = page
    return pages


@every_language
def test_the_active_locale(code: str) -> None:
    with translation.override(code):
        assert Locale.get_active().language_code == code


@every_language
def test_django_takes_it_for_supported(code: str) -> None:
    assert get_supported_language_variant(code, strict=True) == code


@every_language
def test_its_information(code: str) -> None:
    information = get_language_info(code)
    assert information["code"] == code
    assert information["name_local"].casefold() == LANGUAGES[code].name.casefold()
    assert information["bidi"] == (code == "yi")


@every_language
def test_its_direction_in_templates(code: str) -> None:
    with translation.override(code):
        assert translation.get_language_bidi() == (code == "yi")


@every_language
def test_its_addresses(code: str, client: Client, start_pages: dict[str, Page]) -> None:
    response = client.get(f"/{code}/")
    assert response.status_code == 200
    assert response.headers["Content-Language"] == code
    assert start_pages[code].get_url() == f"/{code}/"


def test_an_unregistered_language_has_no_address(
    client: Client, start_pages: dict[str, Page]
) -> None:
    assert client.get("/de/", follow=True).status_code == 404


@pytest.mark.parametrize("admin_language", ["sv", "en", "fi"])
def test_the_admin_lists_all_nine(client: Client, admin_language: str) -> None:
    user = get_user_model().objects.create_superuser("admin", "admin@example.org", "secret")
    client.force_login(user)
    address = reverse("wagtaillocales:index")
    content = client.get(address, headers={"accept-language": admin_language}).content.decode()
    with translation.override(admin_language):
        names = [display_name(code) for code in LANGUAGES]
    assert [name for name in names if name not in content] == []


@every_language
def test_its_name_in_swedish_is_the_registrys(code: str) -> None:
    with translation.override("sv"):
        assert translation.gettext(LANGUAGES[code].english_name) == LANGUAGES[code].swedish_name


def test_names_carry_the_languages_own_name() -> None:
    with translation.override("sv"):
        assert display_name("smj") == "lulesamiska (julevsámegiella)"
        assert display_name("sv") == "svenska"
    with translation.override("en"):
        assert display_name("yi") == "Yiddish (ייִדיש)"


def test_every_database_has_nine_locales() -> None:
    assert set(Locale.objects.values_list("language_code", flat=True)) == set(LANGUAGES)


def test_missing_locales_are_created_and_named() -> None:
    Locale.objects.filter(language_code__in=["smj", "yi"]).delete()
    assert create_missing_locales() == ["smj", "yi"]
    assert create_missing_locales() == []
    assert Locale.objects.count() == len(LANGUAGES)


@every_language
def test_a_date_never_shows_root_data(code: str) -> None:
    from datetime import date

    from django.utils.formats import date_format

    with translation.override(code):
        shown = date_format(date(2026, 1, 31))
    assert "M01" not in shown
    if code not in {"sv", "en", "fi"}:
        assert shown == "2026-01-31"


def test_the_settings_offer_the_admin_in_three_languages() -> None:
    assert dict(settings.WAGTAILADMIN_PERMITTED_LANGUAGES) == {
        "sv": "svenska",
        "en": "English",
        "fi": "suomi",
    }
