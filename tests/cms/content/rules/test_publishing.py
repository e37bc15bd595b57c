"""A page that breaks a rule is saved, and published in none of the ways that there are."""

import datetime as dt
import json
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask
from wagtail_localize.models import Translation

from cms.content.rules.judging import judge, what_stops
from cms.content.rules.refusal import PublishingRefused
from strategy.models import CulturePage, GoalPage
from tests.cms.content.reader.test_preview import form_data
from tests.factories.site import ExampleSite
from tests.factories.translations import translate

pytestmark = [pytest.mark.shared_out, pytest.mark.usefixtures("swedish_site")]

SKIPPING = [{"type": "heading", "id": "b1", "value": {"text": "Fyra", "level": 4}}]


@pytest.fixture
def browser(admin_user: Any) -> Client:
    """The administrator's, which sends a token with each form and shows its errors."""
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(admin_user)
    return client


@pytest.fixture
def culture(swedish_site: ExampleSite) -> CulturePage:
    found: CulturePage = CulturePage.objects.get(pk=swedish_site.pages[CulturePage].pk)
    return found


def faulty(page: Any) -> Any:
    """A draft of a page, whose image nobody has described."""
    page.image_alt_text, page.image_decorative = "", False
    page.title = "Utkastet"
    return page.save_revision()


def live_title(page: Page) -> str:
    return str(Page.objects.get(pk=page.pk).title)


def test_a_form_keeps_the_draft_and_leads_to_the_field(
    culture: CulturePage, browser: Client
) -> None:
    before = culture.title
    faulty(culture)
    address = reverse("wagtailadmin_pages:edit", args=[culture.pk])
    data = form_data(browser, address, CulturePage) | {"title": "Omskriven"}
    answer = browser.post(address, {**data, "action-publish": "1"}, follow=True)
    assert answer.redirect_chain == [(address, 302)]
    shown = answer.content.decode()
    # In the message and beside the form.
    assert f'href="{address}#id_image_alt_text-label"' in shown
    assert '<a href="#id_image_alt_text-label">' in shown
    assert 'id="id_image_alt_text-label"' in shown
    assert live_title(culture) == before
    kept = CulturePage.objects.get(pk=culture.pk).get_latest_revision_as_object()
    assert kept.title == "Omskriven"
    data = form_data(browser, address, CulturePage) | {"title": "Igen"}
    saved = browser.post(address, data, headers={"accept": "application/json"})
    assert saved.json()["success"]
    assert "data-rules-panel" in saved.json()["html"]


def test_a_new_page_that_is_refused_is_a_draft(culture: CulturePage, browser: Client) -> None:
    parent = culture.get_parent()
    culture.delete()
    address = reverse("wagtailadmin_pages:add", args=["strategy", "culturepage", parent.pk])
    data = form_data(browser, address, CulturePage) | {"title": "Ny", "slug": "ny"}
    data |= {"image": str(culture.image_id), "action-publish": "1"}
    answer = browser.post(address, data, follow=True)
    made = CulturePage.objects.get(slug="ny")
    assert answer.redirect_chain == [(reverse("wagtailadmin_pages:edit", args=[made.pk]), 302)]
    assert not made.live
    assert made.image_id


def test_of_many_those_that_are_refused_are_named(
    swedish_site: ExampleSite, culture: CulturePage, browser: Client
) -> None:
    goal = GoalPage.objects.get(pk=swedish_site.pages[GoalPage].pk)
    goal.title = "Målet"
    goal.save_revision()
    before = culture.title
    faulty(culture)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = browser.post(f"{address}?id={culture.pk}&id={goal.pk}&next=/admin/", follow=True)
    assert (live_title(culture), live_title(goal)) == (before, "Målet")
    shown = answer.content.decode()
    assert (
        f"{reverse('wagtailadmin_pages:edit', args=[culture.pk])}#id_image_alt_text-label" in shown
    )
    assert "Utkastet" in shown


def test_a_workflow_ends_where_it_was(
    culture: CulturePage, browser: Client, admin_user: Any
) -> None:
    task = GroupApprovalTask.objects.create(name="Granskning")
    workflow = Workflow.objects.create(name="Granskning")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowPage.objects.create(workflow=workflow, page=culture)
    faulty(culture)
    state = workflow.start(culture, admin_user)
    address = reverse(
        "wagtailadmin_pages:workflow_action",
        args=[culture.pk, "approve", state.current_task_state.pk],
    )
    answer = browser.post(address, headers={"x-requested-with": "XMLHttpRequest"})
    assert answer.json()["redirect"] == reverse("wagtailadmin_pages:edit", args=[culture.pk])
    state.refresh_from_db()
    assert state.status == "in_progress"
    assert live_title(culture) != "Utkastet"


def test_what_was_accepted_goes_live_at_its_time(culture: CulturePage, admin_user: Any) -> None:
    soon = timezone.now() + dt.timedelta(hours=1)
    culture.go_live_at = soon
    with pytest.raises(PublishingRefused):
        faulty(culture).publish(user=admin_user)
    assert not culture.revisions.filter(approved_go_live_at__isnull=False).exists()
    culture.image_decorative = True
    culture.save_revision().publish(user=admin_user)
    # The rule is asked when the time is set, and not again: nothing is lost in the night.
    revision = culture.revisions.get(approved_go_live_at__isnull=False)
    past = (timezone.now() - dt.timedelta(minutes=1)).isoformat()
    revision.content |= {"go_live_at": past, "image_decorative": False}
    revision.approved_go_live_at = past
    revision.save()
    call_command("publish_scheduled")
    assert live_title(culture) == "Utkastet"


def test_a_fault_that_is_live_warns_and_a_new_one_refuses(
    culture: CulturePage, admin_user: Any, django_assert_num_queries: Any
) -> None:
    faulty(culture).publish()
    live = CulturePage.objects.get(pk=culture.pk)
    live.title = "Ett stavfel mindre"
    [warning] = [one for one in judge(live).advice if one.is_live]
    assert warning.code == "image_undescribed"
    live.save_revision().publish(user=admin_user)
    assert live_title(culture) == "Ett stavfel mindre"
    live.body = json.dumps(SKIPPING)
    [finding] = what_stops(live)
    assert (finding.path, finding.loc) == (("body", "b1", "level"), ("body", 0, "value", "level"))
    with pytest.raises(PublishingRefused):
        live.save_revision().publish(user=admin_user)
    # Of a page in order nothing is asked.
    live.body, live.image_decorative = "[]", True
    with django_assert_num_queries(0):
        assert not what_stops(live)


def test_a_translator_is_not_stopped_by_what_the_source_lacks(
    culture: CulturePage, admin_user: Any
) -> None:
    faulty(culture).publish()
    finnish = translate(CulturePage.objects.get(pk=culture.pk), "fi")
    finnish.body = json.dumps(SKIPPING)
    assert not what_stops(finnish)
    assert {one.code for one in judge(finnish).advice} >= {"heading_level_skipped"}
    finnish.save_revision().publish(user=admin_user)
    # Written by hand it is a source of its own.
    finnish_source = type(finnish).objects.get(pk=finnish.pk)
    finnish_source.body = "[]"
    finnish_source.save_revision().publish(user=admin_user)
    Translation.objects.filter(target_locale=finnish.locale).update(enabled=False)
    finnish.body = json.dumps([{**SKIPPING[0], "id": "b2"}])
    assert [one.code for one in what_stops(finnish)] == ["heading_level_skipped"]
