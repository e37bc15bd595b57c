"""The list of texts that are the same as in Swedish."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation

from cms.delivery.tracking.transaction import tracked_transaction
from cms.translation.models import LanguageStatus, SameOnPurpose
from cms.translation.texts.digests import digest_of_text
from cms.translation.texts.equal_texts import places_with_equal_texts
from home.models import ContentPage
from strategy.models import Municipality
from tests.cms.translation.admin.test_report import (
    MATRIX,
    WORK,
    page_called,
    read,
    signed_in,
)
from tests.factories.site import ExampleSite
from tests.factories.translations import enter_translations, marked, only, translate

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

SAME = "/admin/translation/same/smj/"
SAID = "/admin/translation/same/smj/said/"


@pytest.fixture
def lule(swedish_site: ExampleSite) -> Client:
    return signed_in("Translators (smj)")


def half(site: ExampleSite, title: str) -> ContentPage:
    """A page that is live in Lule Sámi with its Swedish title."""
    page = page_called(site, title)
    page.introduction = f"<p>Text om {title}.</p>"
    with tracked_transaction():
        page.save_revision().publish()
    translate(page, "smj", only(marked("smj"), "introduction"))
    return page


def store_by_file(page: ContentPage, text: str) -> None:
    """A text that a file brought, which nobody has published."""
    enter_translations(page, "smj", lambda _path, source: None)
    segment = StringSegment.objects.get(
        source__object_id=page.translation_key, context__path="title"
    )
    StringTranslation.objects.create(
        translation_of=segment.string,
        context=segment.context,
        locale=Locale.objects.get(language_code="smj"),
        data=text,
        translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
        tool_name="mitt.xlf",
    )


def ticked(page: ContentPage, text: str) -> dict[str, str]:
    return {"texts": f"{page.translation_key}:{digest_of_text(text)}"}


def status_of(page: ContentPage) -> str:
    found: str = LanguageStatus.objects.get(
        source__object_id=page.translation_key, locale__language_code="smj"
    ).status
    return found


def document(page: ContentPage) -> Any:
    target = ContentPage.objects.get(
        translation_key=page.translation_key, locale__language_code="smj"
    )
    return Client().get(f"/api/v3/pages/{target.pk}/").json()


def test_what_is_said_is_complete_in_report_and_document(
    swedish_site: ExampleSite, lule: Client
) -> None:
    page = half(swedish_site, "Abisko")
    assert document(page)["languages"]["/title"] == "sv"
    shown = read(lule, SAME)
    assert "Abisko" in shown
    assert f"{page.translation_key}:{digest_of_text('Abisko')}" in shown
    response: Any = lule.post(SAME, ticked(page, "Abisko"))
    assert response.url == SAME
    assert "/title" not in document(page)["languages"]
    [translation] = [one for one in document(page)["translations"] if one["locale"] == "smj"]
    assert translation["status"] == status_of(page) == "complete"
    one = SameOnPurpose.objects.get()
    assert (one.text, one.how) == ("Abisko", SameOnPurpose.How.LIST)
    assert one.said_by == User.objects.get(username="Translators (smj)")
    assert f"{page.translation_key}" not in read(lule, SAME)


def test_what_is_said_can_be_withdrawn(swedish_site: ExampleSite, lule: Client) -> None:
    page = half(swedish_site, "Abisko")
    lule.post(SAME, ticked(page, "Abisko"))
    shown = read(lule, SAID)
    assert "Abisko" in shown
    assert "Translators (smj)" in shown
    response: Any = lule.post(SAID, {"texts": digest_of_text("Abisko")})
    assert response.url == SAID
    assert document(page)["languages"]["/title"] == "sv"
    assert status_of(page) == "partial"
    assert not SameOnPurpose.objects.exists()
    assert "Abisko" in read(lule, SAME)


def test_a_text_that_a_file_brought_is_listed_before_it_is_live(
    swedish_site: ExampleSite, lule: Client
) -> None:
    page = page_called(swedish_site, "Abisko")
    store_by_file(page, "Abisko")
    shown = read(lule, SAME)
    assert "mitt.xlf" in shown
    lule.post(SAME, ticked(page, "Abisko"))
    assert "mitt.xlf" not in read(lule, SAME)
    found = LanguageStatus.objects.get(
        source__object_id=page.translation_key, locale__language_code="smj"
    )
    assert found.translated == 1


def test_facts_are_listed_and_what_is_translated_is_not(
    swedish_site: ExampleSite, lule: Client
) -> None:
    fact = Municipality.objects.filter(locale__language_code="sv").first()
    assert fact is not None
    translate(fact, "smj", lambda _path, _source: None)
    whole = page_called(swedish_site, "Kust")
    translate(whole, "smj")
    shown = read(lule, SAME)
    assert f"{fact.translation_key}:" in shown
    assert f"{whole.translation_key}:" not in shown


def test_only_what_is_listed_can_be_said(swedish_site: ExampleSite, lule: Client) -> None:
    page = half(swedish_site, "Abisko")
    for text in ("Text om Abisko. [smj]", "Något annat"):
        lule.post(SAME, ticked(page, text))
    for nonsense in ("x", "x:y", f"{page.translation_key}", ""):
        lule.post(SAME, {"texts": nonsense})
    assert not SameOnPurpose.objects.exists()
    assert read(lule, SAME, of=str(page.translation_key)).count('name="texts"') == 1
    assert lule.get(SAME, {"of": "x"}, follow=True).status_code == 404
    assert lule.get("/admin/translation/same/xx/", follow=True).status_code == 404


def read_anyway(client: Client, address: str) -> str:
    return client.get(address, follow=True).content.decode()


def test_each_role(swedish_site: ExampleSite, lule: Client) -> None:
    page = half(swedish_site, "Abisko")
    chief = Client()
    chief.force_login(User.objects.create_superuser("chef"))
    others = [signed_in("Translators (fi)"), signed_in("Editors")]
    own = "/admin/translation/same/"
    for address in (SAME, SAID):
        assert "Abisko" in read(chief, SAME)
        for other in others:
            # Wagtail leads others than scripts to the start page, with a message.
            script = {"X-Requested-With": "XMLHttpRequest"}
            assert other.get(address, headers=script).status_code == 403
            data = ticked(page, "Abisko")
            assert other.post(address, data, headers=script).status_code == 403
            assert "Abisko" not in read_anyway(other, address)
    assert not SameOnPurpose.objects.exists()
    response: Any = lule.get(own)
    assert response.url == SAME
    response = others[0].get(own)
    assert response.url == "/admin/translation/same/fi/"
    for client, is_linked in ((lule, True), (chief, True), (others[0], False)):
        for address in (MATRIX, WORK):
            assert (SAME in read(client, address)) is is_linked
    assert SAME in read(lule, "/admin/")


def test_it_needs_a_token(swedish_site: ExampleSite) -> None:
    page = half(swedish_site, "Abisko")
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.create_superuser("chef"))
    for address in (SAME, SAID):
        assert client.post(address, ticked(page, "Abisko")).status_code == 403


def test_the_list_costs_the_same_however_many_there_are(
    swedish_site: ExampleSite, lule: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def queries() -> int:
        read(lule, SAME)
        with CaptureQueriesContext(connection) as captured:
            read(lule, SAME)
        return len(captured)

    for number in range(3):
        half(swedish_site, f"Plats {number}")
    few = queries()
    for number in range(3, 12):
        half(swedish_site, f"Plats {number}")
    assert queries() == few
    locale = Locale.objects.get(language_code="smj")
    places = places_with_equal_texts(locale)
    assert len(set(places)) == len(places) >= 12
    monkeypatch.setattr("cms.translation.admin.same.PLACES", 5)
    assert queries() == few
    shown = read(lule, SAME)
    texts = []
    for _page in range(20):
        assert shown.count("<section") <= 5
        texts += re.findall(r'name="texts" value="[^:]+:([^"]+)"', shown)
        following = re.search(r'href="\?start=(\d+)"', shown)
        if following is None:
            break
        shown = read(lule, SAME, start=following[1])
    for number in range(12):
        assert texts.count(digest_of_text(f"Plats {number}")) == 1
    assert read(lule, SAME, start="99999999999999999999")
    assert "<section" not in read(lule, SAME, start=1000)
