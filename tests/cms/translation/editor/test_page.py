"""The translators' editor: every string in the page's order, with what is known of it."""

import json
import re
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail.rich_text import RichText
from wagtail_localize.models import Translation

from cms.translation.editor.rows import EditorRow, editor_rows
from cms.translation.editor.state import counts_of_status
from cms.translation.models import LanguageStatus
from home.models import ContentPage
from tests.cms.translation.scene import Scene
from tests.factories.translations import enter_translations, marked, only, translate

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

MOST_QUERIES = 45
LARGEST = 700_000
"""Bytes of the editor of five hundred strings."""

BODY = [
    ("heading", {"text": "Så arbetar vi", "level": "2"}),
    ("paragraph", "<p>Vi åker <b>buss</b>. Vi går till <a href='https://example.org/'>ån</a>.</p>"),
    ("paragraph", "<p>År 2030 är vi många.</p>"),
    ("quote", {"text": "Allt är nära.", "name": "Kersti Kust", "role": ""}),
]


LINKED = "<p>Mening {place} är <b>här</b>, länk till <a href='https://example.org/{place}'>sidan</a>.</p>"
PARAGRAPH = 'Vi åker <b>buss</b>. Vi går till <a id="a1">ån</a>.'


def made(scene: Scene, body: list[tuple[str, Any]] = BODY, **more: Any) -> ContentPage:
    page = ContentPage(
        title="Vägar",
        slug="vagar",
        introduction="<p>Hit leder alla vägar.</p>",
        body=json.dumps(
            [{"type": kind, "value": value, "id": str(uuid4())} for kind, value in body]
        ),
        **more,
    )
    Page.objects.get(pk=scene.homes["sv"].pk).specific.add_child(instance=page)
    page.save_revision().publish()
    return page


def translation_into(page: ContentPage, code: str) -> Translation:
    found: Translation = Translation.objects.select_related("source__locale", "target_locale").get(
        source__object=page.translation_key, target_locale__language_code=code
    )
    return found


def editor_of(page: ContentPage, code: str = "smj") -> str:
    return reverse("cms_translation:editor", args=[translation_into(page, code).pk])


def rows_of(page: ContentPage, related: str = "") -> dict[str, EditorRow]:
    locale = Locale.objects.get(language_code=related) if related else None
    found = editor_rows(translation_into(page, "smj"), locale)
    return {row.source: row for row in found.rows}


def test_strings_stand_in_the_order_of_the_page_under_headings(scene: Scene) -> None:
    page = made(scene)
    translate(page, "smj", only(marked("smj"), "title"))
    groups = editor_rows(translation_into(page, "smj")).groups
    assert [(one.heading, one.section, len(one.rows)) for one in groups] == [
        ("Titel", "", 1),
        ("Inledning", "", 1),
        ("Rubrik 1", "", 1),
        ("Stycke 1", "Så arbetar vi", 1),
        ("Stycke 2", "Så arbetar vi", 1),
        ("Citat 1", "Så arbetar vi", 1),
        ("Slugg", "", 1),
    ]


def test_each_string_has_its_state(scene: Scene) -> None:
    page = made(scene)
    translate(page, "smj", marked("smj"))
    texts = {"Vägar": "Vägar", "Hit leder alla vägar.": "<b>Bájke", "Allt är nära.": None}
    page.body[2].value = RichText("<p>År 2040 är vi många.</p>")
    page.save_revision().publish()
    enter_translations(page, "smj", lambda path, text: texts.get(text))
    rows = rows_of(page)
    assert {source: row.state for source, row in rows.items()} == {
        "Vägar": "same",
        "Hit leder alla vägar.": "fault",
        "Så arbetar vi": "done",
        PARAGRAPH: "done",
        "År 2040 är vi många.": "outdated",
        "Allt är nära.": "done",
        "vagar": "done",
    }
    # The bar says the same as it will after the next text is saved.
    found = translation_into(page, "smj")
    status = LanguageStatus.objects.get(source=found.source, locale=found.target_locale)
    left = editor_rows(found).words_left
    assert left == counts_of_status(status)["words_left"] == 1 + 4 + 5
    former = rows["År 2040 är vi många."]
    assert former.former_target == "År 2030 är vi många. [smj]"
    assert [(one.kind, one.text.strip()) for one in former.former_source if one.kind != "same"] == [
        ("gone", "2030"),
        ("new", "2040"),
    ]
    assert rows[PARAGRAPH].links[0].href == "https://example.org/"


