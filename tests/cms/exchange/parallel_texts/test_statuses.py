"""Tests of a string's status in each language, for who works in it and for the world."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import PageViewRestriction
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from cms.delivery.models import PublishedDocument
from cms.exchange.parallel_texts.reading import parallel_strings
from cms.exchange.parallel_texts.strings import ParallelQuery
from cms.translation.models import LanguageStatus
from home.models import ContentPage
from tests.cms.export.small import (
    add_page,
    ask_for_review,
    draft,
    give,
    retitle,
    rewrite,
    statuses,
    strings_of,
)
from tests.factories.site import ExampleSite
from tests.factories.snippets import MunicipalityFactory

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

OPEN = ("smj",)


@pytest.fixture
def page(swedish_site: ExampleSite) -> ContentPage:
    return add_page(swedish_site)


def test_a_text_that_nobody_has_translated(page: ContentPage) -> None:
    assert statuses(strings_of(page, OPEN), "smj") == {
        "Kust": ("missing", ""),
        "Havet är kallt.": ("missing", ""),
    }
    assert statuses(strings_of(page), "smj") == {
        "Kust": ("unpublished", ""),
        "Havet är kallt.": ("unpublished", ""),
    }


def test_what_is_published_is_the_same_for_everybody(page: ContentPage) -> None:
    give(page, "smj")
    expected = {
        "Kust": ("published", "smj(Kust)"),
        "Havet är kallt.": ("published", "smj(Havet är kallt.)"),
    }
    assert statuses(strings_of(page, OPEN), "smj") == expected
    assert statuses(strings_of(page), "smj") == expected


def test_a_string_says_where_it_is(page: ContentPage) -> None:
    string = strings_of(page)["Havet är kallt."]
    assert (string.type, string.title, string.path) == ("home.ContentPage", "Kust", "/sv/kust/")
    assert string.place.startswith("body.")
    assert string.label.startswith("Brödtext › ")


def test_a_draft_is_for_who_works_in_the_language(page: ContentPage) -> None:
    draft(page, "smj")
    assert statuses(strings_of(page, OPEN), "smj")["Kust"] == ("draft", "smj(Kust)")
    assert statuses(strings_of(page), "smj")["Kust"] == ("unpublished", "")
    # Who works in another language is told no more than the world.
    assert statuses(strings_of(page, ("fi",)), "smj")["Kust"] == ("unpublished", "")


def test_a_text_that_was_changed_after_it_went_live(page: ContentPage) -> None:
    give(page, "smj")
    translation = StringTranslation.objects.get(data="smj(Kust)")
    translation.data = "hemlig"
    translation.save()
    assert statuses(strings_of(page, OPEN), "smj")["Kust"] == ("draft", "hemlig")
    assert statuses(strings_of(page), "smj")["Kust"] == ("unpublished", "")
    assert statuses(strings_of(page), "smj")["Havet är kallt."][0] == "published"


def test_a_text_that_was_entered_again_as_it_was_stays_public(page: ContentPage) -> None:
    give(page, "smj")
    StringTranslation.objects.get(data="smj(Kust)").save()
    assert statuses(strings_of(page), "smj")["Kust"] == ("published", "smj(Kust)")


def test_a_text_whose_source_has_changed(page: ContentPage) -> None:
    give(page, "smj")
    page = retitle(page, "Strand")
    expected = ("outdated", "smj(Kust)")
    assert statuses(strings_of(page, OPEN), "smj")["Strand"] == expected
    assert statuses(strings_of(page), "smj")["Strand"] == expected
    [row] = LanguageStatus.objects.filter(
        source__object_id=page.translation_key, locale__language_code="smj"
    )
    assert (row.status, row.outdated) == ("outdated", 1)


def test_the_draft_of_a_text_before_is_not_for_the_world(page: ContentPage) -> None:
    draft(page, "smj")
    page = retitle(page, "Strand")
    assert statuses(strings_of(page, OPEN), "smj")["Strand"] == ("outdated", "smj(Kust)")
    assert statuses(strings_of(page), "smj")["Strand"] == ("unpublished", "")


def test_a_text_that_somebody_should_read(page: ContentPage) -> None:
    give(page, "smj")
    ask_for_review("smj(Kust)")
    assert statuses(strings_of(page), "smj")["Kust"] == ("to-review", "smj(Kust)")


def test_a_text_with_an_error_is_none(page: ContentPage) -> None:
    give(page, "smj")
    StringTranslation.objects.filter(data="smj(Kust)").update(has_error=True)
    assert statuses(strings_of(page, OPEN), "smj")["Kust"] == ("missing", "")


def test_a_page_that_is_written_on_its_own(page: ContentPage) -> None:
    give(page, "smj")
    Translation.objects.filter(source__object_id=page.translation_key).update(enabled=False)
    assert statuses(strings_of(page, OPEN), "smj")["Kust"] == ("separate", "")
    assert statuses(strings_of(page), "smj")["Kust"] == ("separate", "")


def restrict(page: ContentPage) -> None:
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="groups")
    restriction.groups.add(Group.objects.get_or_create(name="Nämnden")[0])


def test_a_restricted_page_is_for_who_works_in_a_language(page: ContentPage) -> None:
    give(page, "smj")
    give(page, "fi")
    restrict(page)
    assert strings_of(page) == {}
    shown = strings_of(page, OPEN)
    assert shown["Kust"].path == "/sv/kust/"
    assert statuses(shown, "smj")["Kust"] == ("published", "smj(Kust)")


def test_a_translation_that_is_restricted_or_unpublished_leaves_no_text(page: ContentPage) -> None:
    restrict(give(page, "smj"))
    give(page, "fi").unpublish()
    shown = strings_of(page)
    assert statuses(shown, "smj")["Kust"] == ("unpublished", "")
    assert statuses(shown, "fi")["Kust"] == ("unpublished", "")
    assert set(shown) == {"Kust", "Havet är kallt."}


def test_a_source_that_is_not_live_is_nobody_s(page: ContentPage) -> None:
    give(page, "smj")
    page.unpublish()
    assert strings_of(page) == strings_of(page, OPEN) == {}


def test_a_draft_of_the_source_stays_where_it_is(page: ContentPage) -> None:
    page.title = "Hemlig"
    page.save_revision()
    assert set(strings_of(page)) == set(strings_of(page, OPEN)) == {"Kust", "Havet är kallt."}


def test_words_within_words_are_not_public(page: ContentPage) -> None:
    give(page, "smj")
    StringTranslation.objects.filter(data="smj(Kust)").update(data="smj(Havet")
    assert statuses(strings_of(page), "smj")["Kust"][0] == "published"
    StringTranslation.objects.filter(data="smj(Havet").update(data="sm")
    assert statuses(strings_of(page), "smj")["Kust"][0] == "unpublished"


def test_markup_hides_no_text(swedish_site: ExampleSite) -> None:
    page = add_page(swedish_site, text="<b>Hav</b> &amp; <i>is</i> &lt;3<br/>nu")
    give(page, "smj")
    shown = statuses(strings_of(page), "smj")
    assert shown["<b>Hav</b> &amp; <i>is</i> &lt;3<br/>nu"][0] == "published"


def test_a_sentence_that_stands_twice_comes_once(page: ContentPage) -> None:
    page = rewrite(page, "Ja.</p><p>Ja.")
    assert StringSegment.objects.filter(string__data="Ja.").count() == 2
    found = [each.source for strings in parallel_strings(ParallelQuery(())) for each in strings]
    assert found.count("Ja.") == 1


def test_facts_have_no_path(swedish_site: ExampleSite) -> None:
    fact = MunicipalityFactory(name="Arjeplog")
    fact.save_revision().publish()
    [string] = strings_of(fact).values()
    assert (string.source, string.path, string.type) == (
        "Arjeplog",
        "",
        "strategy.Municipality",
    )


def test_a_site_in_one_language(page: ContentPage) -> None:
    assert set(strings_of(page, languages=())) == {"Kust", "Havet är kallt."}


def test_what_is_public_is_what_the_documents_say(page: ContentPage) -> None:
    """The guard alone: without a document nothing leaves, whatever the tables say."""
    give(page, "smj")
    PublishedDocument.objects.filter(key=page.translation_key, locale="smj").delete()
    assert statuses(strings_of(page), "smj")["Kust"] == ("unpublished", "")
    PublishedDocument.objects.filter(key=page.translation_key).delete()
    assert strings_of(page) == {}
