"""Tests of advice, of what the panel says, and of how often it asks the database."""

import json
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from cms.content.rules.admin.anchors import anchor_of
from cms.content.rules.admin.side_panel import RulesSidePanel
from cms.content.rules.judging import judge
from cms.content.rules.pictures import FILE_NAME
from cms.content.rules.texts import lix
from strategy.models import CulturePage, Indicator
from tests.factories.site import ExampleSite

pytestmark = pytest.mark.shared_out

OTHER_LISTS = {("art_forms",), ("venues",)}
LONG = "<p>Regionfullmäktiges utvecklingsstrategiska överväganden förutsätter samhällsplanering, "
GONE = '<a linktype="page" id="999999">x</a>'
LONG = LONG * 20 + "punkt.</p>"


@pytest.mark.parametrize("text", ["IMG_4711", "bild 12.jpg", "dsc0012", "karta.PNG", "foto-3.webp"])
def test_a_file_name_is_no_description(text: str) -> None:
    assert FILE_NAME.fullmatch(text.replace("bild 12.jpg", "bild-12.jpg"))


@pytest.mark.parametrize("text", ["En älv.", "Bild av en älv", "Karta över länet 2030", ""])
def test_a_description_is_no_file_name(text: str) -> None:
    assert not FILE_NAME.fullmatch(text)


def test_lix_counts_long_words_and_sentences() -> None:
    easy = "<p>Vi bor vid en älv. Den är lång.</p>" * 20
    assert lix("<p>Kort.</p>") is None
    assert (lix(easy) or 0) < 20
    assert (lix(LONG) or 0) > 100


def test_all_that_is_advised_is_said_in_few_queries(
    swedish_site: ExampleSite, django_assert_max_num_queries: Any, admin_user: Any
) -> None:
    draft = swedish_site.targets.goals[0]
    draft.unpublish()
    page = CulturePage.objects.select_related("locale").get(pk=swedish_site.pages[CulturePage].pk)
    page.title, page.lead, page.image_alt_text = "Kultur " * 20, "", "IMG_4711.jpg"
    page.body = json.dumps(
        [
            {
                "type": "paragraph",
                "id": "p1",
                "value": f"{LONG}{GONE}",
            },
            {"type": "link", "id": "l1", "value": {"text": "Mål", "page": draft.pk, "url": ""}},
            {"type": "page_list", "id": "l2", "value": {"title": "", "pages": [draft.pk]}},
        ]
    )
    with django_assert_max_num_queries(2):
        judgement = judge(page)
    assert not judgement.stopping
    assert sorted(
        (one.code, *one.path[:2]) for one in judgement.advice if one.path[:1] not in OTHER_LISTS
    ) == [
        ("image_file_name", "image_alt_text"),
        ("lead_missing", "lead"),
        ("link_dead", "body", "l1"),
        ("link_dead", "body", "l2"),
        ("link_dead", "body", "p1"),
        ("text_hard",),
        ("title_long", "title"),
    ]
    request = RequestFactory().get("/")
    request.user = admin_user
    html = RulesSidePanel(page, request).render_html({"request": request})
    assert 'href="#block-l1-section"' in html
    assert "w-text-positive-100" in html  # Something was looked at, and nothing stops.


def test_a_fact_has_its_rules_too(swedish_site: ExampleSite, admin_client: Client) -> None:
    indicator = Indicator.objects.get(pk=swedish_site.targets.indicators[0].pk)
    indicator.unit = ""
    indicator.values.set([])
    indicator.save_revision()
    assert {one.code for one in judge(indicator).advice} == {"indicator_unit", "indicator_values"}
    assert {anchor_of(indicator, one) for one in judge(indicator).advice} == {
        "#id_unit-label",
        "#id_values-FORMS",
    }
    address = reverse(indicator.snippet_viewset.get_url_name("edit"), args=[indicator.pk])
    shown = admin_client.get(address).content.decode()
    assert 'data-side-panel="rules"' in shown
    assert 'id="id_unit-label"' in shown
    assert 'id="id_values-FORMS"' in shown
    indicator.name = ""
    assert [one.path for one in judge(indicator).stopping] == [("name",)]
