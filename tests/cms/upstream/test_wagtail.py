"""Canaries: faults of Wagtail, but for its API, for which we change it."""

from typing import Any, ClassVar

import pytest
from django.db import connection
from django.db.models.signals import post_save
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings
from wagtail import actions, hooks
from wagtail.contrib.frontend_cache.backends import BaseBackend
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Page, PageLogEntry
from wagtail.signals import page_published

from cms.delivery.tracking import signals
from cms.upstream.wagtail import cache_purging, copied_slugs, copied_texts
from cms.wastebasket.models import DeletedPage
from home.models import ContentPage
from strategy.models import CulturePage, GoalPage, PriorityAreaPage, StrategyPage
from tests.cms.translation.scene import Scene
from tests.cms.upstream.originals import original, still_needed
from tests.factories.site import ExampleSite

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]


@pytest.fixture
def _no_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leaves documents out: upstream's code alone leaves a tree that none can be made of."""
    monkeypatch.setattr(signals, "invalidate", lambda *args, **kwargs: None)


def depth() -> int:
    """The number of open transactions and savepoints, one in the other."""
    return len(connection.savepoint_ids)


@pytest.mark.parametrize("path", ["http://[", "//[/x", "//℀/", "http://[::1"])
def test_canary_redirect_paths(path: str, swedish_site: ExampleSite) -> None:
    try:
        original("wagtail.contrib.redirects.models:Redirect.normalise_path")(path)
        failed = False
    except ValueError:
        failed = True
    still_needed(failed, "wagtail/redirect_paths")
    assert Redirect.normalise_path(path).startswith("/")
    for address, name in (
        ("/api/v3/pages/find/", "html_path"),
        ("/api/v3/entries/sv/find/", "path"),
    ):
        assert Client().get(address, {name: path}).status_code == 404


@pytest.mark.usefixtures("_no_documents")
def test_canary_tracked_actions(swedish_site: ExampleSite) -> None:
    told: list[int] = []

    def listen(**kwargs: Any) -> None:
        told.append(depth())

    action = actions.PublishPageRevisionAction(swedish_site.pages[ContentPage].save_revision())
    page_published.connect(listen)
    try:
        execute = original("wagtail.actions:PublishRevisionAction.execute")
        execute(action, skip_permission_checks=True)
        assert told, "Publishing tells nobody."
        still_needed(told == [depth()], "wagtail/tracked_actions")
        told.clear()
        action.execute(skip_permission_checks=True)
        assert told > [depth()]
    finally:
        page_published.disconnect(listen)


@pytest.mark.usefixtures("_no_documents")
def test_canary_saving_tells_before_addresses_are_stored(swedish_site: ExampleSite) -> None:
    area = swedish_site.pages[PriorityAreaPage]
    below = swedish_site.pages[GoalPage].pk
    before = Page.objects.get(pk=below).url_path
    told: list[str] = []

    def listen(**kwargs: Any) -> None:
        told.append(Page.objects.get(pk=below).url_path)

    post_save.connect(listen, sender=PriorityAreaPage)
    try:
        page = PriorityAreaPage.objects.get(pk=area.pk)
        page.slug = "annat"
        original("wagtail.models:Page.save")(page)
    finally:
        post_save.disconnect(listen, sender=PriorityAreaPage)
    assert Page.objects.get(pk=below).url_path != before
    still_needed(told == [before], "wagtail/tracked_actions")


@pytest.mark.usefixtures("_no_documents")
def test_canary_page_position(swedish_site: ExampleSite) -> None:
    goal = swedish_site.pages[GoalPage]
    read_before = GoalPage.objects.get(pk=goal.pk)
    original("wagtail.actions:MovePageAction.execute")(
        actions.MovePageAction(
            GoalPage.objects.get(pk=goal.pk), swedish_site.pages[StrategyPage], "last-child"
        ),
        skip_permission_checks=True,
    )
    moved = Page.objects.get(pk=goal.pk).path
    assert moved != read_before.path
    original("wagtail.models:Page.save")(read_before, clean=False)
    still_needed(Page.objects.get(pk=goal.pk).path != moved, "wagtail/page_position")


