"""Tests of what a publication of the source means for its translations, to the string."""

from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, TranslationSource

from cms.translation.models import FollowedSource, LanguageStatus, SourceChange
from cms.translation.sources.following import follow, unfollowed
from cms.translation.status.counting import recount
from home.models import ContentPage
from strategy.models import Municipality
from tests.factories.blocks import rich_text
from tests.factories.identity import Blocks
from tests.factories.site import ExampleSite
from tests.factories.translations import enter_translations, marked, only, translate
from tests.factories.whole import set_field

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]


def published_page(site: ExampleSite, *paragraphs: str, slug: str = "kust") -> ContentPage:
    page = ContentPage(title="Kust", slug=slug)
    page.introduction = "".join(rich_text(paragraph) for paragraph in paragraphs)
    site.home.add_child(instance=page)
    page.save_revision().publish()
    return ContentPage.objects.get(pk=page.pk)


def republish(page: Any, **fields: Any) -> Any:
    fresh = type(page).objects.get(pk=page.pk)
    for name, value in fields.items():
        set_field(fresh, name, value)
    fresh.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def status(page: Any, language: str) -> LanguageStatus:
    return LanguageStatus.objects.get(
        source__object_id=page.translation_key, locale__language_code=language
    )


def paragraphs(*texts: str) -> str:
    return "".join(rich_text(text) for text in texts)


def test_a_published_page_waits_for_every_language(swedish_site: ExampleSite) -> None:
    page = published_page(swedish_site, "Vid havet bor många.")
    found = LanguageStatus.objects.filter(source__object_id=page.translation_key)
    assert found.count() == Locale.objects.count() - 1
    row = status(page, "smj")
    # The title and the sentence; the address is no text.
    assert (row.status, row.strings, row.words, row.translated) == ("missing", 2, 5, 0)


def test_a_translation_goes_from_draft_to_partial_to_complete(swedish_site: ExampleSite) -> None:
    page = published_page(swedish_site, "Ett hav.", "Två hav.")
    enter_translations(page, "smj", only(marked("smj"), "title"))
    assert status(page, "smj").status == "draft"
    translate(page, "smj", only(marked("smj"), "title"))
    row = status(page, "smj")
    assert (row.status, row.translated, row.published, row.unpublished) == ("partial", 1, 1, 0)
    enter_translations(page, "smj", marked("smj"))
    row = status(page, "smj")
    # What is not live yet does not count for others; the translator sees that it waits.
    assert (row.status, row.translated, row.published, row.unpublished) == ("partial", 3, 1, 2)
    translate(page, "smj")
    row = status(page, "smj")
    assert (row.status, row.published, row.unpublished) == ("complete", 3, 0)
    assert status(page, "fi").status == "missing"


def test_exactly_the_changed_sentences_are_out_of_date(swedish_site: ExampleSite) -> None:
    texts = [f"Mening nummer {number} om havet." for number in range(5)]
    page = published_page(swedish_site, *texts)
    target = translate(page, "smj")
    before = target.introduction
    texts[1], texts[3] = "Mening ett är en annan nu.", "Och denna också."
    page = republish(page, introduction=paragraphs(*texts))
    row = status(page, "smj")
    assert (row.status, row.outdated, row.translated, row.strings) == ("outdated", 2, 4, 6)
    changes = SourceChange.objects.filter(context__object_id=page.translation_key)
    assert {
        (change.previous.data, change.current.data) for change in changes if change.current
    } == {
        ("Mening nummer 1 om havet.", texts[1]),
        ("Mening nummer 3 om havet.", texts[3]),
    }
    # What is live stayed as it was, and the old texts are there to compare with.
    assert ContentPage.objects.get(pk=target.pk).introduction == before
    kept = StringTranslation.objects.filter(translation_of__data="Mening nummer 1 om havet.")
    assert [one.data for one in kept] == ["Mening nummer 1 om havet. [smj]"]
    translate(page, "smj")
    assert status(page, "smj").status == "complete"


def test_a_string_that_changed_twice_leads_to_its_last_translation(
    swedish_site: ExampleSite,
) -> None:
    page = published_page(swedish_site, "Först.")
    translate(page, "smj")
    republish(page, introduction=paragraphs("Sedan."))
    page = republish(page, introduction=paragraphs("Till sist."))
    assert status(page, "smj").outdated == 1
    page = republish(page, introduction=paragraphs("Först."))
    row = status(page, "smj")
    # The first text is back, and with it its translation, which is live already.
    assert (row.outdated, row.translated) == (0, 2)


def test_a_new_sentence_is_missing_and_not_out_of_date(swedish_site: ExampleSite) -> None:
    page = published_page(swedish_site, "Ett hav.")
    translate(page, "smj")
    page = republish(page, introduction=paragraphs("Ett hav.", "Och mera hav."))
    row = status(page, "smj")
    # The page says something that its translation does not.
    assert (row.status, row.outdated, row.strings - row.translated) == ("outdated", 0, 1)
    translate(page, "smj", only(marked("smj"), "title"))
    assert status(page, "smj").status == "partial"


