"""Canaries: what Wagtail shows, publishes or leaves that it should not, for which we change it."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils import timezone
from wagtail import actions
from wagtail.models import Page, PageViewRestriction

from cms.translation.approval.switching import switch_approval
from cms.translation.models import TranslatorGroup
from cms.upstream.wagtail import closed_pages
from cms.upstream.wagtail_api import readable_with_token
from tests.cms.translation.scene import Scene
from tests.cms.upstream.originals import original, still_needed

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]


def asked_by(user: Any) -> Any:
    request: Any = RequestFactory().get("/api/v3/pages/")
    request.user = user
    return request


def test_canary_closed_pages(scene: Scene) -> None:
    PageViewRestriction.objects.create(page=scene.pages["sv"], restriction_type="login")
    finnish = Page.objects.get(pk=scene.pages["fi"].pk)
    restrictions = original("wagtail.models:Page.get_view_restrictions")
    assert finnish.get_view_restrictions().exists()
    still_needed(not restrictions(finnish).exists(), "wagtail/closed_pages")
    private = original("wagtail.query:PageQuerySet.private_q")
    assert Page.objects.private().filter(pk=finnish.pk).exists()
    assert not Page.objects.filter(private(Page.objects.all()), pk=finnish.pk).exists()
    public = original(closed_pages.PUBLIC_PAGES)
    assert public(asked_by(AnonymousUser())).filter(pk=finnish.pk).exists()


def test_canary_readable_with_token(scene: Scene) -> None:
    user = get_user_model().objects.create_user("erik")
    user.groups.add(TranslatorGroup.objects.get(locale__language_code="fi").group)
    swedish = scene.pages["sv"]
    find = original(readable_with_token.PAGES)
    still_needed(
        not find(asked_by(user)).filter(pk=swedish.pk).exists(), "wagtail_api/readable_with_token"
    )


def test_canary_translations_follow(scene: Scene) -> None:
    finnish = Page.objects.filter(pk=scene.pages["fi"].pk, live=True)
    swedish = type(scene.pages["sv"]).objects.get(pk=scene.pages["sv"].pk)
    tell = original("wagtail.actions.unpublish_page:UnpublishPageAction._after_unpublish")
    tell(actions.UnpublishPageAction(swedish), swedish)
    still_needed(finnish.exists(), "wagtail/translations_follow")
    swedish.unpublish()
    assert not finnish.exists()


def test_canary_expired_pages(scene: Scene) -> None:
    page = type(scene.pages["sv"]).objects.get(pk=scene.pages["sv"].pk)
    page.expire_at = timezone.now() - dt.timedelta(days=1)
    revision = page.save_revision()
    action = actions.PublishPageRevisionAction(revision)
    publish = original("wagtail.actions.publish_revision:PublishRevisionAction._publish_revision")
    publish(action, revision, action.object, user=None, changed=True, log_action=False)
    still_needed(Page.objects.get(pk=page.pk).expire_at is not None, "wagtail/expired_pages")


def test_canary_unapproved_pages(scene: Scene, admin_user: Any) -> None:
    page = scene.pages["smj"]
    switch_approval(page.locale, on=True)
    page.title = "Riddo"
    revision = page.save_revision()
    with pytest.raises(actions.publish_page_revision.PublishPagePermissionError):
        actions.PublishPageRevisionAction(revision, user=admin_user).execute()
    check = original("wagtail.actions.publish_page_revision:PublishPageRevisionAction.check")
    check(actions.PublishPageRevisionAction(revision, user=admin_user))
    still_needed(True, "wagtail/unapproved_pages")


def test_canary_locked_pages(scene: Scene, admin_user: Any) -> None:
    page = type(scene.pages["sv"]).objects.get(pk=scene.pages["sv"].pk)
    page.locked, page.locked_at = True, timezone.now()
    page.locked_by = get_user_model().objects.create_user("erik")
    page.save()
    action = actions.PublishPageRevisionAction(page.save_revision(), user=admin_user)
    check = original("wagtail.actions.publish_page_revision:PublishPageRevisionAction.check")
    check(action)
    with pytest.raises(actions.publish_page_revision.PublishPagePermissionError):
        action.check()
    still_needed(True, "wagtail/locked_pages")
