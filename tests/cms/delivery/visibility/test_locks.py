"""A page that is locked, moderated or scheduled is not published over."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone
from wagtail.models import APIToken, GroupApprovalTask, Locale, Page, Workflow, WorkflowTask
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from cms.translation.lifecycle.publishing import CannotPublish, publish_translation
from tests.cms.delivery.visibility.pages import fresh, make_page, translated
from tests.factories.site import ExampleSite

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]


@pytest.fixture
def english(swedish_site: ExampleSite) -> Any:
    """A live translation, of which another title waits to be published."""
    translated(swedish_site.home, "en")
    page = make_page(swedish_site.home, "Sida")
    target = translated(page, "en")
    title = StringTranslation.objects.get(
        context__path="title", locale=target.locale, translation_of__data="Sida"
    )
    title.data = "Another title"
    title.save()
    return target


def lock(page: Any) -> None:
    other = get_user_model().objects.create_user("erik")
    page.locked, page.locked_by, page.locked_at = True, other, timezone.now()
    page.save(update_fields=["locked", "locked_by", "locked_at"])


def moderate(page: Any) -> None:
    task = GroupApprovalTask.objects.create(name="Look")
    task.groups.add(Group.objects.create(name="Moderators of this"))
    workflow = Workflow.objects.create(name="Looking")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    page.save_revision()
    workflow.start(page, get_user_model().objects.create_user("erik"))


def schedule(page: Any) -> None:
    page.go_live_at = timezone.now() + dt.timedelta(days=1)
    page.save_revision().publish()


HOLDS = [lock, moderate, schedule]
Hold = Callable[[Any], None]


def source_of(page: Any) -> TranslationSource:
    found: TranslationSource = TranslationSource.objects.get(object_id=page.translation_key)
    return found


@pytest.mark.parametrize("hold", HOLDS)
def test_a_file_or_command_does_not(hold: Hold, english: Any, admin_user: Any) -> None:
    hold(fresh(english))
    for user in (None, admin_user):
        with pytest.raises(CannotPublish):
            publish_translation(source_of(english), english.locale, user)
    assert fresh(english).title == "Sida en"
    assert fresh(english).live


@pytest.mark.parametrize("hold", HOLDS)
def test_the_translators_editor_does_not(hold: Hold, english: Any, admin_client: Client) -> None:
    hold(fresh(english))
    revision = fresh(english).latest_revision_id
    answer = admin_client.post(f"/admin/pages/{english.pk}/edit/", {"action": "publish"})
    assert answer.status_code == 302
    assert fresh(english).title == "Sida en"
    assert fresh(english).latest_revision_id == revision


@pytest.mark.parametrize("hold", [lock, schedule])
def test_the_api_does_not(hold: Hold, english: Any, visitor: Client, admin_user: Any) -> None:
    hold(fresh(english))
    changed = fresh(english)
    changed.title = "Another title"
    changed.save_revision()
    _token, secret = APIToken.create_token(user=admin_user, name="writer")
    answer = visitor.post(
        f"/api/v3/pages/{english.pk}/actions/publish/",
        headers={"Authorization": f"Bearer {secret}"},
    )
    assert answer.status_code == 403
    assert fresh(english).title == "Sida en"


def test_a_source_that_goes_live_later_goes_first(
    swedish_site: ExampleSite, admin_user: Any
) -> None:
    translated(swedish_site.home, "en")
    page = make_page(swedish_site.home, "Senare")
    Page.objects.filter(pk=page.pk).update(live=False, live_revision=None)
    schedule(fresh(page))
    with pytest.raises(CannotPublish):
        publish_translation(source_of(page), Locale.objects.get(language_code="en"), admin_user)
    target = Page.objects.filter(translation_key=page.translation_key, locale__language_code="en")
    assert not target.filter(live=True).exists()


def test_without_a_lock_it_is_published(
    english: Any, admin_client: Client, admin_user: Any
) -> None:
    assert Translation.objects.filter(target_locale=english.locale, enabled=True).exists()
    publish_translation(source_of(english), english.locale, admin_user)
    assert fresh(english).title == "Another title"
