"""Canaries: what the admin of Wagtail and wagtail-localize shows to who should not see it."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.test import RequestFactory
from django.utils import translation
from wagtail.admin.templatetags import wagtailadmin_tags
from wagtail.admin.views.generic.usage import UsageView
from wagtail.admin.views.pages.bulk_actions import DeleteBulkAction
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.models import Page, ReferenceIndex
from wagtail_localize.views.snippets_api import SnippetViewSet

from strategy.models import Municipality
from tests.cms.translation.scene import Scene
from tests.cms.upstream.originals import original, still_needed

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

CHOOSER = "wagtail.admin.views.chooser"


@pytest.fixture
def hidden(scene: Scene) -> Page:
    """A Finnish draft with a live page below it; whoever asks translates into Lule Sámi."""
    page = scene.pages["fi"]
    Page.objects.filter(pk=page.pk).update(live=False, title="Salaisuus", draft_title="Salaisuus")
    return Page.objects.get(pk=page.pk)


def asked(scene: Scene, address: str) -> Any:
    request = RequestFactory().get(address)
    request.user = scene.user
    return request


def test_canary_bulk_actions(scene: Scene, hidden: Page) -> None:
    action = DeleteBulkAction(asked(scene, f"/?id={hidden.pk}"), Page)
    _objects, refused = action.get_actionable_objects()
    assert refused["items_with_no_access"] == []
    target = "wagtail.admin.views.bulk_action.base_bulk_action:BulkAction.get_actionable_objects"
    _objects, refused = original(target)(action)
    still_needed(bool(refused["items_with_no_access"]), "wagtail/bulk_actions")


def test_canary_refused_offers(scene: Scene) -> None:
    def labels(choices: Any) -> set[str]:
        buttons = choices({"request": asked(scene, "/")}, "wagtailcore", "page")["buttons"]
        return {str(button.url).split("/")[-2] for button in buttons}

    assert labels(wagtailadmin_tags.bulk_action_choices) == {"publish"}
    target = "wagtail.admin.templatetags.wagtailadmin_tags:bulk_action_choices"
    still_needed("delete" in labels(original(target)), "wagtail/refused_offers")


def test_canary_refused_offers_of_another_order(scene: Scene) -> None:
    view = ExplorableIndexView()
    view.ordering = "ord"
    view.permissions = scene.homes["smj"].permissions_for_user(scene.user)
    assert not view.show_ordering_column
    target = "wagtail.admin.views.pages.listing:ExplorableIndexView.show_ordering_column"
    still_needed(original(target).func(view), "wagtail/refused_offers")


def test_canary_paged_order(scene: Scene) -> None:
    view = ExplorableIndexView()
    view.ordering = "ord"
    view.permissions = scene.homes["sv"].permissions_for_user(User(is_superuser=True))
    pages = Page.objects.all()
    assert view.get_paginate_by(pages) == view.paginate_by
    target = "wagtail.admin.views.pages.listing:ExplorableIndexView.get_paginate_by"
    still_needed(original(target)(view, pages) is None, "wagtail/paged_order")


def said_by(view: Any, scene: Scene, address: str, **kwargs: Any) -> str:
    response = view.as_view()(asked(scene, address), **kwargs)
    return str(getattr(response, "rendered_content", "") or response.content.decode())


def current(name: str) -> Any:
    from wagtail.admin.views import chooser

    return getattr(chooser, name)


def test_canary_page_chooser(scene: Scene, hidden: Page) -> None:
    place = {"parent_page_id": hidden.pk}
    assert hidden.title not in said_by(current("BrowseView"), scene, "/", **place)
    shown = said_by(original(f"{CHOOSER}:BrowseView"), scene, "/", **place)
    still_needed(hidden.title in shown, "wagtail/page_chooser")


def test_canary_page_chooser_names_what_is_above(scene: Scene, hidden: Page) -> None:
    below = Page(title="Avoin", slug="avoin", locale=hidden.locale)
    hidden.add_child(instance=below)
    below.save_revision().publish()
    assert hidden.title not in said_by(current("SearchView"), scene, "/?q=Avoin")
    shown = said_by(original(f"{CHOOSER}:SearchView"), scene, "/?q=Avoin")
    still_needed(hidden.title in shown, "wagtail/page_chooser")


def test_canary_page_chooser_names_drafts(scene: Scene) -> None:
    page = scene.pages["fi"]
    Page.objects.filter(pk=page.pk).update(draft_title="Salaisuus")
    address = f"/?id={page.pk}"
    assert "Salaisuus" not in said_by(current("ChosenMultipleView"), scene, address)
    shown = said_by(original(f"{CHOOSER}:ChosenMultipleView"), scene, address)
    still_needed("Salaisuus" in shown, "wagtail/page_chooser")


def test_canary_snippets_api(scene: Scene) -> None:
    fact = scene.facts["fi"]
    Municipality.objects.filter(pk=fact.pk).update(live=False)
    view = SnippetViewSet(
        request=asked(scene, "/"), kwargs={"app_label": "strategy", "model_name": "municipality"}
    )
    assert not view.get_queryset().filter(pk=fact.pk).exists()
    every = original("wagtail_localize.views.snippets_api:SnippetViewSet.get_queryset")(view)
    still_needed(every.filter(pk=fact.pk).exists(), "wagtail_localize/snippets_api")


def test_canary_usage_names(scene: Scene) -> None:
    page, live = scene.pages["fi"], scene.pages["sv"]
    Page.objects.filter(pk=page.pk).update(live=False, title="Salaisuus", draft_title="Salaisuus")

    def labels(get_table: Any) -> list[str]:
        view = UsageView()
        view.request = asked(scene, "/")
        view.object = live
        references = [ReferenceIndex(content_type=ContentType.objects.get_for_model(live))]
        found = [(Page.objects.get(pk=pk), references) for pk in (page.pk, live.pk)]
        return [row["label"] for row in get_table(view, found).data]

    with translation.override("en"):
        named = labels(UsageView.get_table)
    assert named == ["A page that you may not see", live.get_admin_display_title()]
    target = "wagtail.admin.views.generic.usage:UsageView.get_table"
    is_unnamed = live.get_admin_display_title() not in labels(original(target))
    still_needed(is_unnamed, "wagtail_admin/usage_names")
