"""A token shows more than nobody has, and never less; a draft is for who has one."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from wagtail.models import APIToken

from cms.translation.models import TranslatorGroup
from tests.cms.delivery.visibility.pages import close, fresh, make_page, translated
from tests.factories.site import ExampleSite

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]


@pytest.fixture
def page(swedish_site: ExampleSite) -> Any:
    """A page with a draft of another title, in English too."""
    translated(swedish_site.home, "en")
    page = make_page(swedish_site.home, "Sida")
    translated(page, "en")
    changed = fresh(page)
    changed.title = "Hemlig ändring"
    changed.save_revision()
    return page


def bearer(user: Any) -> dict[str, str]:
    _token, secret = APIToken.create_token(user=user, name="reader")
    return {"Authorization": f"Bearer {secret}"}


@pytest.fixture
def of_english(page: Any) -> dict[str, str]:
    """The token of who translates into English."""
    user = get_user_model().objects.create_user("erik", "erik@example.org", "lösenord")
    user.groups.add(TranslatorGroup.objects.get(locale__language_code="en").group)
    return bearer(user)


@pytest.mark.parametrize(
    "address",
    [
        "/api/v3/pages/{pk}/",
        "/api/v3/pages/?locale=sv",
        "/api/v3/pages/?locale=sv&search=sida",
        "/api/v3/pages/find/?id={pk}",
    ],
)
def test_a_token_of_another_language_gives_what_anybody_sees(
    address: str, page: Any, of_english: dict[str, str], visitor: Client
) -> None:
    asked = address.format(pk=page.pk)
    anonymous = visitor.get(asked, follow=True)
    assert anonymous.status_code == 200
    answer = visitor.get(asked, headers=of_english, follow=True)
    assert answer.status_code == 200
    assert answer.json() == anonymous.json()
    assert "Hemlig" not in answer.content.decode()


def test_a_token_opens_no_draft_and_nothing_closed_of_another_language(
    page: Any, of_english: dict[str, str], visitor: Client
) -> None:
    address = f"/api/v3/pages/{page.pk}/"
    refused = visitor.get(f"{address}?version=draft", headers=of_english)
    assert refused.status_code == 401
    # Nobody learns which pages there are.
    nowhere = visitor.get("/api/v3/pages/999999/?version=draft", headers=of_english)
    assert (nowhere.status_code, nowhere.content) == (401, refused.content)
    assert visitor.get(f"{address}revisions/", headers=of_english).status_code in (403, 404)
    close(page)
    assert visitor.get(address, headers=of_english).status_code == 404


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer wrong"}])
def test_a_draft_without_a_known_token_is_401(
    headers: dict[str, str], page: Any, visitor: Client
) -> None:
    address = f"/api/v3/pages/{page.pk}/"
    answer = visitor.get(f"{address}?version=draft", headers=headers)
    assert answer.status_code == 401
    assert answer["Content-Type"].startswith("application/problem+json")
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert_unseen_by_caches(answer)
    assert "Sida" not in answer.content.decode()
    assert visitor.get(address, headers=headers).status_code == (401 if headers else 200)


def test_an_editor_reads_a_draft(page: Any, visitor: Client, admin_user: Any) -> None:
    answer = visitor.get(f"/api/v3/pages/{page.pk}/?version=draft", headers=bearer(admin_user))
    assert answer.json()["title"] == "Hemlig ändring"
    assert_unseen_by_caches(answer)
    gone = visitor.get("/api/v3/pages/999999/?version=draft", headers=bearer(admin_user))
    assert gone.status_code == 401


def assert_unseen_by_caches(answer: Any) -> None:
    assert answer["Cache-Control"] in {"private, no-store", "no-store"}
    assert {name.strip() for name in answer["Vary"].split(",")} >= {"Authorization"}
