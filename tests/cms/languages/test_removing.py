"""A language without pages and facts can be removed, whatever was translated into it."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from wagtail.models import APIToken, Locale, Page
from wagtail_localize.models import StringTranslation, Translation

from home.models import ContentPage
from strategy import models as strategy
from tests.factories.site import ExampleSite
from tests.factories.translations import translate

pytestmark = pytest.mark.shared_out

CODE = "fi"


@pytest.fixture
def emptied(swedish_site: ExampleSite) -> Locale:
    """A language into which something was translated, and of which all pages are gone."""
    for source in (swedish_site.pages[ContentPage], strategy.Municipality.objects.first()):
        translate(source, CODE)
    locale = Locale.objects.get(language_code=CODE)
    for snippet in (strategy.Municipality,):
        snippet.objects.filter(locale=locale).delete()
    for page in Page.objects.filter(locale=locale).order_by("-depth"):
        page.specific.delete()
    assert StringTranslation.objects.filter(locale=locale).exists()
    assert Translation.objects.filter(target_locale=locale).exists()
    return locale


def remove_by_form(client: Client, locale: Locale, token: str) -> Any:
    return client.post(reverse("wagtaillocales:delete", args=[locale.pk]), follow=True)


def remove_by_api(client: Client, locale: Locale, token: str) -> Any:
    return Client().delete(
        f"/api/v3/locales/{locale.pk}/", headers={"Authorization": f"Bearer {token}"}
    )


@pytest.mark.parametrize("remove", [remove_by_form, remove_by_api])
def test_a_language_can_be_removed(
    emptied: Locale, admin_client: Client, admin_user: Any, remove: Any
) -> None:
    _token, secret = APIToken.create_token(user=admin_user, name="writer")
    response = remove(admin_client, emptied, secret)
    assert response.status_code in {200, 204}, response.content
    connection.check_constraints()
    assert not Locale.objects.filter(language_code=CODE).exists()
    items = Client().get("/api/v3/languages/").json()["items"]
    assert [item["pages"] for item in items if item["code"] == CODE] == [0]
    assert admin_client.get(reverse("wagtailadmin_home")).status_code == 200
    assert admin_client.get("/admin/translation/").status_code == 200

    again = Locale.objects.create(language_code=CODE)
    assert again.translator_group.group.name == f"Translators ({CODE})"
    page = ContentPage.objects.get(locale__language_code="sv", slug="om")
    assert translate(page, CODE).title.endswith(f"[{CODE}]")
