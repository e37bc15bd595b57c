"""Four eyes in one section of the demo, and no button of a workflow anywhere else."""

import importlib
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage
from wagtail.users.models import UserProfile

from cms.demo.site import start_page
from cms.demo.users import create_demo_users
from cms.demo.workflow import WORKFLOW
from strategy.models import CulturePage, StoriesPage, StoryPage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo"), pytest.mark.shared_out]


@pytest.fixture(autouse=True)
def users(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    create_demo_users("ett-lösenord-för-prov", reset=False)


def client_of(name: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=name))
    return client


def swedish(model: Any) -> Any:
    return model.objects.filter(locale__language_code="sv").first()


def buttons(name: str, page: Page) -> set[str]:
    """Those of publishing and workflows that a user's menu offers on a page."""
    answer = client_of(name).get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    html = answer.content.decode()
    return {
        action
        for action in ("publish", "submit", "approve", "reject")
        if f'name="action-{action}"' in html or f'data-workflow-action-name="{action}"' in html
    }


def test_a_workflow_is_offered_where_there_is_one() -> None:
    story, culture = swedish(StoryPage), swedish(CulturePage)
    assert buttons("skribent", story) == {"submit"}
    assert buttons("skribent", culture) == set()
    assert buttons("granskare", story) == {"publish", "submit"}
    assert buttons("redaktor", culture) == {"publish"}
    assert buttons("redaktor", story) == {"publish", "submit"}
    translated = StoryPage.objects.get(
        translation_key=story.translation_key, locale__language_code="en"
    )
    assert not translated.has_workflow
    permissions = translated.permissions_for_user(User.objects.get(username="oversattare-en"))
    assert permissions.can_publish()


def test_one_writes_another_approves_and_each_is_told_in_their_language(
    django_capture_on_commit_callbacks: Any,
) -> None:
    story = swedish(StoryPage)
    writer, reviewer = (User.objects.get(username=name) for name in ("skribent", "granskare"))
    profile = UserProfile.get_for_user(reviewer)
    profile.preferred_language = "fi"
    profile.save()
    story.title = "Ett nytt namn"
    story.save_revision(user=writer)
    with django_capture_on_commit_callbacks(execute=True):
        state = story.get_workflow().start(story, writer)
    told = {message.to[0].split("@")[0]: message for message in mail.outbox}
    assert {"granskare", "redaktor"} <= told.keys()
    assert "skribent" not in told
    assert told["granskare"].body.startswith("Hei ")
    assert told["redaktor"].body.startswith("Hej ")
    assert "Ett nytt namn" in told["granskare"].subject

    assert buttons("skribent", story) == set()
    assert {"approve", "reject"} <= buttons("granskare", story)
    home = client_of("granskare").get(reverse("wagtailadmin_home")).content.decode()
    assert "Ett nytt namn" in home
    mail.outbox.clear()
    approve = reverse(
        "wagtailadmin_pages:workflow_action",
        args=[story.pk, "approve", state.current_task_state.pk],
    )
    with django_capture_on_commit_callbacks(execute=True):
        assert client_of("granskare").post(approve, {}).status_code in (200, 302)
    story = StoryPage.objects.get(pk=story.pk)
    assert story.live
    assert story.title == "Ett nytt namn"
    assert any(message.to == [writer.email] for message in mail.outbox)
    assert all(message.body.startswith("Hej ") for message in mail.outbox)


def test_what_an_administrator_does_with_the_workflow_stays() -> None:
    assigned = WorkflowPage.objects.get(workflow__name=WORKFLOW)
    assert assigned.page == swedish(StoriesPage).page_ptr
    assigned.delete()
    create_demo_users("ett-lösenord-för-prov", reset=False)
    assert Workflow.objects.filter(name=WORKFLOW).count() == 1
    assert not WorkflowPage.objects.exists()


def test_wagtails_own_workflow_is_taken_off_where_nobody_uses_it() -> None:
    migration = importlib.import_module("cms.content.migrations.0006_no_workflow_of_wagtail")
    editor = SimpleNamespace(connection=connection)
    workflow = Workflow.objects.get(name=migration.NAME)
    root = WorkflowPage.objects.filter(page__depth=1)
    assert not root.exists(), "An empty site has none."
    WorkflowPage.objects.create(workflow=workflow, page=Page.objects.get(depth=1))
    task = GroupApprovalTask.objects.get(name=migration.NAME)
    GroupApprovalTask.objects.filter(pk=task.pk).update(name="Läst av juristen")
    migration.take_off(apps, editor)
    assert root.exists(), "A changed workflow stays."
    GroupApprovalTask.objects.filter(pk=task.pk).update(name=migration.NAME)
    home = start_page("sv")
    assert home is not None
    used = workflow.start(home, None)
    migration.take_off(apps, editor)
    assert root.exists(), "A workflow in use stays."
    used.delete()
    migration.take_off(apps, editor)
    assert not root.exists()
    assert Workflow.objects.filter(pk=workflow.pk).exists()
