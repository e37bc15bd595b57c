"""The check of languages finds what breaks an invariant, and names the page."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page, PageViewRestriction

from cms.delivery.models import PublishedDocument
from cms.delivery.publishing.language_check import language_faults
from cms.translation.models import LanguageStatus, LanguageTexts, Status
from home.models import ContentPage, HomePage
from tests.factories.site import ExampleSite

pytestmark = pytest.mark.shared_out


def changed(document: PublishedDocument, old: bytes, new: bytes) -> None:
    body = bytes(document.body)
    assert old in body
    PublishedDocument.objects.filter(pk=document.pk).update(body=body.replace(old, new))


def document_of(page: Any) -> PublishedDocument:
    return PublishedDocument.objects.get(page_id=page.pk)


def test_a_sound_site_has_none(example_site: ExampleSite) -> None:
    assert list(language_faults()) == []


def test_a_text_of_the_source_without_its_mark(example_site: ExampleSite) -> None:
    page = example_site.translations[ContentPage, "fi"]
    changed(document_of(page), b'"/body/0/value/text":"sv",', b"")
    [fault] = language_faults()
    assert "/body/0/value/text is the sv text" in fault
    assert "(fi, " in fault


def test_a_status_that_says_too_much(example_site: ExampleSite) -> None:
    page = example_site.translations[ContentPage, "fi"]
    LanguageStatus.objects.filter(
        source__object=page.translation_key, locale=page.locale_id
    ).update(status=Status.COMPLETE)
    faults = list(language_faults())
    assert any("status of its status is not what is counted" in fault for fault in faults)
    assert any("complete beside a text of another language" in fault for fault in faults)


def test_a_public_page_below_what_is_closed_in_its_source(example_site: ExampleSite) -> None:
    english = example_site.translations[ContentPage, "en"]
    swedish = Page.objects.get(pk=example_site.pages[ContentPage].pk)
    # As a database has it that somebody wrote into: nothing follows.
    PageViewRestriction.objects.bulk_create(
        [PageViewRestriction(page=swedish, restriction_type="login")]
    )
    faults = [fault for fault in language_faults() if "is closed" in fault]
    assert any(fault.startswith(repr(english.title)) for fault in faults)


def test_the_command_names_them_and_ends_with_one(
    example_site: ExampleSite, capsys: pytest.CaptureFixture[str]
) -> None:
    page = example_site.translations[HomePage, "smj"]
    LanguageStatus.objects.filter(
        source__object=page.translation_key, locale=page.locale_id
    ).update(translated=0)
    with pytest.raises((SystemExit, CommandError)) as ended:
        call_command("published", "check")
    assert getattr(ended.value, "code", 1) == 1
    assert "translated of its status is not what is counted now" in capsys.readouterr().out


def test_nothing_is_recorded_by_looking(example_site: ExampleSite) -> None:
    LanguageTexts.objects.all().delete()
    list(language_faults())
    assert not LanguageTexts.objects.exists()
