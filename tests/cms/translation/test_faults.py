"""Tests that a text is judged alike in the browser and in a file."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import translation as languages
from wagtail_localize.models import StringSegment, StringTranslation

from home.models import ContentPage
from tests.cms.exchange.carrying import bring, filled, reasons, translated
from tests.factories.blocks import rich_text
from tests.factories.site import ExampleSite
from tests.factories.translations import enter_translations

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

LINKED = 'Läs <a href="https://example.org/">planen</a> och <a href="https://x.se/">kartan</a>.'
LULE_SAMI = 'Låga <a id="a1">plánav</a> ja <a id="a2">kártav</a>.'

FAULTS = [
    ("title", "\u200b\u2060", "no text that anybody can see"),
    ("title", "Riddo " * 60, "the field holds 255"),
    ("title", "<b>Riddo</b>", "text alone"),
    ("title", "<script>Riddo</script>", "<script> is not allowed"),
    ("slug", "Ny adress", "ny-adress"),
    ("introduction", 'Låga <a id="a1">plánav</a>.', "“a2” is missing"),
    ("introduction", f'{LULE_SAMI}<a id="a1">x</a>', "“a1” is there twice"),
    ("introduction", 'Låga <a id="a1">pláná <a id="a2">kártav</a></a>.', "“a2” is in another link"),
    ("introduction", '<a id="a1"> \u200b</a> Låga <a id="a2">kártav</a>.', "“a1” is empty"),
]


@pytest.fixture
def page(swedish_site: ExampleSite) -> ContentPage:
    found = ContentPage(title="Kust", slug="kust")
    found.introduction = rich_text(LINKED)
    swedish_site.home.add_child(instance=found)
    found.save_revision().publish()
    return ContentPage.objects.get(pk=found.pk)


@pytest.fixture
def editor(page: ContentPage) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(User.objects.create_superuser("chef"))
    return client


def type_in(editor: Client, page: ContentPage, path: str, text: str) -> Any:
    begun = enter_translations(page, "smj", lambda path, text: None)
    begun.save_target(publish=False)
    segment = StringSegment.objects.get(source=begun.source, context__path=path)
    address = reverse(
        "wagtail_localize:edit_string_translation",
        kwargs={"translation_id": begun.pk, "string_segment_id": segment.pk},
    )
    with languages.override("en"):
        return editor.put(
            address, f"value={_quoted(text)}", content_type="application/x-www-form-urlencoded"
        )


def _quoted(text: str) -> str:
    from urllib.parse import quote

    return quote(text)


@pytest.mark.parametrize(("path", "text", "said"), FAULTS)
def test_a_text_is_judged_alike_in_the_browser_and_in_a_file(
    path: str, text: str, said: str, page: ContentPage, editor: Client, tmp_path: Path
) -> None:
    fill = lambda _group, unit: translated(text if unit.path == path else "", unit)  # noqa: E731
    with languages.override("en"):
        report = bring(filled(tmp_path, fill, "po", keys=[page.translation_key]))
    [of_file] = [reason for reason in reasons(report).values() if reason]
    assert said in of_file
    answer = type_in(editor, page, path, text)
    assert answer.status_code in (200, 201), answer.content
    assert answer.json()["error"] == of_file
    stored = StringTranslation.objects.get(context__path=path, locale__language_code="smj")
    assert (stored.has_error, stored.field_error) == (True, of_file)


def test_a_text_with_a_fault_does_not_go_live(page: ContentPage, editor: Client) -> None:
    type_in(editor, page, "title", "\u200b")
    begun = enter_translations(page, "smj", lambda path, text: None)
    begun.save_target(publish=True)
    assert page.get_translation(begun.target_locale).title == "Kust"
    type_in(editor, page, "title", "Riddo")
    begun.save_target(publish=True)
    assert page.get_translation(begun.target_locale).title == "Riddo"
    assert not StringTranslation.objects.filter(has_error=True).exists()
