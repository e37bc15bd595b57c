"""An editor's start page says what to look at, and a page that was reviewed goes from the list."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now
from wagtail.models import Page, PageLogEntry

from cms.content.models import ContentImage
from cms.content.start_page.lists import (
    REVIEWED,
    images_without_description,
    pages_to_review,
    scheduled_pages,
)
from strategy.models import CulturePage, GoalPage, StoryPage
from tests.cms.delivery.visibility.pages import fresh, make_page
from tests.cms.translation.editor.desk import translator
from tests.factories.site import ExampleSite

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

HOME = reverse("wagtailadmin_home")


@pytest.fixture
def chief(admin_user: User) -> User:
    return admin_user


def published(page: Any, days_ago: int) -> None:
    """Sets when a page was published last."""
    Page.objects.filter(pk=page.pk).update(last_published_at=now() - timedelta(days=days_ago))


def test_a_page_that_nobody_read_for_a_year_is_to_be_reviewed(
    swedish_site: ExampleSite, chief: User, admin_client: Client
) -> None:
    culture, goal = swedish_site.pages[CulturePage], swedish_site.pages[GoalPage]
    published(culture, 400)
    published(goal, 366)
    published(swedish_site.pages[StoryPage], 9)
    assert [page.pk for page in pages_to_review(chief)] == [culture.pk, goal.pk]
    shown = admin_client.get(HOME).content.decode()
    assert fresh(culture).title in shown

    address = reverse("cms_content:say_reviewed", args=[culture.pk])
    assert admin_client.get(address).status_code == 405
    answer = admin_client.post(address, {"next": "//elsewhere.example.org/"})
    assert answer.headers["Location"] == HOME
    assert [page.pk for page in pages_to_review(chief)] == [goal.pk]
    assert PageLogEntry.objects.get(action=REVIEWED).user == chief
    # A review holds for a year as well.
    PageLogEntry.objects.filter(action=REVIEWED).update(timestamp=now() - timedelta(days=370))
    assert culture.pk in {page.pk for page in pages_to_review(chief)}


def test_a_type_has_a_time_of_its_own(
    swedish_site: ExampleSite, chief: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    goal = swedish_site.pages[GoalPage]
    published(goal, 400)
    monkeypatch.setattr(GoalPage, "review_after", None)
    assert not pages_to_review(chief)
    monkeypatch.setattr(GoalPage, "review_after", timedelta(days=399))
    assert [page.pk for page in pages_to_review(chief)] == [goal.pk]


def test_what_is_scheduled_stands_with_its_time(swedish_site: ExampleSite, chief: User) -> None:
    page = make_page(swedish_site.home, "Sedan")
    page.go_live_at = now() + timedelta(days=3)
    page.save_revision().publish()
    [scheduled] = scheduled_pages(chief)
    assert (scheduled.pk, scheduled.goes_live_at) == (page.pk, page.go_live_at)


def test_images_that_nobody_described_are_listed(
    swedish_site: ExampleSite, chief: User, admin_client: Client
) -> None:
    ContentImage.objects.update(description="Berg")
    image = ContentImage.objects.first()
    assert image is not None
    ContentImage.objects.filter(pk=image.pk).update(description="", title="Obeskriven")
    assert [one.pk for one in images_without_description(chief)] == [image.pk]
    for address in (HOME, reverse("cms_content:images_without_description")):
        assert "Obeskriven" in admin_client.get(address).content.decode()


def test_the_lists_do_not_grow_with_the_pages(
    swedish_site: ExampleSite, admin_client: Client
) -> None:
    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert admin_client.get(address).status_code == 200
        return len(captured)

    addresses = (HOME, reverse("cms_content:to_review"))
    first = make_page(swedish_site.home, "Gammal 0")
    published(first, 500)
    for address in addresses:
        queries(address)
    before = [queries(address) for address in addresses]
    for number in range(1, 9):
        published(make_page(swedish_site.home, f"Gammal {number}"), 500)
    assert [queries(address) for address in addresses] == before


def test_translators_have_no_such_lists(swedish_site: ExampleSite) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(translator())
    published(swedish_site.pages[GoalPage], 400)
    assert 'id="panel-editor' not in client.get(HOME).content.decode()
    for name in ("to_review", "images_without_description"):
        assert client.get(reverse(f"cms_content:{name}")).status_code in {302, 403}
    address = reverse("cms_content:say_reviewed", args=[swedish_site.pages[GoalPage].pk])
    assert client.post(address).status_code in {302, 403, 404}
    assert not PageLogEntry.objects.filter(action=REVIEWED)
