"""A chooser offers what is in the language of the page whose form it was opened from."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page

from home.models import ContentPage, HomePage
from strategy.models import Municipality
from tests.factories.site import ExampleSite

pytestmark = pytest.mark.shared_out

HOST = "http://testserver"


def choose_page(client: Client, opened_from: str) -> set[str]:
    """The languages of the pages that the page chooser offers at the top of the tree."""
    response = client.get(
        reverse("wagtailadmin_choose_page"), headers={"referer": f"{HOST}{opened_from}"}
    )
    assert response.status_code == 200
    return {page.locale.language_code for page in response.context["table"].data if page.depth > 1}


@pytest.mark.parametrize("code", ["sv", "en"])
def test_page_chooser_offers_the_language_of_the_page_being_edited(
    example_site: ExampleSite, admin_client: Client, code: str
) -> None:
    home = example_site.home.get_translation(Locale.objects.get(language_code=code))
    edit = reverse("wagtailadmin_pages:edit", args=[home.pk])
    assert choose_page(admin_client, edit) == {code}
    add = reverse("wagtailadmin_pages:add", args=["home", "contentpage", home.pk])
    assert choose_page(admin_client, add) == {code}


def test_page_chooser_searches_in_that_language(
    example_site: ExampleSite, admin_client: Client
) -> None:
    page = example_site.pages[ContentPage]
    response = admin_client.get(
        reverse("wagtailadmin_choose_page_search"),
        {"q": page.title},
        headers={"referer": f"{HOST}{reverse('wagtailadmin_pages:edit', args=[page.pk])}"},
    )
    found = {hit.locale.language_code for hit in response.context["pages"]}
    assert found == {"sv"}


@pytest.mark.parametrize("opened_from", ["/admin/", "/nowhere/at/all/", ""])
def test_page_chooser_offers_everything_where_the_form_is_not_known(
    example_site: ExampleSite, admin_client: Client, opened_from: str
) -> None:
    roots = Page.objects.filter(depth=2).values_list("locale__language_code", flat=True)
    assert choose_page(admin_client, opened_from) == set(roots)


def test_snippet_chooser_offers_the_language_of_the_page_being_edited(
    example_site: ExampleSite, admin_client: Client
) -> None:
    english = Locale.objects.get(language_code="en")
    Municipality.objects.create(name="Boden in English", code="2582", locale=english)
    address = reverse(f"{Municipality.snippet_viewset.chooser_viewset.name}:choose")
    swedish_form = reverse("wagtailadmin_pages:edit", args=[example_site.pages[HomePage].pk])
    response = admin_client.get(address, headers={"referer": f"{HOST}{swedish_form}"})
    offered = {item.locale.language_code for item in response.context["results"]}
    assert offered == {"sv"}


def test_snippet_chooser_follows_the_snippet_being_edited(
    example_site: ExampleSite, admin_client: Client
) -> None:
    english = Locale.objects.get(language_code="en")
    snippet = Municipality.objects.create(name="Boden in English", code="2582", locale=english)
    viewset = Municipality.snippet_viewset
    address = reverse(f"{viewset.chooser_viewset.name}:choose")
    for form in (
        reverse(viewset.get_url_name("edit"), args=[snippet.pk]),
        reverse(viewset.get_url_name("add")) + "?locale=en",
    ):
        response = admin_client.get(address, headers={"referer": f"{HOST}{form}"})
        assert {item.locale.language_code for item in response.context["results"]} == {"en"}
