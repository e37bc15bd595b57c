"""Limits of a page, in the admin and through the API; and ids of blocks in the admin."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import APIToken

from cms.content import page_limits
from cms.content.page_limits import BLOCKS
from home.models import ContentPage
from tests.factories.site import ExampleSite

pytestmark = pytest.mark.shared_out


def paragraphs(number: int, text: str = "x") -> list[dict[str, Any]]:
    return [{"type": "paragraph", "value": f"<p>{text}</p>"} for _each in range(number)]


@pytest.fixture
def page(swedish_site: ExampleSite) -> ContentPage:
    found = ContentPage.objects.get(pk=swedish_site.pages[ContentPage].pk)
    found.body = []
    found.save_revision().publish()
    return ContentPage.objects.get(pk=found.pk)


@pytest.fixture
def patch(page: ContentPage, admin_user: Any) -> Any:
    _token, secret = APIToken.create_token(user=admin_user, name="writer")

    def call(**fields: Any) -> Any:
        return Client().patch(
            f"/api/v3/pages/{page.pk}/",
            fields,
            content_type="application/json",
            headers={"Authorization": f"Bearer {secret}"},
        )

    return call


def test_more_blocks_than_a_thousand_are_refused_with_the_number(
    page: ContentPage, patch: Any
) -> None:
    response = patch(body=paragraphs(BLOCKS + 1))
    assert response.status_code == 422
    assert "1001 blocks; 1000" in response.content.decode()
    assert patch(body=paragraphs(BLOCKS)).status_code == 200


def test_a_body_that_is_longer_already_may_stay_and_not_grow(
    page: ContentPage, patch: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert patch(body=paragraphs(5)).status_code == 200
    monkeypatch.setattr(page_limits, "BLOCKS", 3)
    assert patch(body=paragraphs(5, "y"), meta={"action": "publish"}).status_code == 200
    assert patch(body=paragraphs(6)).status_code == 422
    assert patch(body=paragraphs(4)).status_code == 200
    assert patch(body=paragraphs(5)).status_code == 422


def test_more_bytes_than_two_million_are_refused_with_the_number(
    page: ContentPage, patch: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_limits, "BYTES", 20_000)
    response = patch(body=paragraphs(10, "å" * 1_000))
    assert response.status_code == 422
    said = response.content.decode()
    assert "20000 are possible" in said
    assert patch(body=paragraphs(8, "å" * 1_000)).status_code == 200


def posted(page: ContentPage, blocks: list[tuple[str, str]]) -> dict[str, str]:
    """The form of a page with paragraphs, each with its id and its text."""
    data = {
        "title": page.title,
        "slug": page.slug,
        "introduction": json.dumps({"blocks": [], "entityMap": {}}),
        "body-count": str(len(blocks)),
    }
    for number, (identity, text) in enumerate(blocks):
        prefix = f"body-{number}"
        content = {"key": "k", "type": "unstyled", "depth": 0, "text": text}
        ranges = {"inlineStyleRanges": [], "entityRanges": []}
        data |= {
            f"{prefix}-deleted": "",
            f"{prefix}-order": str(number),
            f"{prefix}-type": "paragraph",
            f"{prefix}-id": identity,
            f"{prefix}-value": json.dumps({"blocks": [content | ranges], "entityMap": {}}),
        }
    return data


def test_the_form_says_the_limit_and_keeps_what_was_typed(
    page: ContentPage, admin_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_limits, "BLOCKS", 2)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    response = admin_client.post(address, posted(page, [("", f"Ord {n}") for n in range(3)]))
    shown = response.content.decode()
    assert response.status_code == 200
    # For the browser as JSON, whose letters beyond ASCII are numbers.
    assert "Det finns 3 block; 2 " in shown
    assert all(f"Ord {number}" in shown for number in range(3))


def test_blocks_that_were_copied_with_their_id_get_one_of_their_own(
    page: ContentPage, admin_client: Client
) -> None:
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    response = admin_client.post(
        address, posted(page, [("same", "Ett"), ("same", "Två"), ("", "Tre")])
    )
    assert response.status_code == 302, response.content
    stored = ContentPage.objects.get(pk=page.pk).get_latest_revision_as_object().body
    identities = [child.id for child in stored]
    assert identities[0] == "same"
    assert len({*identities}) == 3
    assert all(identities)
    assert [child.value.source[-8:-4] for child in stored] == [">Ett", ">Två", ">Tre"]