def test_what_is_left_counts_words_of_the_source(scene: Scene) -> None:
    page = made(scene)
    translate(page, "smj", only(marked("smj"), "title", "introduction", "slug"))
    found = editor_rows(translation_into(page, "smj"))
    assert found.words_left == 3 + 7 + 5 + 3
    assert found.counts == {"done": 3, "missing": 4}


def test_the_related_language_shows_what_its_readers_have(scene: Scene) -> None:
    page = made(scene)
    for code in ("se", "smj"):
        translate(page, code, only(marked(code), "title"))
    enter_translations(page, "se", only(marked("se"), "introduction"))
    rows = rows_of(page, "se")
    assert rows["Vägar"].related == "Vägar [se]"
    assert rows["Hit leder alla vägar."].related == ""


def test_a_related_language_is_chosen_and_kept(scene: Scene) -> None:
    page = made(scene)
    for code in ("se", "fi", "smj"):
        translate(page, code, only(marked(code), "title"))
    address = editor_of(page)
    assert "Vägar [se]" in scene.client.get(address).content.decode()
    assert "Vägar [fi]" in scene.client.get(f"{address}?related=fi").content.decode()
    shown = scene.client.get(address).content.decode()
    assert "Vägar [fi]" in shown
    assert "Vägar [se]" not in shown
    assert "Vägar [fi]" not in scene.client.get(f"{address}?related=").content.decode()
    for code in ("smj", "sv", "none"):
        shown = scene.client.get(f"{address}?related={code}").content.decode()
        assert "Vägar [fi]" not in shown


def test_every_text_has_its_language(scene: Scene) -> None:
    page = made(scene)
    for code in ("fi", "yi"):
        translate(page, code, only(marked(code), "title"))
    user = User.objects.create_user("yidish", password="x")
    user.groups.add(Group.objects.get(name="Translators (yi)"))
    client = Client()
    client.force_login(user)
    shown = client.get(f"{editor_of(page, 'yi')}?related=fi").content.decode()
    for text, code, direction in (
        ("Hit leder alla vägar.", "sv", "ltr"),
        ("Vägar [fi]", "fi", "ltr"),
        ("Vägar [yi]", "yi", "rtl"),
    ):
        before = shown[: shown.rindex(text)]
        assert re.findall(r'<[a-z0-9]+ [^>]*\blang="([a-z]+)"', before)[-1] == code
        assert re.findall(r'<[a-z0-9]+ [^>]*\bdir="([a-z]+)"', before)[-1] == direction


def test_five_hundred_strings_cost_no_more_than_ten(scene: Scene) -> None:
    counted = []
    for number, size in enumerate((1, 50)):
        body = [
            ("paragraph", "".join(LINKED.format(place=f"{block}.{n}") for n in range(10)))
            for block in range(size)
        ]
        page = made(scene, body)
        page.slug = f"vagar-{number}"
        page.save_revision().publish()
        translate(page, "se", only(marked("se"), "title", "body"))
        translate(page, "smj", only(marked("smj"), "title", "body"))
        scene.client.get(editor_of(page))
        with CaptureQueriesContext(connection) as queries:
            response = scene.client.get(editor_of(page))
        counted.append(len(queries))
        assert len(response.content) <= LARGEST
    assert editor_rows(translation_into(page, "smj")).counts.total() >= 500
    assert counted[0] == counted[1] <= MOST_QUERIES


def test_a_page_written_by_hand_is_edited_by_hand(scene: Scene) -> None:
    page = scene.pages["smj"]
    translation = scene.translation(page)
    Translation.objects.filter(pk=translation.pk).update(enabled=False)
    response: Any = scene.client.get(reverse("cms_translation:editor", args=[translation.pk]))
    assert response.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert scene.client.get(response.url).status_code == 200


def test_publishing_says_what_is_left(scene: Scene) -> None:
    page = made(scene)
    translate(page, "smj", only(marked("smj"), "title"))
    enter_translations(page, "smj", only(marked("smj"), "introduction"))
    publish = reverse("cms_translation:editor_publish", args=[translation_into(page, "smj").pk])
    answer = scene.client.post(publish).json()
    assert answer["published"]
    assert answer["left"] == 4
    assert "4 texter visas fortfarande på källspråket." in answer["message"]
    [target] = page.get_translations()
    assert "Hit leder alla vägar. [smj]" in target.introduction
    Page.objects.filter(pk=target.pk).update(locked=True)
    refused = scene.client.post(publish)
    assert refused.status_code == 409
    assert "låst" in refused.json()["detail"]
