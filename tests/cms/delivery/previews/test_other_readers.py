"""The preview as readers of another language see the page, held against what the API gives them."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from cms.content.api.documents import render_document
from cms.content.reader.other_readers import shown_to_readers
from home.models import ContentPage
from tests.cms.delivery.visibility.pages import close, fresh, translated
from tests.factories.translations import make_alias

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]


def preview(client: Client, page: ContentPage, mode: str) -> tuple[int, str]:
    address = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
    answer = client.get(address, {"mode": mode})
    return answer.status_code, answer.content.decode()


def test_it_is_what_readers_get_once_the_draft_is_published(
    page: ContentPage, chief: User, client: Client
) -> None:
    translated(page, "fi")
    close(translated(page, "se"))
    make_alias(fresh(page), "en")
    client.force_login(chief)
    draft = fresh(page).get_latest_revision_as_object()
    codes = [mode.removeprefix("readers-") for mode, _label in draft.preview_modes[1:]]
    assert {"fi", "se", "smj", "en"} <= set(codes)
    assert "sv" not in codes
    shown = {code: render_document(shown_to_readers(draft, code)) for code in codes}
    seen = {code: preview(client, page, f"readers-{code}") for code in codes}
    assert shown["fi"]["title"] == "Sida fi"
    assert shown["en"]["title"] == shown["smj"]["title"] == shown["se"]["title"] == "Ändrad"
    fresh(page).get_latest_revision().publish()
    for code in codes:
        given = client.get(f"/api/v3/entries/{code}/{page.translation_key}/").json()
        for name in ("id", "language", "languages", "title", "body"):
            assert given[name] == shown[code][name], (code, name)
        status, html = seen[code]
        assert status == 200
        assert f'<html lang="{given["language"]}"' in html
        assert f"<h1>{given['title']}</h1>" in html
        assert f'<header class="frame" lang="{code}"' in html
    assert "som den publicerades den" in seen["fi"][1]
    assert "Läsarna får den på svenska, med det du har ändrat här." in seen["smj"][1]
    # Readers themselves are told nothing of it, nor is who sees the draft in its own language.
    for html in (preview(client, page, "")[1], client.get("/sv/sida/").content.decode()):
        assert "readers-notice" not in html


def test_a_page_that_they_do_not_get_is_said_to_be_absent(
    page: ContentPage, chief: User, client: Client
) -> None:
    finnish = translated(page, "fi")
    ContentPage.objects.filter(pk=page.pk).update(live=False)
    client.force_login(chief)
    status, html = preview(client, finnish, "readers-sv")
    assert status == 200
    assert "De hittar den inte." in html
    assert "Sida" not in html.partition("<main")[2]
    assert preview(client, finnish, "readers-xx")[0] == 400
    client.logout()
    assert preview(client, finnish, "readers-sv")[0] == 302