def test_a_changed_fact_makes_the_translation_out_of_date_until_it_is_published(
    swedish_site: ExampleSite,
) -> None:
    page = published_page(swedish_site, "Ett hav.")
    translate(page, "smj")
    assert status(page, "smj").status == "complete"
    page = republish(page, show_in_menus=not page.show_in_menus)
    row = status(page, "smj")
    assert (row.status, row.outdated, row.translated) == ("outdated", 0, row.strings)
    translate(page, "smj")
    assert status(page, "smj").status == "complete"


def test_publishing_again_without_a_change_changes_nothing(swedish_site: ExampleSite) -> None:
    page = published_page(swedish_site, "Ett hav.")
    translate(page, "smj")
    page = republish(page)
    assert status(page, "smj").status == "complete"
    assert not SourceChange.objects.filter(context__object_id=page.translation_key).exists()


def test_a_draft_of_the_source_is_no_source(swedish_site: ExampleSite) -> None:
    page = published_page(swedish_site, "Ett hav.")
    translate(page, "smj")
    page.introduction = paragraphs("Ett utkast.")
    page.save_revision()
    follow(ContentPage.objects.get(pk=page.pk))
    assert status(page, "smj").status == "complete"


def test_a_block_that_is_written_anew_keeps_its_translations(swedish_site: ExampleSite) -> None:
    """As a program does that writes a page through the API without the ids of its blocks."""
    texts = [f"Stycke {number} handlar om något eget." for number in range(3)]

    def body(name: str, *contents: str) -> list[Any]:
        block = Blocks(name)
        return [block("paragraph", rich_text(content)) for content in contents]

    page = published_page(swedish_site, "Ett hav.")
    page = republish(page, body=body("first", *texts))
    translate(page, "smj")
    texts[1] = "Stycke 1 handlar om något annat."
    page = republish(page, body=body("second", *reversed(texts)))
    row = status(page, "smj")
    assert (row.outdated, row.translated, row.strings) == (1, 4, 5)


def test_snippets_are_followed_too(swedish_site: ExampleSite) -> None:
    municipality = Municipality(
        name="Luleå", code="2580", locale=Locale.objects.get(language_code="sv")
    )
    municipality.save()
    municipality.save_revision().publish()
    assert status(municipality, "smj").status == "missing"
    translate(Municipality.objects.get(pk=municipality.pk), "smj")
    assert status(municipality, "smj").status == "complete"
    republish(municipality, name="Luleå kommun")
    assert (status(municipality, "smj").status, status(municipality, "smj").outdated) == (
        "outdated",
        1,
    )


def test_a_missed_publication_is_found_and_made_up_for(swedish_site: ExampleSite) -> None:
    page = published_page(swedish_site, "Ett hav.")
    translate(page, "smj")
    # As if the machine had stopped between publishing and following.
    ContentPage.objects.filter(pk=page.pk).update(
        introduction=paragraphs("Ett annat hav."), last_published_at=timezone.now()
    )
    missed = [one for one in unfollowed() if one.pk == page.pk and isinstance(one, Page)]
    assert [one.pk for one in missed] == [page.pk]
    for one in missed:
        follow(one)
    assert status(page, "smj").outdated == 1
    assert page.pk not in [one.pk for one in unfollowed() if isinstance(one, Page)]


def test_deleting_a_translation_keeps_its_words(swedish_site: ExampleSite) -> None:
    page = published_page(swedish_site, "Ett hav.")
    target = translate(page, "smj")
    target.delete()
    row = status(page, "smj")
    assert (row.status, row.translated) == ("draft", 2)
    assert translate(page, "smj").title == "Kust [smj]"


def test_what_is_stored_is_what_would_be_counted(swedish_site: ExampleSite) -> None:
    """Nobody has to count anew, whatever an editor or translator does."""
    page = published_page(swedish_site, "Ett hav.", "Två hav.")
    target = translate(page, "smj", only(marked("smj"), "title"))
    enter_translations(page, "fi", marked("fi"))

    def stored() -> list[Any]:
        return list(LanguageStatus.objects.order_by("source", "locale").values())

    def compare() -> None:
        before = [{**row, "id": None} for row in stored()]
        recount(TranslationSource.objects.values_list("pk", flat=True))
        assert [{**row, "id": None} for row in stored()] == before

    compare()
    republish(page, introduction=paragraphs("Ett hav.", "Tre hav."))
    compare()
    StringTranslation.objects.filter(locale__language_code="fi").first().delete()
    compare()
    target.unpublish()
    compare()
    target.get_latest_revision().publish()
    compare()
    ContentPage.objects.get(pk=page.pk).unpublish()
    assert not status(page, "smj").source_live
    compare()
    ContentPage.objects.get(pk=page.pk).delete()
    compare()
    assert FollowedSource.objects.filter(source__object_id=page.translation_key).exists()
    target.refresh_from_db()
    target.delete()
    compare()
    assert not LanguageStatus.objects.filter(source__object_id=page.translation_key).exists()
