"""A page that gets another address leaves a redirect, and so does each page below it."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import APIToken, GroupApprovalTask, Page, Site, Workflow, WorkflowTask

from cms.content import redirects
from home.models import ContentPage
from tests.factories.many import add_content_pages
from tests.factories.pages import ContentPageFactory
from tests.factories.site import ExampleSite
from tests.factories.translations import translate

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

MANY = 1_050
"""More than the thousand conditions that SQLite takes in one query."""


def fresh(page: Any) -> Any:
    return Page.objects.get(pk=page.pk).specific


def with_slug(page: Any, slug: str) -> None:
    changed = fresh(page)
    changed.slug = slug
    changed.save_revision().publish()


def led(path: str, visitor: Client) -> str:
    """The address to which a path leads in one step, and which is a page."""
    answer = visitor.get(path)
    assert answer.status_code == 301, (path, answer.status_code)
    target = str(answer.headers["Location"])
    assert visitor.get(target).status_code == 200, target
    return target


@pytest.fixture
def section(swedish_site: ExampleSite) -> Any:
    return ContentPageFactory(parent=fresh(swedish_site.home), title="Avsnitt", slug="avsnitt")


@pytest.fixture
def elsewhere(swedish_site: ExampleSite) -> Any:
    return ContentPageFactory(parent=fresh(swedish_site.home), title="Annat", slug="annat")


@pytest.fixture
def administrator(admin_user: Any) -> Client:
    client = Client()
    client.force_login(admin_user)
    return client


@pytest.fixture
def write(admin_user: Any) -> Callable[..., Any]:
    _token, secret = APIToken.create_token(user=admin_user, name="writer")

    def call(method: str, path: str, payload: Any) -> Any:
        return getattr(Client(), method)(
            f"/api/v3/pages/{path}",
            payload,
            content_type="application/json",
            headers={"Authorization": f"Bearer {secret}"},
        )

    return call


def assert_all_led(
    below: list[int], before: str, after: str, section: Any, visitor: Client
) -> None:
    """One redirect for the section and each of many pages below it; the last pages are reached."""
    of_section = Redirect.objects.filter(redirect_page__path__startswith=fresh(section).path)
    expected = {before.rstrip("/")} | {
        f"{before}{slug}"
        for slug in Page.objects.filter(pk__in=below).values_list("slug", flat=True)
    }
    assert {one.old_path for one in of_section} == expected
    assert of_section.count() == len(below) + 1
    assert led(before, visitor) == after
    for page in (below[0], below[-1]):
        slug = Page.objects.get(pk=page).slug
        assert led(f"{before}{slug}/", visitor) == f"{after}{slug}/"


class TestAThousandPages:
    """Every way in which a section gets another address."""

    def test_a_slug_published_in_the_program(self, section: Any, visitor: Client) -> None:
        below = add_content_pages(section, MANY)
        with_slug(section, "nytt")
        assert_all_led(below, "/sv/avsnitt/", "/sv/nytt/", section, visitor)

    def test_a_move(self, section: Any, elsewhere: Any, visitor: Client) -> None:
        below = add_content_pages(section, MANY)
        fresh(section).move(fresh(elsewhere), pos="last-child")
        assert_all_led(below, "/sv/avsnitt/", "/sv/annat/avsnitt/", section, visitor)

    def test_a_slug_through_the_api(
        self, section: Any, write: Callable[..., Any], visitor: Client
    ) -> None:
        below = add_content_pages(section, MANY)
        answer = write("patch", f"{section.pk}/", {"slug": "nytt", "meta": {"action": "publish"}})
        assert answer.status_code == 200, answer.content
        assert_all_led(below, "/sv/avsnitt/", "/sv/nytt/", section, visitor)

    def test_a_move_through_the_api(
        self, section: Any, elsewhere: Any, write: Callable[..., Any], visitor: Client
    ) -> None:
        below = add_content_pages(section, MANY)
        answer = write(
            "post",
            f"{section.pk}/actions/move/",
            {"destination_id": elsewhere.pk, "position": "last-child"},
        )
        assert answer.status_code == 200, answer.content
        assert_all_led(below, "/sv/avsnitt/", "/sv/annat/avsnitt/", section, visitor)

    def test_a_move_in_the_admin(
        self, section: Any, elsewhere: Any, administrator: Client, visitor: Client
    ) -> None:
        below = add_content_pages(section, MANY)
        address = reverse("wagtailadmin_pages:move_confirm", args=[section.pk, elsewhere.pk])
        assert administrator.post(address).status_code == 302
        assert_all_led(below, "/sv/avsnitt/", "/sv/annat/avsnitt/", section, visitor)

    def test_a_bulk_move_in_the_admin(
        self, section: Any, elsewhere: Any, administrator: Client, visitor: Client
    ) -> None:
        below = add_content_pages(section, MANY)
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
        answer = administrator.post(f"{address}?id={section.pk}", {"chooser": elsewhere.pk})
        assert answer.status_code == 302, answer.content
        assert_all_led(below, "/sv/avsnitt/", "/sv/annat/avsnitt/", section, visitor)

    def test_a_slug_that_is_published_later(self, section: Any, visitor: Client) -> None:
        below = add_content_pages(section, MANY)
        changed = fresh(section)
        changed.slug = "nytt"
        changed.go_live_at = timezone.now() - dt.timedelta(minutes=1)
        revision = changed.save_revision(approved_go_live_at=changed.go_live_at)
        assert not Redirect.objects.filter(redirect_page=section).exists()
        call_command("publish_scheduled")
        assert fresh(section).live_revision == revision
        assert_all_led(below, "/sv/avsnitt/", "/sv/nytt/", section, visitor)

    def test_a_slug_that_a_moderator_approves(
        self, section: Any, admin_user: Any, visitor: Client
    ) -> None:
        below = add_content_pages(section, MANY)
        task = GroupApprovalTask.objects.create(name="Granskning")
        workflow = Workflow.objects.create(name="Granskning")
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
        changed = fresh(section)
        changed.slug = "nytt"
        changed.save_revision(user=admin_user)
        workflow.start(fresh(section), admin_user).current_task_state.approve(user=admin_user)
        assert_all_led(below, "/sv/avsnitt/", "/sv/nytt/", section, visitor)

    def test_queries_grow_with_batches_and_not_with_pages(self, section: Any) -> None:
        add_content_pages(section, MANY)
        with CaptureQueriesContext(connection) as queries:
            redirects.leave_redirects(fresh(section), "/norrbotten/gammalt/")
        assert Redirect.objects.count() == MANY + 1
        # SQLite takes a hundred rows in one statement.
        assert len(queries) < 30


def test_nothing_is_left_when_the_change_fails(
    section: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    below = ContentPageFactory(parent=fresh(section), title="Sida", slug="sida")

    def fails(*_arguments: Any, **_options: Any) -> None:
        raise OSError("no room on the disk")

    monkeypatch.setattr(Page, "_update_descendant_url_paths", fails)
    changed = fresh(section)
    changed.slug = "nytt"
    with pytest.raises(OSError, match="no room"):
        changed.save()
    assert fresh(section).slug == "avsnitt"
    assert not Redirect.objects.filter(redirect_page__in=[section.pk, below.pk]).exists()


def test_moved_twice_each_former_path_leads_there_in_one_step(
    section: Any, visitor: Client
) -> None:
    ContentPageFactory(parent=fresh(section), title="Sida", slug="sida")
    with_slug(section, "andra")
    with_slug(section, "tredje")
    for former in ("avsnitt", "andra"):
        assert led(f"/sv/{former}/", visitor) == "/sv/tredje/"
        assert led(f"/sv/{former}/sida/", visitor) == "/sv/tredje/sida/"


def test_moved_back_nothing_leads_round_and_round(section: Any, visitor: Client) -> None:
    below = ContentPageFactory(parent=fresh(section), title="Sida", slug="sida")
    with_slug(section, "andra")
    with_slug(section, "avsnitt")
    assert led("/sv/andra/sida/", visitor) == "/sv/avsnitt/sida/"
    assert visitor.get("/sv/avsnitt/sida/").status_code == 200
    fresh(below).unpublish()
    assert visitor.get("/sv/avsnitt/sida/").status_code == 404


def test_who_takes_a_former_path_and_leaves_it_has_it(section: Any, visitor: Client) -> None:
    with_slug(section, "nytt")
    home = fresh(section).get_parent()
    second = ContentPageFactory(
        parent=fresh(home), title="Andra", slug="avsnitt", translation_key=uuid4()
    )
    assert visitor.get("/sv/avsnitt/").status_code == 200
    with_slug(second, "flyttad")
    assert led("/sv/avsnitt/", visitor) == "/sv/flyttad/"


def test_what_an_editor_entered_stays(section: Any) -> None:
    entered = Redirect.objects.create(
        old_path="/sv/avsnitt", site=Site.objects.get(), redirect_link="https://example.org/"
    )
    with_slug(section, "nytt")
    assert [one.pk for one in Redirect.objects.filter(old_path="/sv/avsnitt")] == [entered.pk]


def test_each_language_has_its_own_prefix(
    swedish_site: ExampleSite, section: Any, visitor: Client
) -> None:
    below = ContentPageFactory(parent=fresh(section), title="Sida", slug="sida")
    translate(fresh(swedish_site.home), "en")
    english, english_below = translate(fresh(section), "en"), translate(fresh(below), "en")
    before = [fresh(page).url for page in (english, english_below)]
    assert before[0].startswith("/en/")
    with_slug(english, "section")
    assert led(before[0], visitor) == "/en/section/"
    assert led(before[1], visitor) == f"/en/section/{english_below.slug}/"
    assert not Redirect.objects.filter(redirect_page__in=[section.pk, below.pk]).exists()


def test_a_draft_leaves_none_and_what_was_live_does(section: Any, visitor: Client) -> None:
    [draft] = add_content_pages(section, 1, live=False)
    below = ContentPageFactory(parent=fresh(section), title="Sida", slug="en-sida")
    fresh(below).unpublish()
    with_slug(section, "nytt")
    assert not Redirect.objects.filter(redirect_page=draft).exists()
    fresh(below).save_revision().publish()
    assert led("/sv/avsnitt/en-sida/", visitor) == "/sv/nytt/en-sida/"


def test_a_start_page_with_another_slug_moves_nothing(
    swedish_site: ExampleSite, visitor: Client
) -> None:
    with_slug(swedish_site.home, "annan-start")
    assert not Redirect.objects.exists()
    assert visitor.get(f"/sv/{swedish_site.pages[ContentPage].slug}/").status_code == 200


def test_a_path_that_no_redirect_can_hold_stops_nothing(
    section: Any, visitor: Client, caplog: pytest.LogCaptureFixture
) -> None:
    long = ContentPageFactory(parent=fresh(section), title="Lång", slug="l" * 250)
    with_slug(section, "nytt")
    assert led("/sv/avsnitt/", visitor) == "/sv/nytt/"
    assert not Redirect.objects.filter(redirect_page=long).exists()
    assert "too long" in caplog.text


def test_a_reader_of_the_api_meets_no_404_while_documents_wait_for_the_worker(
    section: Any, visitor: Client
) -> None:
    below = ContentPageFactory(parent=fresh(section), title="Sida", slug="sida")
    add_content_pages(section, 150)
    with_slug(section, "nytt")
    for path in ("/sv/avsnitt/sida/", "/sv/nytt/sida/"):
        for address in ("entries/sv/find/?path=", "pages/find/?html_path="):
            answer = visitor.get(f"/api/v3/{address}{path}", follow=True)
            assert answer.status_code == 200, (address, path)
            assert answer.json()["key"] == str(below.translation_key)
