"""Items of lists keep their ids, and with them their translations, when a program writes a page."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.models import APIToken

from cms.translation.models import LanguageStatus
from home.models import ContentPage
from tests.factories.pages import ContentPageFactory
from tests.factories.site import ExampleSite
from tests.factories.translations import translate

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

QUESTIONS = ("Vem?", "Vad?", "När?", "Var?")
Write = Callable[..., Any]


@pytest.fixture
def page(swedish_site: ExampleSite) -> ContentPage:
    page: ContentPage = ContentPageFactory(parent=swedish_site.home, title="Frågor", slug="fragor")
    return page


@pytest.fixture
def write(page: ContentPage, admin_user: Any) -> Write:
    _token, secret = APIToken.create_token(user=admin_user, name="writer")

    def call(*body: Any) -> Any:
        answer = Client().patch(
            f"/api/v3/pages/{page.pk}/",
            {"body": body, "meta": {"action": "publish"}},
            content_type="application/json",
            headers={"Authorization": f"Bearer {secret}"},
        )
        assert answer.status_code == 200, answer.content
        return answer

    return call


def accordion(page: ContentPage, *titles: str) -> dict[str, Any]:
    """The accordion of the page with these questions."""
    items = [{"title": title, "text": f"<p>Svar på {title}</p>"} for title in titles]
    block: dict[str, Any] = {"type": "accordion", "value": {"items": items}}
    stored = ContentPage.objects.get(pk=page.pk).body
    return block | ({"id": stored[0].id} if stored else {})


def ids(page: ContentPage) -> dict[str, str]:
    [block] = ContentPage.objects.get(pk=page.pk).body
    return {item.value["title"]: item.id for item in block.value["items"].bound_blocks}


def test_what_is_read_and_sent_back_changes_no_id(page: ContentPage, write: Write) -> None:
    targets = [page.get_parent().pk, page.pk, page.get_parent().pk]
    write(
        accordion(page, *QUESTIONS),
        {"type": "page_list", "value": {"title": "Se även", "pages": targets}},
    )
    before = _without_keys(page)
    read = Client().get(f"/api/v3/pages/{page.pk}/").json()["body"]
    read[1]["value"]["pages"] = targets
    write(*read)
    assert _without_keys(page) == before


def _without_keys(page: ContentPage) -> str:
    """The body as it is stored, but for the names that Draftail gives paragraphs each time."""
    stored = json.dumps(ContentPage.objects.get(pk=page.pk).body.get_prep_value())
    return re.sub(r' data-block-key=\\"\w+\\"', "", stored)


@pytest.mark.parametrize(
    ("titles", "kept"),
    [
        (("Vem?", "Vad?", "När?", "Var?", "Hur?"), QUESTIONS),
        (("Hur?", "Vem?", "Vad?", "När?", "Var?"), QUESTIONS),
        (("Var?", "Vem?", "När?", "Vad?"), QUESTIONS),
        (("Vem?", "När?", "Var?"), ("Vem?", "När?", "Var?")),
        (("När?",), ("När?",)),
    ],
)
def test_what_stays_keeps_its_id_wherever_it_stands(
    titles: tuple[str, ...], kept: tuple[str, ...], page: ContentPage, write: Write
) -> None:
    write(accordion(page, *QUESTIONS))
    before = ids(page)
    write(accordion(page, *titles))
    after = ids(page)
    assert list(after) == list(titles)
    assert {title: after[title] for title in kept} == {title: before[title] for title in kept}
    assert len(set(after.values())) == len(titles)
    assert not {after[title] for title in titles if title not in kept} & set(before.values())


def test_what_is_corrected_keeps_its_id(page: ContentPage, write: Write) -> None:
    write(accordion(page, *QUESTIONS))
    before = list(ids(page).values())
    write(accordion(page, "Vem?", "Vad då?", "När?", "Var?"))
    assert list(ids(page).values()) == before


def test_the_same_item_twice_keeps_both_ids(page: ContentPage, write: Write) -> None:
    write(accordion(page, "Vem?", "Vem?"))
    [block] = ContentPage.objects.get(pk=page.pk).body
    before = [item.id for item in block.value["items"].bound_blocks]
    write(accordion(page, "Vem?", "Vem?"))
    [block] = ContentPage.objects.get(pk=page.pk).body
    assert [item.id for item in block.value["items"].bound_blocks] == before
    assert len(set(before)) == 2


def test_a_translation_stays_complete(page: ContentPage, write: Write) -> None:
    translate(page.get_parent().specific, "fi")
    write(accordion(page, *QUESTIONS))
    translate(ContentPage.objects.get(pk=page.pk), "fi")
    write(accordion(page, *QUESTIONS))
    [status] = LanguageStatus.objects.filter(
        source__object_id=page.translation_key, locale__language_code="fi"
    )
    assert (status.translated, status.outdated) == (status.strings, 0)
