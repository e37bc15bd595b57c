"""Links and images that were chosen by hand stay when synchronisation starts again."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail.users.models import UserProfile
from wagtail_localize.models import SegmentOverride

from cms.delivery.tracking.transaction import tracked_transaction
from cms.translation.lifecycle.publishing import publish_translation
from cms.translation.lifecycle.synchronisation import stop_synchronisation
from home.models import ContentPage
from tests.cms.translation.lifecycle.test_synchronisation import live, translation_of
from tests.factories.site import ExampleSite
from tests.factories.translations import marked, translate

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

HERE = "https://example.org/sv"
THERE = "https://example.org/smj"


@pytest.fixture
def chief(swedish_site: ExampleSite) -> Client:
    client = Client()
    user = User.objects.create_superuser("chef")
    UserProfile.objects.create(user=user, preferred_language="en")
    client.force_login(user)
    return client


@pytest.fixture
def page(swedish_site: ExampleSite) -> ContentPage:
    """A Swedish page that links to another site twice and to a page of its own."""
    home = Page.objects.get(pk=swedish_site.home.pk)
    page = ContentPage(
        title="Kusten",
        slug="kusten",
        introduction=f'<p>Läs <a href="{HERE}">mer här</a>.</p>'
        f'<p>Se <a linktype="page" id="{home.pk}">startsidan</a>.</p>',
        body=[("paragraph", f'<p>Också <a href="{HERE}">där</a>.</p>')],
    )
    home.specific.add_child(instance=page)
    page.save_revision().publish()
    return ContentPage.objects.get(pk=page.pk)


def stopped(page: ContentPage) -> ContentPage:
    translate(page, "smj", marked("smj"))
    stop_synchronisation(translation_of(page))
    return live(page)


def write(target: ContentPage, before: str, after: str) -> None:
    """Changes a link of the introduction by hand, as in the ordinary editor."""
    with tracked_transaction():
        assert before in target.introduction
        target.introduction = target.introduction.replace(before, after)
        target.save_revision(user=User.objects.get_or_create(username="tjálle")[0]).publish()


def question(page: ContentPage) -> str:
    return reverse("cms_translation:start", args=[translation_of(page).pk])


def start_and_publish(page: ContentPage, chief: Client) -> ContentPage:
    assert chief.post(question(page)).status_code == 302
    publish_translation(translation_of(page).source, Locale.objects.get(language_code="smj"))
    return live(page)


def texts(page: Any) -> tuple[str, str]:
    return page.introduction, page.body.raw_data[0]["value"]


def test_a_link_of_another_site_stays(page: ContentPage, chief: Client) -> None:
    write(stopped(page), HERE, THERE)
    before = texts(live(page))
    assert (
        "1 link or image that was chosen by hand stays"
        in chief.get(question(page)).content.decode()
    )
    after = start_and_publish(page, chief)
    assert texts(after) == before
    assert THERE in after.introduction
    [override] = SegmentOverride.objects.all()
    assert override.last_translated_by is not None
    assert override.last_translated_by.username == "tjálle"


def test_a_link_that_was_set_back_to_the_sources_is_so(page: ContentPage, chief: Client) -> None:
    target = stopped(page)
    write(target, HERE, THERE)
    start_and_publish(page, chief)
    stop_synchronisation(translation_of(page))
    write(live(page), THERE, HERE)
    assert HERE in start_and_publish(page, chief).introduction
    assert not SegmentOverride.objects.exists()


def test_what_the_source_had_before_was_chosen_by_nobody(page: ContentPage, chief: Client) -> None:
    stopped(page)
    with tracked_transaction():
        page.introduction = page.introduction.replace(HERE, "https://example.org/ny")
        page.save_revision().publish()
    assert HERE not in start_and_publish(page, chief).introduction
    assert not SegmentOverride.objects.exists()


def test_what_cannot_be_kept_is_named_before(
    page: ContentPage, swedish_site: ExampleSite, chief: Client
) -> None:
    target = stopped(page)
    home = f'id="{Page.objects.get(pk=swedish_site.home.pk).pk}"'
    write(target, home, f'id="{page.pk}"')
    shown = chief.get(question(page)).content.decode()
    assert "cannot be kept" in shown
    assert '<li dir="auto">Kusten</li>' in shown
    assert "stays in its history" in shown
    after = start_and_publish(page, chief)
    assert home in after.introduction
    kept = [str(one.content["introduction"]) for one in after.revisions.all()]
    assert any(f'id="{page.pk}"' in text for text in kept)


def test_a_page_as_its_source_is_loses_nothing(page: ContentPage, chief: Client) -> None:
    stopped(page)
    shown = chief.get(question(page)).content.decode()
    assert "Nothing was written by hand" in shown
    assert "cannot be kept" not in shown
    assert "chosen by hand" not in shown