def test_canary_collection_moves(db: None) -> None:
    root = Collection.objects.get(depth=1)
    for name in ("closed", "open"):
        root.add_child(name=name)
    closed, open_one = root.get_children()
    told: list[Any] = []

    def listen(instance: Any, **kwargs: Any) -> None:
        told.append(instance)

    post_save.connect(listen, sender=Collection)
    try:
        original("wagtail.models:Collection.move")(open_one, closed, "sorted-child")
    finally:
        post_save.disconnect(listen, sender=Collection)
    assert Collection.objects.get(pk=open_one.pk).path.startswith(closed.path)
    still_needed(told == [], "wagtail/collection_moves")


@pytest.mark.usefixtures("_no_documents")
def test_canary_copied_texts(swedish_site: ExampleSite) -> None:
    page = swedish_site.pages[ContentPage]
    action = actions.CopyPageAction(page, update_attrs={"slug": "kopia"})
    copy = original(copied_texts.COPY)(action, page, update_attrs={"slug": "kopia"})
    named = [page.pk, str(page.translation_key), page.translation_key]
    entry = PageLogEntry.objects.filter(page=copy.pk, action="wagtail.copy").get()
    told = str(entry.data).replace(str(entry.data["page"]), "")
    still_needed(not any(f" {name}," in told for name in named), "wagtail/copied_texts")


def test_canary_copied_slugs(swedish_site: ExampleSite) -> None:
    Page.objects.filter(pk=swedish_site.pages[ContentPage].pk).update(slug="öppna-möten")
    page = ContentPage.objects.get(slug="öppna-möten")
    parent = swedish_site.pages[CulturePage]
    action = actions.CopyPageAction(page, to=parent)
    # The way of a page below the one that is copied.
    place = (Page._get_path(parent.path, parent.depth + 1, 50), parent.depth + 1)
    copy = original(copied_slugs.COPY)(action, page, to=parent, _mpnode_attrs=place)
    still_needed(not copy.slug.isascii(), "wagtail/copied_slugs")


def test_canary_draft_references(swedish_site: ExampleSite) -> None:
    handler = original("wagtail.signal_handlers:update_reference_index_on_save")
    page = swedish_site.pages[ContentPage]
    with CaptureQueriesContext(connection) as queries:
        handler(sender=ContentPage, instance=page, update_fields=["latest_revision"])
    touched = any("wagtailcore_referenceindex" in query["sql"] for query in queries)
    still_needed(touched, "wagtail/draft_references")


class Cache(BaseBackend):
    """Notes what it is asked to purge."""

    purged: ClassVar[list[str]] = []

    def purge(self, url: str) -> None:
        self.purged.append(url)


def test_canary_cache_purging(settings: Settings, db: None) -> None:
    settings.WAGTAILFRONTENDCACHE = {"cache": {"BACKEND": f"{__name__}.Cache"}}
    address = "https://cms.example.org/sv/"
    task = original("wagtail.contrib.frontend_cache.tasks:purge_urls_from_cache_task")
    Cache.purged.clear()
    cache_purging.in_background(task).enqueue([address])
    assert Cache.purged == []
    task.enqueue([address])
    still_needed(address in Cache.purged, "wagtail/cache_purging")


def test_canary_snippet_publishing(scene: Scene) -> None:
    fact = scene.facts["fi"]
    action = actions.PublishRevisionAction(fact.save_revision(), user=scene.user)
    policy = action.permission_policy
    assert not policy.user_has_permission_for_instance(scene.user, "publish", fact)
    try:
        original("wagtail.actions.publish_revision:PublishRevisionAction.check")(action)
    except action.permission_error_class:
        still_needed(False, "wagtail/snippet_publishing")


def test_canary_kept_deletions(swedish_site: ExampleSite) -> None:
    """Nothing tells of a deletion before it begins, but in views of the admin."""
    told: list[str] = []
    names = ("before_delete_page", "before_bulk_action")
    told_of = [(name, lambda *args, name=name: told.append(name)) for name in names]
    page = Page.objects.get(pk=swedish_site.pages[ContentPage].pk)
    with hooks.register_temporarily(told_of):
        actions.DeletePageAction(page).execute()
    assert DeletedPage.objects.filter(page_id=page.pk).exists()
    still_needed(not told, "wagtail/kept_deletions")
    other = Page.objects.get(pk=swedish_site.pages[StrategyPage].pk)
    delete = original("wagtail.actions.delete_page:DeletePageAction._delete_page")
    delete(actions.DeletePageAction(other), other)
    assert not DeletedPage.objects.filter(page_id=other.pk).exists()
