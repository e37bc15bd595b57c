"""Others go on working while a page lies in the wastebasket: what they did stays."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Comment, Page, PageViewRestriction, Revision, Site
from wagtail_localize.models import Translation

from cms.delivery.models import PublishedDocument
from cms.wastebasket.bringing_back import bring_back
from cms.wastebasket.models import DeletedPage
from cms.wastebasket.placing import CannotComeBack, proposed_parent
from home.models import ContentPage, HomePage, HomePageHighlight
from strategy import models as strategy
from tests.cms.wastebasket.deleting import add, back, delete
from tests.cms.wastebasket.dressing import close
from tests.factories.site import ExampleSite
from tests.factories.translations import make_alias, translate

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]


@pytest.fixture
def chief(example_site: ExampleSite) -> User:
    return User.objects.create_superuser("chef")


def is_sound() -> bool:
    return not any(Page.find_problems())


def test_a_slug_that_is_taken(example_site: ExampleSite, chief: User) -> None:
    page = example_site.pages[ContentPage]
    deleted = delete(page, chief)
    new = add(example_site.home, "En annan", page.slug)
    returned = back(deleted, chief)
    assert returned.place.slug == f"{page.slug}-2"
    assert Page.objects.get(pk=page.pk).url_path.endswith(f"/{page.slug}-2/")
    assert Page.objects.get(pk=new.pk).url_path == page.url_path
    paths = PublishedDocument.objects.filter(page_id__in=[page.pk, new.pk])
    assert {
        f"{path}".rstrip("/").rpartition("/")[2] for path in paths.values_list("path", flat=True)
    } == {
        page.slug,
        f"{page.slug}-2",
    }


def test_the_page_above_is_gone(example_site: ExampleSite, chief: User) -> None:
    area, section = example_site.pages[strategy.CulturePage], example_site.pages[ContentPage]
    deleted = delete(area, chief)
    above = delete(example_site.pages[strategy.DevelopmentAreasPage], chief)
    deleted.refresh_from_db()
    assert deleted.place_id == example_site.home.pk
    # A development area stands below nothing else.
    assert proposed_parent(deleted) is None
    with pytest.raises(CannotComeBack):
        bring_back(deleted, example_site.home, chief, as_drafts=False)
    assert DeletedPage.objects.count() == 2
    back(above, chief)
    deleted.refresh_from_db()
    assert deleted.place_id == deleted.parent_id
    assert back(deleted, chief).place.is_former
    assert is_sound()
    below = add(section, "Under", "under")
    gone = delete(below, chief)
    delete(section, chief)
    gone.refresh_from_db()
    returned = back(gone, chief)
    assert returned.place.parent.pk == example_site.home.pk
    assert not returned.place.is_former
    # Who has its former address finds it.
    assert Redirect.objects.filter(redirect_page=below.pk, old_path__endswith="/under").exists()
    assert is_sound()


def test_as_a_draft(example_site: ExampleSite, chief: User) -> None:
    page = example_site.pages[ContentPage]
    translations = Page.objects.get(pk=page.pk).get_translations().live()
    live = set(translations.filter(alias_of=None).values_list("pk", flat=True))
    assert live
    draft = ContentPage.objects.get(pk=page.pk)
    draft.save_revision(approved_go_live_at=timezone.now() + dt.timedelta(days=1))
    back(delete(page, chief), chief, as_drafts=True)
    again = ContentPage.objects.get(pk=page.pk)
    assert not again.live
    assert again.has_unpublished_changes
    assert not Revision.objects.filter(object_id=str(page.pk)).exclude(approved_go_live_at=None)
    assert not PublishedDocument.objects.filter(page_id__in=[page.pk, *live]).exists()
    # Its translations come back when it is published.
    again.get_latest_revision().publish(user=chief)
    assert set(translations.filter(alias_of=None).values_list("pk", flat=True)) == live
    assert PublishedDocument.objects.filter(page_id__in=[page.pk, *live]).count() == 1 + len(live)


def test_a_page_whose_time_is_over_comes_back_as_a_draft(
    example_site: ExampleSite, chief: User
) -> None:
    page = example_site.pages[ContentPage]
    deleted = delete(page, chief)
    back(deleted, chief)
    ContentPage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - dt.timedelta(hours=1))
    back(delete(page, chief), chief)
    again = Page.objects.get(pk=page.pk)
    assert (again.live, again.expired) == (False, True)
    assert not PublishedDocument.objects.filter(page_id=page.pk).exists()


def test_a_page_that_pointed_to_it_and_was_published_since(
    example_site: ExampleSite, chief: User
) -> None:
    home, page = example_site.home, example_site.pages[ContentPage]
    HomePageHighlight.objects.filter(home_page=home.pk).delete()
    HomePageHighlight.objects.create(home_page_id=home.pk, page=page, sort_order=1)
    deleted = delete(page, chief)
    HomePage.objects.get(pk=home.pk).save_revision().publish()
    assert back(deleted, chief).links_left_out == 1
    assert not HomePageHighlight.objects.filter(home_page=home.pk).exists()


def test_what_it_needs_is_gone(example_site: ExampleSite, chief: User) -> None:
    page = example_site.pages[strategy.StoryPage]
    other = User.objects.create_user("annan")
    Page.objects.filter(pk=page.pk).update(owner=other)
    Comment.objects.create(page=page, user=other, text="?", contentpath="title", position="")
    Redirect.objects.create(old_path="/fritt", redirect_page=page)
    deleted = delete(page, chief)
    story = strategy.StoryPage
    assert deleted.details["comments"] == 1
    other.delete()
    example_site.targets.municipalities[0].delete()
    Redirect.objects.create(old_path="/fritt", redirect_link="/annat/")
    assert back(deleted, chief).redirects_left_out == 1
    again = story.objects.get(pk=page.pk)
    assert (again.owner, again.municipality) == (None, None)
    assert not Comment.objects.filter(page=page.pk).exists()


def test_a_translation_that_was_begun_anew(example_site: ExampleSite, chief: User) -> None:
    page = example_site.pages[ContentPage]
    english = example_site.translations[ContentPage, "en"]
    deleted = delete(english, chief)
    new = translate(page, "en")
    returned = back(deleted, chief)
    assert returned.rekeyed == 1
    again = Page.objects.get(pk=english.pk)
    assert again.translation_key != page.translation_key
    assert Page.objects.get(pk=new.pk).translation_key == page.translation_key
    assert is_sound()


def test_a_translation_that_was_written_by_hand(example_site: ExampleSite, chief: User) -> None:
    page = example_site.pages[ContentPage]
    english = example_site.translations[ContentPage, "en"]
    deleted = delete(page, chief)
    written: Any = ContentPage.objects.get(pk=english.pk)
    assert not written.live
    written.title = "By hand"
    written.save_revision(user=chief)
    back(deleted, chief)
    translation = Translation.objects.get(
        source__object_id=page.translation_key, target_locale=english.locale_id
    )
    assert translation.enabled
    again = ContentPage.objects.get(pk=english.pk)
    assert again.live
    assert again.has_unpublished_changes
    assert again.title == english.title
    assert again.get_latest_revision_as_object().title == "By hand"


def test_an_alias_that_was_edited(example_site: ExampleSite, chief: User) -> None:
    page = example_site.pages[strategy.YouthPage]
    alias = make_alias(page, "se")
    deleted = delete(page, chief)
    edited: Any = Page.objects.get(pk=alias.pk).specific
    edited.title = "Ett eget liv"
    edited.save_revision(user=chief).publish(user=chief)
    back(deleted, chief)
    assert Page.objects.get(pk=alias.pk).alias_of_id is None
    assert Page.objects.get(pk=alias.pk).title == "Ett eget liv"


def test_what_was_closed_stays_closed(example_site: ExampleSite, chief: User) -> None:
    page = example_site.pages[ContentPage]
    close(page)
    deleted = delete(page, chief)
    copies = PageViewRestriction.objects.all()
    assert copies.exists()
    # An editor opens a translation meanwhile, and closes it in another way.
    copies.update(restriction_type="login")
    returned = back(deleted, chief)
    assert PageViewRestriction.objects.filter(page=returned.page).count() == 1
    assert copies.filter(restriction_type="login").exists()
    assert not PublishedDocument.objects.filter(key=page.translation_key).exists()


def test_a_start_page_takes_its_site_along(example_site: ExampleSite, chief: User) -> None:
    deleted = delete(example_site.home, chief)
    assert not Site.objects.exists()
    back(deleted, chief)
    assert Site.objects.get().root_page_id == example_site.home.pk
