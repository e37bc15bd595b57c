"""Canaries: what Wagtail does around what is edited and published, for which we change it."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse
from wagtail import actions, hooks
from wagtail.models import Page

from cms.content.rules.refusal import PublishingRefused
from cms.upstream.replacement import UpstreamCode
from strategy.models import StrategyPage
from tests.cms.upstream.originals import original, still_needed
from tests.factories.site import ExampleSite

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]


def faulty(site: ExampleSite) -> Any:
    page = StrategyPage.objects.get(pk=site.pages[StrategyPage].pk)
    page.period_start, page.period_end = 2040, 2030
    return page


def test_canary_publishing_rules(swedish_site: ExampleSite, admin_user: Any) -> None:
    page = faulty(swedish_site)
    revision = page.save_revision()
    with pytest.raises(PublishingRefused):
        actions.PublishPageRevisionAction(revision, user=admin_user).execute()
    action = actions.PublishPageRevisionAction(revision, user=admin_user)
    publish = original("wagtail.actions.publish_revision:PublishRevisionAction._publish_revision")
    publish(action, revision, action.object, user=admin_user, changed=True, log_action=False)
    live = StrategyPage.objects.get(pk=page.pk)
    still_needed(
        (live.live, live.period_end) == (True, 2030), "wagtail_publishing/publishing_rules"
    )


def test_canary_created_drafts(swedish_site: ExampleSite, admin_user: Any) -> None:
    parent = Page.objects.get(pk=swedish_site.home.pk)
    target = "wagtail.admin.views.pages.create:CreateView.publish_action"

    def is_live_before_it_is_published(publish: Any, slug: str) -> bool:
        page = StrategyPage(title=slug, slug=slug)
        form = SimpleNamespace(instance=page, save=lambda commit: page)
        seen: list[bool] = []

        def stop(*args: Any) -> None:
            seen.append(Page.objects.get(slug=slug).live)
            raise InterruptedError

        view = SimpleNamespace(
            form=form,
            page=page,
            parent_page=parent,
            request=SimpleNamespace(user=admin_user),
            subscription=SimpleNamespace(save=lambda: None),
            set_default_privacy_setting=lambda: None,
            run_hook=stop,
        )
        with pytest.raises(InterruptedError):
            publish(view)
        return seen == [True]

    still_needed(
        is_live_before_it_is_published(original(target), "ny"), "wagtail_publishing/created_drafts"
    )
    ours = UpstreamCode(target, "").current()
    assert not is_live_before_it_is_published(ours, "nyare")


def test_canary_rules_panel(swedish_site: ExampleSite, admin_client: Any) -> None:
    page = swedish_site.pages[StrategyPage]
    answer = admin_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    names = [panel.name for panel in answer.context["side_panels"]]
    # A hook would have a name like those of the menus.
    still_needed(
        not any("side_panel" in name for name in hooks._hooks), "wagtail_publishing/rules_panel"
    )
    assert names[:2] == ["status", "rules"]
