"""Tests of a string's history, of links, and of the state of all strings."""

from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import PageViewRestriction
from wagtail_localize.models import SegmentOverride, StringTranslation, TranslationContext

from cms.translation.editor.link_addresses import address_fault
from cms.translation.models import SameOnPurpose
from cms.translation.texts.same_on_purpose import say_same
from home.models import ContentPage
from tests.cms.translation.editor.desk import JSON, Desk, queries_of, signed_in, translator
from tests.cms.translation.editor.test_saving import LONG_AGO

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]


def test_a_history_has_who_and_when_and_leads_back(desk: Desk) -> None:
    other = Desk(desk.translation, translator("nubbe"))
    address = desk.address("title", "editor_history")
    assert desk.client.get(address).json() == {"versions": []}
    first = desk.saved("title", "Riddo")
    StringTranslation.objects.update(updated_at=LONG_AGO, tool_name="a.xlf")
    second = other.saved("title", "Merra", first["version"])
    versions = desk.client.get(address).json()["versions"]
    assert [
        (one["data"], one["by"], one["how"], one["is_current"]) for one in versions
    ] == [("Merra", "nubbe", "typed", True), ("Riddo", "julev", "a.xlf", False)]  # fmt: skip
    assert versions[0]["at"] == second["at"]
    assert versions[1]["at"].startswith("2026-01-01")
    desk.saved("title", versions[1]["data"], second["version"])
    versions = desk.client.get(address).json()["versions"]
    assert [one["data"] for one in versions] == ["Riddo", "Merra", "Riddo"]
    assert signed_in(translator("suopma", "fi")).get(address).status_code == 403


def link(desk: Desk) -> str:
    context = TranslationContext.objects.get(
        object_id=desk.translation.source.object_id, path__endswith="'"
    )
    return reverse("cms_translation:editor_link", args=[desk.translation.pk, context.pk])


def set_link(desk: Desk, href: str) -> Any:
    return desk.client.put(link(desk), {"href": href}, content_type=JSON)


def test_a_link_has_another_address_in_a_language(desk: Desk) -> None:
    desk.saved("introduction", 'Låga <a id="a1">plánav</a>.')
    answer = set_link(desk, "https://example.org/smj/")
    assert answer.json() == {
        "href": "https://example.org/smj/", "source_href": "https://example.org/",
    }  # fmt: skip
    assert SegmentOverride.objects.get().last_translated_by == desk.user
    desk.publish()
    page = ContentPage.objects.get(locale=desk.translation.target_locale)
    assert 'href="https://example.org/smj/"' in page.introduction
    assert set_link(desk, "").json()["href"] == ""
    assert not SegmentOverride.objects.exists()
    set_link(desk, "/smj/plana/")
    assert set_link(desk, "https://example.org/").json()["href"] == ""
    assert not SegmentOverride.objects.exists()


def test_no_link_leads_where_none_may(desk: Desk) -> None:
    for href in (
        "javascript:alert(1)", "JAVASCRIPT:alert(1)", "java\tscript:x", "data:text/html,x",
        "//x.se/",
        "/\\x.se/", "plan", "../plan", "https://", "https://a b.se/", "mailto:", "mailto:x", "tel:",
        "tel:x", "ftp://x.se/", "vbscript:x", 'https://x.se/"onclick="', "https://[x/",
        "\u202ehttp://x.se",
        "https://x.se/" + "x" * 2_000, "https://x.se/\u0000",
    ):  # fmt: skip
        answer = set_link(desk, href)
        assert answer.status_code == 422, href
        assert answer.json()["detail"]
    assert not SegmentOverride.objects.exists()
    for href in (
        "https://x.se", "http://x.se/a?b=c#d", "mailto:a@x.se?subject=x", "tel:+46920430000",
        "/smj/", "https://girjje.se/girjjevuorkká",
    ):  # fmt: skip
        assert address_fault(href) == "", href


def test_a_link_that_left_the_source_is_gone(desk: Desk, page: ContentPage) -> None:
    address = link(desk)
    page.introduction = "<p>Läs planen.</p>"
    page.save_revision().publish()
    answer = desk.client.put(address, {"href": "https://x.se/"}, content_type=JSON)
    assert answer.status_code == 410
    title = TranslationContext.objects.get(object_id=page.translation_key, path="title")
    address = reverse("cms_translation:editor_link", args=[desk.translation.pk, title.pk])
    answer = desk.client.put(address, {"href": "https://x.se/"}, content_type=JSON)
    assert answer.status_code == 410


def state(desk: Desk) -> dict[str, Any]:
    address = reverse("cms_translation:editor_state", args=[desk.translation.pk])
    answer, statements = queries_of(lambda: desk.client.get(address))
    assert len(statements) <= 10, "\n".join(statements)
    found: dict[str, Any] = answer.json()
    return found


def test_the_state_tells_what_others_have_changed(desk: Desk, page: ContentPage) -> None:
    segment = desk.segment("title")
    ref = f"{segment.context_id}-{segment.string_id}"
    before = state(desk)
    assert len(before["strings"]) == 5
    assert before["strings"][ref] == {"version": "", "state": "missing"}
    saved = desk.saved("title", "Kust")
    after = state(desk)
    assert after["strings"][ref] == {"version": saved["version"], "state": "same"}
    assert after["counts"] == saved["counts"]
    assert after["source"] == before["source"]
    say_same(desk.translation.target_locale_id, ["Kust"], SameOnPurpose.How.LIST)
    assert state(desk)["strings"][ref]["state"] == "done"
    page.title = "Stor kust"
    page.save_revision().publish()
    now = state(desk)
    assert now["source"] != before["source"]
    assert ref not in now["strings"]


def test_a_closed_page_is_closed_to_the_script(desk: Desk, page: ContentPage) -> None:
    closed = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.GROUPS
    )
    # Who has begun it works on it.
    assert desk.put("title", "Riddo").status_code == 200
    desk.translation.get_target_instance().delete()
    desk.translation.enabled = True
    desk.translation.save()
    for answer in (
        desk.put("title", "Merra"),
        desk.client.get(desk.address("title", "editor_history")),
        desk.same("title"),
    ):
        assert answer.status_code == 403
        assert "closed" in answer.json()["detail"]
    closed.delete()
    assert desk.put("title", "Merra", "").status_code in (200, 409)
