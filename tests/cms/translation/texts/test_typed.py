"""A person who types what the source says, says that it is the same."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from cms.translation.models import FinishedStep, LanguageStatus, SameOnPurpose
from cms.translation.texts.digests import digest_of_text
from cms.translation.texts.former_typed import say_typed_before
from cms.translation.texts.same_on_purpose import withdraw_same
from home.models import ContentPage
from tests.cms.translation.admin.test_report import page_called, signed_in
from tests.factories.site import ExampleSite
from tests.factories.translations import enter_translations, marked, only, translate

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

How = SameOnPurpose.How


def lule_sami() -> Locale:
    found: Locale = Locale.objects.get(language_code="smj")
    return found


def put(client: Client, page: Any, path: str, text: str) -> None:
    """Saves a text as the editor does."""
    translation = Translation.objects.get(
        source__object_id=page.translation_key, target_locale=lule_sami()
    )
    segment = StringSegment.objects.get(source=translation.source, context__path=path)
    address = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
    response = client.put(
        address, f"value={text}", content_type="application/x-www-form-urlencoded"
    )
    assert response.status_code in (200, 201), response


def status(page: Any) -> LanguageStatus:
    found: LanguageStatus = LanguageStatus.objects.get(
        source__object_id=page.translation_key, locale=lule_sami()
    )
    return found


def said() -> set[tuple[str, str]]:
    return set(SameOnPurpose.objects.filter(locale=lule_sami()).values_list("text", "how"))


def test_what_is_typed_in_the_editor_counts_at_once(swedish_site: ExampleSite) -> None:
    page = page_called(swedish_site, "Abisko")
    translate(page, "smj", only(marked("smj"), "search_description"))
    assert status(page).translated == 0
    put(signed_in("Translators (smj)"), page, "title", "Abisko")
    assert said() == {("Abisko", How.TYPED)}
    one = SameOnPurpose.objects.get()
    assert one.said_by is not None
    assert one.said_by.username == "Translators (smj)"
    assert status(page).translated == 1
    assert status(page).status == "complete"


def test_an_address_and_a_number_say_nothing(swedish_site: ExampleSite) -> None:
    page, number = page_called(swedish_site, "Kust"), page_called(swedish_site, "2030")
    client = signed_in("Translators (smj)")
    for one in (page, number):
        translate(one, "smj", marked("smj"))
    put(client, page, "slug", page.slug)
    put(client, number, "title", "2030")
    assert said() == set()


@pytest.mark.parametrize(
    "made", [{"tool_name": "a.xlf"}, {"translation_type": "machine", "tool_name": "m"}]
)
def test_what_comes_otherwise_says_nothing(swedish_site: ExampleSite, made: dict[str, str]) -> None:
    page = page_called(swedish_site, "Abisko")
    translate(page, "smj", only(marked("smj"), "search_description"))
    store(page, "Abisko", **made)
    assert said() == set()
    assert status(page).translated == 0


def store(page: Any, text: str, **made: Any) -> None:
    segment = StringSegment.objects.get(
        source__object_id=page.translation_key, context__path="title"
    )
    typed = {
        "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
        "tool_name": "",
        "last_translated_by": User.objects.get_or_create(username="x")[0],
    }
    StringTranslation.objects.create(
        translation_of=segment.string,
        context=segment.context,
        locale=lule_sami(),
        data=text,
        **typed | made,
    )


def test_what_was_typed_before_is_said_once(swedish_site: ExampleSite) -> None:
    typed, brought = page_called(swedish_site, "Abisko"), page_called(swedish_site, "Kiruna")
    translated = page_called(swedish_site, "Kust")
    # Nobody is known to have typed it, so nothing was said when it was stored.
    enter_translations(typed, "smj", lambda _path, source: None)
    store(typed, "Abisko", last_translated_by=None)
    enter_translations(brought, "smj", lambda _path, source: None)
    store(brought, "Kiruna", tool_name="a.xlf")
    translate(translated, "smj")
    assert said() == set()
    assert say_typed_before() == 1
    assert said() == {("Abisko", How.BEFORE)}
    assert status(typed).translated == 1
    assert status(brought).translated == 0
    withdraw_same(lule_sami().pk, [digest_of_text("Abisko")])
    assert status(typed).translated == 0
    assert say_typed_before() == 0
    assert said() == set()
    assert FinishedStep.objects.count() == 1


@pytest.mark.parametrize(
    "variant", ["Abisko", "ABISKO", " abisko ", "Abi\N{SOFT HYPHEN}sko", "<b>Abi</b>sko"]
)
def test_a_page_that_only_stores_the_text_is_counted_too(
    swedish_site: ExampleSite, variant: str
) -> None:
    first, second = page_called(swedish_site, "Abisko"), page_called(swedish_site, "Abiskos park")
    second.title = "Abisko"
    second.save_revision().publish()
    second = ContentPage.objects.get(pk=second.pk)
    enter_translations(second, "smj", lambda _path, source: None)
    store(second, variant, tool_name="a.xlf")
    StringTranslation.objects.filter(tool_name="a.xlf").update(has_error=False)
    assert not Page.objects.filter(translation_key=second.translation_key, locale=lule_sami())
    enter_translations(first, "smj", lambda _path, source: None)
    assert status(second).translated == 0
    translate(first, "smj", only(marked("smj"), "search_description"))
    put(signed_in("Translators (smj)"), first, "title", "Abisko")
    assert status(second).translated == 1
    withdraw_same(lule_sami().pk, [digest_of_text("Abisko")])
    assert status(second).translated == 0
