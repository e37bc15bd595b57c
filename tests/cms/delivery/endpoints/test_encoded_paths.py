"""A path with letters beyond ASCII finds its page, percent-encoded or not, at every address."""

from typing import Any
from urllib.parse import quote, unquote

import pytest
from django.test import Client

from home.models import ContentPage
from tests.factories.site import ExampleSite

pytestmark = pytest.mark.shared_out


@pytest.fixture
def path(swedish_site: ExampleSite, django_capture_on_commit_callbacks: Any) -> str:
    """The path of a document; its page has moved once, when slugs could have any letters."""
    page = ContentPage(title="Öppna möten", slug="x")
    swedish_site.home.add_child(instance=page)
    page.slug = "äldre-möten"
    page.save_revision().publish()
    page = ContentPage.objects.get(pk=page.pk)
    page.slug = "öppna-möten"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    found: str = Client().get(f"/api/v3/pages/{page.pk}/").json()["path"]
    assert found == quote("/sv/öppna-möten/")
    return found


@pytest.mark.parametrize("written", [str, unquote], ids=["encoded", "decoded"])
@pytest.mark.parametrize(
    "address", ["/api/v3/pages/find/?html_path=", "/api/v3/entries/sv/find/?path="]
)
def test_both_forms_find_the_page(path: str, address: str, written: type[str]) -> None:
    response = Client().get(address + quote(written(path), safe=""), follow=True)
    assert response.status_code == 200, response.content
    assert response.json()["path"] == path
    former = path.replace(quote("öppna"), quote("äldre"))
    moved = Client().get(address + quote(written(former), safe=""))
    assert moved.status_code in {301, 302, 307, 308}, moved.content
    assert Client().get(moved["Location"], follow=True).json()["path"] == path


@pytest.mark.parametrize("written", ["/sv/%C3/", "/sv/%zz/", "/sv/a%00b/", "/sv/%2e%2e/"])
@pytest.mark.parametrize(
    "address", ["/api/v3/pages/find/?html_path=", "/api/v3/entries/sv/find/?path="]
)
def test_what_is_no_path_finds_nothing(
    swedish_site: ExampleSite, address: str, written: str
) -> None:
    response = Client(raise_request_exception=False).get(address + quote(written, safe=""))
    assert response.status_code in {404, 422}, response.content
