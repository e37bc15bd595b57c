"""Tests that what is not approved is nowhere published, by whichever way."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone
from wagtail.models import APIToken, GroupApprovalTask, Page, Workflow, WorkflowTask
from wagtail_localize.models import StringTranslation

from cms.delivery.publishing.consistency_check import differences
from cms.export.bundle.editable.scope import Scope
from cms.export.bundle.editable.translations import translation_records
from cms.translation.approval.approving import approve
from cms.translation.lifecycle.synchronisation import start_synchronisation, stop_synchronisation
from cms.translation.lifecycle.taking_down import Choice, choosing
from cms.translation.models import ApprovedText, Review
from cms.translation.texts.versions import version_of
from home.models import ContentPage
from tests.cms.exchange.carrying import Target, bring, xliff
from tests.cms.translation.approval.scene import FIRST, SECOND, TITLE, Approval
from tests.factories.snippets import MunicipalityFactory
from tests.factories.translations import translate

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

OLD = {TITLE: "Riddo", FIRST: "Vuostas.", SECOND: "Nubbe."}


@pytest.fixture
def live(approval: Approval) -> Approval:
    """Whole and live before approval is switched on; then the title is changed."""
    approval.enter(OLD)
    approval.publish()
    approval.switch()
    approval.enter({TITLE: "Merra"})
    return approval


def test_switched_on_nothing_changes(approval: Approval) -> None:
    approval.enter(OLD)
    approval.publish()
    before = approval.texts(), approval.document(), vars(approval.status())
    approval.switch()
    assert (approval.texts(), approval.document()) == before[:2]
    approval.publish()
    assert approval.texts() == list(OLD.values())
    status = approval.status()
    assert (status.status, status.to_review, status.unpublished) == ("complete", 0, 0)
    assert not list(differences())


def test_what_is_not_approved_is_to_review_and_does_not_count(approval: Approval) -> None:
    approval.switch()
    approval.enter(OLD)
    status = approval.status()
    assert (status.to_review, status.translated, status.unpublished) == (3, 0, 0)
    approval.publish()
    assert approval.texts() == [TITLE, FIRST, SECOND]
    assert approval.document()["language"] == "sv"
    assert approval.status().published == 0
    assert approval.approve().json()["approved"] == 3
    status = approval.status()
    assert (status.to_review, status.translated, status.published, status.unpublished) == (
        0, 3, 0, 3,
    )  # fmt: skip
    approval.publish()
    assert approval.texts() == list(OLD.values())
    assert approval.document()["language"] == "smj"
    assert approval.status().status == "complete"
    assert not list(differences())


def by_translator(live: Approval, folder: Path) -> None:
    live.publish()


def by_save_target(live: Approval, folder: Path) -> None:
    live.translation.save_target(user=live.writer, publish=False)
    live.target.get_latest_revision().publish()


def by_upstreams_editor(live: Approval, folder: Path) -> None:
    client = Client()
    client.force_login(live.writer)
    client.post(reverse("wagtailadmin_pages:edit", args=[live.target.pk]), {"action": "publish"})


def by_schedule(live: Approval, folder: Path) -> None:
    live.translation.save_target(user=live.writer, publish=False)
    page = live.target
    page.go_live_at = timezone.now() - timedelta(minutes=1)
    page.save_revision(approved_go_live_at=page.go_live_at)
    call_command("publish_scheduled")


def by_file(live: Approval, folder: Path) -> None:
    path = xliff(folder, live.page, Target("title", TITLE, "Fiellda", 'state="final"'))
    call_command("translations", "import", str(path), "--locale", "smj", "--publish")
    assert live.stored(TITLE).data == "Fiellda"


def by_source(live: Approval, folder: Path) -> None:
    page = ContentPage.objects.get(pk=live.page.pk)
    page.save_revision().publish()
    live.publish()


def by_restoring(live: Approval, folder: Path) -> None:
    live.publish()
    live.target.revisions.order_by("pk").last().publish()


def by_taking_down_and_back(live: Approval, folder: Path) -> None:
    live.target.unpublish()
    live.publish()


def by_moving_a_block(live: Approval, folder: Path) -> None:
    page = ContentPage.objects.get(pk=live.page.pk)
    page.introduction = "<p>Först något nytt.</p>" + page.introduction
    page.save_revision().publish()
    live.publish()


def by_starting_anew(live: Approval, folder: Path) -> None:
    stop_synchronisation(live.translation)
    start_synchronisation(live.translation, live.writer)
    live.enter({TITLE: "Merra"})
    live.publish()


def by_upstreams_publishing(live: Approval, folder: Path) -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        live.translation.save_target(user=live.writer, publish=True)


def by_following_the_source(live: Approval, folder: Path) -> None:
    """The page is taken down with its source, and comes back with it."""
    with choosing(Choice.TAKE_DOWN):
        ContentPage.objects.get(pk=live.page.pk).unpublish()
    assert not live.target.live
    live.translation.save_target(user=live.writer, publish=False)
    ContentPage.objects.get(pk=live.page.pk).save_revision().publish()


def by_bulk(live: Approval, folder: Path) -> None:
    live.translation.save_target(user=live.writer, publish=False)
    client = Client()
    client.force_login(live.writer)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = client.post(f"{address}?id={live.target.pk}&next=/admin/", {"include_descendants": ""})
    assert answer.status_code == 302
    assert not live.target.has_unpublished_changes


def by_workflow(live: Approval, folder: Path) -> None:
    task = GroupApprovalTask.objects.create(name="Someone else")
    task.groups.set(live.other.groups.all())
    workflow = Workflow.objects.create(name="Two of us")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    live.translation.save_target(user=live.writer, publish=False)
    state = workflow.start(live.target, live.writer)
    state.current_task_state.approve(user=live.other)
    assert not live.target.has_unpublished_changes


def by_api(live: Approval, folder: Path) -> None:
    """A program writes the page itself, past its strings."""
    user = User.objects.create_superuser("program")
    _token, secret = APIToken.create_token(user=user, name="another system")
    answer = Client().patch(
        f"/api/v3/pages/{live.target.pk}/",
        data={"title": "Merra", "meta": {"action": "publish"}},
        content_type="application/json",
        headers={"Authorization": f"Bearer {secret}"},
    )
    assert answer.status_code == 403, answer.content
    answer = Client().patch(
        f"/api/v3/pages/{live.target.pk}/",
        data={"title": "Riddo", "meta": {"action": "publish"}},
        content_type="application/json",
        headers={"Authorization": f"Bearer {secret}"},
    )
    assert answer.status_code == 200, answer.content


@pytest.mark.parametrize(
    "way",
    [
        by_translator, by_save_target, by_upstreams_editor, by_schedule, by_file, by_source,
        by_restoring, by_taking_down_and_back, by_moving_a_block, by_starting_anew, by_api,
        by_upstreams_publishing, by_following_the_source, by_bulk, by_workflow,
    ],
)  # fmt: skip
def test_no_way_leads_to_readers(
    way: Callable[[Approval, Path], None], live: Approval, tmp_path: Path
) -> None:
    way(live, tmp_path)
    shown = live.texts()
    assert shown[0] == "Riddo"
    assert set(shown[1:]) >= {"Vuostas.", "Nubbe."}
    for revision in live.target.revisions.all():
        assert revision.as_object().title in ("Riddo", TITLE)
    assert live.document()["title"] == "Riddo"
    assert live.status().to_review == 1
    assert not list(differences())


def test_a_new_text_takes_the_place_of_the_former_when_it_is_approved(live: Approval) -> None:
    assert live.status().status == "complete"
    assert live.status().unpublished == 0
    assert (
        live.send(live.other, "editor_approve", *_ref(live), over=_version(live)).status_code == 200
    )
    assert live.status().unpublished == 1
    live.publish()
    assert live.texts()[0] == "Merra"
    approved = ApprovedText.objects.get(context__path="title", locale=live.locale, data="Merra")
    assert approved.approved_by == live.other
    assert Review.objects.get(translation=live.stored(TITLE)).state == Review.State.TRANSLATED


def _ref(approval: Approval) -> tuple[int, int]:
    stored = approval.stored(TITLE)
    return stored.context_id, stored.translation_of_id


def _version(approval: Approval) -> str:
    return version_of(approval.stored(TITLE).data)


def test_an_emptied_text_leaves_the_approved_one_where_it_is(live: Approval) -> None:
    live.stored(TITLE).delete()
    live.publish()
    assert live.texts()[0] == "Riddo"
    live.enter({TITLE: "Ådå"})
    live.publish()
    assert live.texts()[0] == "Riddo"


def test_what_is_typed_back_to_the_approved_text_is_approved(live: Approval) -> None:
    live.enter({TITLE: "Riddo"})
    assert live.status().to_review == 0


def test_the_preview_shows_what_waits(live: Approval) -> None:
    client = Client()
    client.force_login(live.writer)
    shown = client.get(
        reverse("wagtail_localize:preview_translation", args=[live.translation.pk])
    ).content.decode()
    assert "Merra" in shown
    live.publish()
    assert live.texts()[0] == "Riddo"


def test_a_text_moved_to_another_block_stays_approved(approval: Approval) -> None:
    page = ContentPage.objects.get(pk=approval.page.pk)
    block = {
        "type": "paragraph",
        "value": "<p>Ett stycke.</p>",
        "id": "a" * 8 + "-0000-4000-8000-000000000000",
    }
    field: Any = page._meta.get_field("body")
    page.body = field.stream_block.to_python([block])
    page.save_revision().publish()
    approval.enter({**OLD, "Ett stycke.": "Akta."})
    approval.publish()
    approval.switch()
    page.body = field.stream_block.to_python([{**block, "id": str(uuid4())}])
    page.save_revision().publish()
    assert approval.status().to_review == 0
    approval.publish()
    assert "Akta." in str(approval.target.body)


def test_switched_off_all_counts_as_before(live: Approval) -> None:
    live.publish()
    assert live.texts()[0] == "Riddo"
    live.switch(on=False)
    status = live.status()
    assert (status.to_review, status.unpublished, status.translated) == (0, 1, 3)
    assert not ApprovedText.objects.exists()
    live.publish()
    assert live.texts()[0] == "Merra"
    assert not list(differences())


def test_a_machines_text_waits_too(approval: Approval) -> None:
    approval.switch()
    approval.enter(OLD)
    StringTranslation.objects.filter(locale=approval.locale).update(
        translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE, last_translated_by=None
    )
    approval.publish()
    assert approval.texts() == [TITLE, FIRST, SECOND]
    approval.approve()
    approval.publish()
    assert approval.texts() == list(OLD.values())
    assert approval.status().status == "complete"


def test_other_languages_are_as_they_were(live: Approval) -> None:
    translated = translate(live.page, "fi")
    assert translated.title == f"{TITLE} [fi]"
    assert Page.objects.get(pk=translated.pk).live
    assert not ApprovedText.objects.exclude(locale=live.locale).exists()


def texts_of_bundle(live: Approval, *, private: bool) -> dict[str, Any]:
    """The translations of the title in a bundle, with their states."""
    return {
        one["data"]: one["review"]
        for record in translation_records(Scope(private=private))
        for string in record.get("strings", ())
        if string["source"] == TITLE
        for one in string["translations"]
        if one["locale"] == "smj"
    }


def test_a_public_bundle_has_what_is_live(live: Approval) -> None:
    live.publish()
    assert texts_of_bundle(live, private=False) == {}
    assert texts_of_bundle(live, private=True) == {"Merra": "needs-review"}
    live.approve()
    assert texts_of_bundle(live, private=False) == {}
    live.publish()
    assert texts_of_bundle(live, private=False) == {"Merra": "translated"}


def test_a_fact_waits_like_a_page(live: Approval) -> None:
    fact = MunicipalityFactory(name="Luleå kommun")
    fact.save_revision().publish()
    translated = translate(fact, "smj")
    assert translated.name == "Luleå kommun"
    for one in StringTranslation.objects.filter(context__object=fact.translation_key):
        one.last_translated_by = live.writer
        one.save()
        approve([one], live.other)
    assert translate(fact, "smj").name == "Luleå kommun [smj]"


def test_a_file_approves_what_another_has_written(live: Approval, tmp_path: Path) -> None:
    path = xliff(tmp_path, live.page, Target("title", TITLE, "Merra", 'state="translated"'))
    bring(path, user=live.writer)
    assert live.status().to_review == 1
    bring(path)
    assert live.status().to_review == 1
    bring(path, user=live.other)
    assert live.status().to_review == 0
    assert live.stored(TITLE).last_translated_by == live.writer
    live.publish()
    assert live.texts()[0] == "Merra"
