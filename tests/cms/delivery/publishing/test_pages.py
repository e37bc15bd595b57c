"""Tests that edits of pages show in every document, and nothing else does."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page, PageViewRestriction, Site

from cms.delivery.models import Entry, Feed, PublishedDocument, Removal
from home.models import ContentPage
from tests.cms.delivery.publishing.reader import (
    DocumentKey,
    Reader,
    assert_stored_equals_rendered,
)
from tests.cms.delivery.publishing.small_site import (
    SmallSite,
    document_of,
    fresh,
    publish,
    shown_anywhere,
)
from tests.factories.translations import make_alias

pytestmark = pytest.mark.shared_out


def restrict(page: Any) -> PageViewRestriction:
    return PageViewRestriction.objects.create(
        page=Page.objects.get(pk=page.pk), restriction_type=PageViewRestriction.LOGIN
    )


def has_document(page: Any) -> bool:
    return PublishedDocument.objects.filter(page_id=page.pk).exists()


def child(parent: Any, title: str, **fields: Any) -> Any:
    page = ContentPage(title=title, slug=title.lower(), live=False)
    fresh(parent).add_child(instance=page)
    return publish(page, **fields)


def test_the_site_as_it_was_built(small_site: SmallSite, reader: Reader) -> None:
    assert_stored_equals_rendered(reader)
    assert len(reader.held) > 15


def test_a_published_page_shows_wherever_it_is_named(small_site: SmallSite, reader: Reader) -> None:
    publish(small_site.goal, title="Alla i arbete")
    assert_stored_equals_rendered(reader)
    assert {"Alla i arbete", "Om", "Scenen"} <= set(shown_anywhere("Alla i arbete"))
    assert not shown_anywhere("Fler i arbete")


def test_a_draft_shows_nowhere(small_site: SmallSite, reader: Reader) -> None:
    numbers = Feed.objects.get().last_sequence
    page = fresh(small_site.goal)
    page.title = "Ett utkast"
    page.save_revision()
    assert_stored_equals_rendered(reader)
    assert not shown_anywhere("Ett utkast")
    assert Feed.objects.get().last_sequence == numbers


def test_what_is_published_unchanged_gets_no_new_number(
    small_site: SmallSite, reader: Reader
) -> None:
    before = dict(PublishedDocument.objects.values_list("pk", "sequence"))
    numbers = Feed.objects.get().last_sequence
    fresh(small_site.goal).save()
    assert Feed.objects.get().last_sequence == numbers
    assert dict(PublishedDocument.objects.values_list("pk", "sequence")) == before
    assert_stored_equals_rendered(reader)


def test_an_unpublished_page_leaves_every_document(small_site: SmallSite, reader: Reader) -> None:
    fresh(small_site.goal).unpublish()
    assert_stored_equals_rendered(reader)
    assert not has_document(small_site.goal)
    assert not shown_anywhere("Fler i arbete")
    assert DocumentKey(small_site.goal.translation_key, "sv") not in reader.held


def test_a_page_that_comes_back_is_no_longer_among_the_removed(
    small_site: SmallSite, reader: Reader
) -> None:
    place = {"key": small_site.goal.translation_key, "locale": "sv"}
    fresh(small_site.goal).unpublish()
    removal = Removal.objects.get(**place)
    assert_stored_equals_rendered(reader)
    publish(small_site.goal)
    assert not Removal.objects.filter(**place).exists()
    assert PublishedDocument.objects.get(**place).sequence > removal.sequence
    assert_stored_equals_rendered(reader)


def test_a_renamed_parent_shows_in_breadcrumbs_below(small_site: SmallSite, reader: Reader) -> None:
    publish(small_site.area, title="God livskvalitet")
    assert_stored_equals_rendered(reader)
    titles = [crumb["title"] for crumb in document_of(small_site.goal)["breadcrumbs"]]
    assert titles[-2:] == ["God livskvalitet", "Fler i arbete"]


@pytest.mark.parametrize("name", ["goal", "area", "strategy", "home"])
@pytest.mark.parametrize("way", ["published", "saved"])
def test_an_address_that_changes_above_a_linked_page(
    small_site: SmallSite, reader: Reader, name: str, way: str
) -> None:
    page = fresh(getattr(small_site, name))
    page.slug = f"{page.slug}-ny"
    if way == "published":
        page.save_revision().publish()
    else:
        page.save()
    assert_stored_equals_rendered(reader)
    if name != "home":
        assert f"{page.slug}/" in document_of(small_site.about)["introduction"]


def test_a_page_that_moves_has_another_address_everywhere(
    small_site: SmallSite, reader: Reader
) -> None:
    section = child(small_site.home, "Avdelning")
    fresh(small_site.about).move(fresh(section), pos="last-child")
    assert_stored_equals_rendered(reader)
    assert document_of(small_site.contact)["path"] == "/sv/avdelning/om/kontakt/"
    assert "/sv/avdelning/om/kontakt/" in str(document_of(small_site.about)["body"])


def test_a_page_that_moves_under_a_closed_one_goes_with_all_below_it(
    small_site: SmallSite, reader: Reader
) -> None:
    section = child(small_site.home, "Internt")
    restrict(section)
    fresh(small_site.about).move(fresh(section), pos="last-child")
    assert_stored_equals_rendered(reader)
    assert not has_document(small_site.about)
    assert not has_document(small_site.contact)
    assert not shown_anywhere("Kontakt<") + shown_anywhere('"Kontakt"')


def test_a_moved_sibling_leaves_documents_as_they_are(
    small_site: SmallSite, reader: Reader
) -> None:
    fresh(small_site.stories).move(fresh(small_site.strategy), pos="left")
    assert_stored_equals_rendered(reader)


def test_a_deleted_page_goes_with_all_below_it(small_site: SmallSite, reader: Reader) -> None:
    fresh(small_site.about).delete()
    assert_stored_equals_rendered(reader)
    assert not has_document(small_site.contact)
    assert not Entry.objects.filter(key=small_site.about.translation_key, locale="sv", is_own=True)


def test_an_alias_goes_with_its_original_and_may_come_back_with_a_text_of_its_own(
    small_site: SmallSite, reader: Reader
) -> None:
    alias = small_site.version("about", "smj")
    assert document_of(alias)["language"] == "sv"
    fresh(small_site.about).delete()
    assert_stored_equals_rendered(reader)
    assert not has_document(alias)
    publish(alias)
    assert_stored_equals_rendered(reader)
    # Its text is the Swedish one still, whoever published it.
    assert document_of(alias)["language"] == "sv"
    publish(alias, title="Birra")
    assert_stored_equals_rendered(reader)
    assert document_of(alias)["language"] == "smj"


@pytest.mark.parametrize("name", ["about", "strategy"])
def test_a_closed_page_goes_with_all_below_it_and_comes_back(
    small_site: SmallSite, reader: Reader, name: str
) -> None:
    page = getattr(small_site, name)
    restriction = restrict(page)
    assert_stored_equals_rendered(reader)
    hidden = Page.objects.get(pk=page.pk).get_descendants(inclusive=True)
    assert not PublishedDocument.objects.filter(page_id__in=hidden.values("pk"))
    for title in hidden.values_list("title", flat=True):
        assert not shown_anywhere(f'"{title}"')
    for address in hidden.values_list("url_path", flat=True):
        assert not shown_anywhere(address.removeprefix("/norrbotten"))
    restriction.delete()
    assert_stored_equals_rendered(reader)
    assert has_document(page)


def test_what_is_scheduled_goes_live_and_expires(small_site: SmallSite, reader: Reader) -> None:
    page = fresh(small_site.goal)
    page.title = "Senare"
    page.go_live_at = timezone.now() + dt.timedelta(hours=1)
    page.expire_at = timezone.now() + dt.timedelta(hours=2)
    page.save_revision().publish()
    assert_stored_equals_rendered(reader)
    assert not shown_anywhere("Senare")
    past = timezone.now() - dt.timedelta(hours=1)
    revision = page.scheduled_revision
    revision.content["go_live_at"] = revision.content["expire_at"] = None
    revision.content["go_live_at"] = past.isoformat()
    revision.approved_go_live_at = past
    revision.save()
    call_command("publish_scheduled", verbosity=0)
    assert_stored_equals_rendered(reader)
    assert shown_anywhere("Senare")
    Page.objects.filter(pk=page.pk).update(expire_at=past)
    call_command("publish_scheduled", verbosity=0)
    assert_stored_equals_rendered(reader)
    assert not shown_anywhere("Senare")


def test_an_alias_in_the_same_language_follows_its_original(
    small_site: SmallSite, reader: Reader
) -> None:
    alias = fresh(small_site.contact).create_alias(
        parent=Page.objects.get(pk=small_site.home.pk), update_slug="kontakt-2"
    )
    assert_stored_equals_rendered(reader)
    assert PublishedDocument.objects.get(page_id=alias.pk).listed
    publish(small_site.contact, title="Hör av dig")
    assert_stored_equals_rendered(reader)
    assert document_of(alias)["title"] == "Hör av dig"
    fresh(small_site.contact).unpublish()
    assert_stored_equals_rendered(reader)


def test_an_alias_in_another_language_is_not_listed(small_site: SmallSite, reader: Reader) -> None:
    alias = make_alias(small_site.story, "se")
    # The factory sets a date behind Wagtail's back.
    fresh(alias).save()
    assert_stored_equals_rendered(reader)
    assert not PublishedDocument.objects.get(page_id=alias.pk).listed
    assert DocumentKey(alias.translation_key, "se") not in reader.held


def test_a_translation_that_becomes_an_alias_is_removed_for_readers(
    small_site: SmallSite, reader: Reader
) -> None:
    page = small_site.version("contact", "en")
    place = DocumentKey(page.translation_key, "en")
    assert place in reader.held
    page.alias_of = Page.objects.get(pk=small_site.contact.pk)
    page.save(update_fields=["alias_of"], clean=False)
    assert_stored_equals_rendered(reader)
    assert place not in reader.held
    assert not PublishedDocument.objects.get(page_id=page.pk).listed
    page.alias_of = None
    page.save(update_fields=["alias_of"], clean=False)
    assert_stored_equals_rendered(reader)
    assert place in reader.held


def test_a_page_made_anew_under_the_same_key_takes_the_place_of_the_old(
    small_site: SmallSite, reader: Reader
) -> None:
    old = fresh(small_site.contact)
    key = old.translation_key
    old.delete()
    page = ContentPage(title="Kontakt", slug="kontakt", translation_key=key)
    fresh(small_site.about).add_child(instance=page)
    assert_stored_equals_rendered(reader)
    assert PublishedDocument.objects.get(key=key, locale="sv").page_id == page.pk


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_page_that_gets_another_key_leaves_the_old_one(
    small_site: SmallSite, reader: Reader, language: str
) -> None:
    page = small_site.version("contact", language)
    old = DocumentKey(page.translation_key, language)
    assert old in reader.held
    page.translation_key = uuid4()
    page.save(clean=False)
    assert_stored_equals_rendered(reader)
    assert old not in reader.held
    assert DocumentKey(page.translation_key, language) in reader.held
    assert not Entry.objects.filter(key=old.key, is_own=True, locale=language).exists()
    # And takes its place again.
    page.translation_key = old.key
    page.save(clean=False)
    assert_stored_equals_rendered(reader)
    assert old in reader.held


def test_another_host_name_of_the_site(small_site: SmallSite, reader: Reader) -> None:
    site = Site.objects.get()
    site.hostname = "example.org"
    site.save()
    assert_stored_equals_rendered(reader)


def test_another_start_page_of_the_site(small_site: SmallSite, reader: Reader) -> None:
    site = Site.objects.get()
    site.root_page = Page.objects.get(pk=small_site.about.pk)
    site.save()
    assert_stored_equals_rendered(reader)
    assert document_of(small_site.contact)["path"] == "/sv/kontakt/"
    assert not has_document(small_site.goal)


def test_a_language_that_comes_and_goes(small_site: SmallSite, reader: Reader) -> None:
    Locale.objects.get(language_code="yi").delete()
    assert_stored_equals_rendered(reader)
    Locale.objects.create(language_code="yi")
    assert_stored_equals_rendered(reader)


def test_a_redirect_is_in_no_document(small_site: SmallSite, reader: Reader) -> None:
    Redirect.objects.create(old_path="/gammal", redirect_page=fresh(small_site.goal))
    assert_stored_equals_rendered(reader)
