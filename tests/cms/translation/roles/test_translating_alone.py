"""A translator translates and publishes in one language, and does nothing else to its pages."""

import re
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import (
    GroupPagePermission,
    Page,
    PageLogEntry,
    PagePermissionTester,
    PageViewRestriction,
)
from wagtail.snippets.action_menu import SnippetActionMenu

from cms.delivery.tracking.transaction import tracked_transaction
from cms.translation.roles.page_permissions import TranslatorPagePermissionTester
from home.models import ContentPage
from strategy.models import Municipality
from tests.cms.translation.roles.test_roles import (
    FACT_ACTIONS,
    PAGE_ACTIONS,
    fact_url,
    refused,
)
from tests.cms.translation.scene import Scene
from tests.factories.site import ExampleSite

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

TRANSLATING = {"edit", "look", "publish translation", "revert", "bulk publish"}


@pytest.fixture(scope="module")
def module_scene(module_swedish_site: ExampleSite) -> Scene:
    with tracked_transaction():
        return Scene(module_swedish_site)


@pytest.fixture
def scene(module_scene: Scene, swedish_site: ExampleSite) -> Scene:
    """The scene of the module; what a test changes in the database is undone after it."""
    return module_scene


def state() -> tuple[Any, ...]:
    columns = ("pk", "path", "live", "locked", "alias_of")
    return (
        list(Page.objects.order_by("pk").values_list(*columns)),
        list(PageViewRestriction.objects.values_list("pk")),
        list(Municipality.objects.order_by("pk").values_list("pk", "live")),
    )


def unpublish(scene: Scene) -> Any:
    return scene.client.post(
        reverse("wagtailadmin_pages:unpublish", args=[scene.pages["smj"].pk]),
        {"include_descendants": "on"},
    )


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", sorted(PAGE_ACTIONS.keys() - TRANSLATING))
def test_a_page_of_ones_own_language_is_translated_and_nothing_else(
    name: str, method: str, scene: Scene
) -> None:
    _method, address, data = PAGE_ACTIONS[name](scene, "smj")
    before = state()
    response = getattr(scene.client, method)(address, data)
    assert state() == before
    is_shown_why = name.startswith("bulk")  # The page is listed as one that may not be.
    assert refused(response) or is_shown_why or response.status_code == 405


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", ["delete", "unpublish", "copy", "add", "bulk delete"])
def test_a_fact_of_ones_own_language_is_translated_and_nothing_else(
    name: str, method: str, scene: Scene
) -> None:
    _method, address, data = FACT_ACTIONS[name](scene, "smj")
    before = state()
    response = getattr(scene.client, method)(address, data)
    assert state() == before
    assert refused(response) or name.startswith("bulk")


def test_an_alias_becomes_no_page_of_its_own(scene: Scene) -> None:
    page = scene.pages["smj"]
    Page.objects.filter(pk=page.pk).update(alias_of=scene.pages["sv"].pk)
    address = reverse("wagtailadmin_pages:convert_alias", args=[page.pk])
    assert refused(scene.client.get(address))
    assert refused(scene.client.post(address))
    assert Page.objects.get(pk=page.pk).alias_of_id is not None


def test_a_translator_sees_no_button_for_what_is_refused(scene: Scene) -> None:
    page = scene.pages["smj"]
    for address in (
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        reverse("wagtailadmin_explore", args=[scene.homes["smj"].pk]),
        reverse("wagtailadmin_explore", args=[page.pk]),
        reverse("wagtailadmin_pages:history", args=[page.pk]),
    ):
        shown = scene.client.get(address, follow=True).content.decode()
        links = set(re.findall(r'(?:href|action|data-[\w-]+)="([^"{]+)"', shown))
        assert any("/history/" in link for link in links), address
        for action in ("delete", "unpublish", "move", "copy", "convert_to_alias"):
            assert not [link for link in links if f"/{action}/" in link], address
        assert 'data-a11y-dialog-show="set-privacy"' not in shown
        assert '"canDelete": true' not in unescape(shown)
        assert '"canUnpublish": true' not in unescape(shown)


def test_the_ordinary_editor_offers_no_conversion(scene: Scene) -> None:
    scene.translation(scene.pages["smj"]).delete()
    address = reverse("wagtailadmin_pages:edit", args=[scene.pages["smj"].pk])
    shown = scene.client.get(address).content.decode()
    assert "action-publish" in shown
    assert "localize-convert-to-alias" not in shown


@pytest.mark.parametrize("is_alone", [True, False])
def test_what_nobody_else_has_published_can_be_taken_down(is_alone: bool, scene: Scene) -> None:
    page = scene.pages["smj"]
    PageLogEntry.objects.filter(page=page.pk).delete()
    ContentPage.objects.get(pk=page.pk).save_revision().publish(user=scene.user)
    if not is_alone:
        ContentPage.objects.get(pk=page.pk).save_revision().publish(
            user=User.objects.create_superuser("chef")
        )
    assert refused(unpublish(scene)) is not is_alone
    assert Page.objects.get(pk=page.pk).live is not is_alone


def test_a_page_whose_source_is_gone_is_for_its_translators_to_decide(scene: Scene) -> None:
    assert refused(unpublish(scene))
    Page.objects.filter(pk=scene.pages["sv"].pk).update(live=False)
    assert unpublish(scene).status_code == 302
    assert not Page.objects.get(pk=scene.pages["smj"].pk).live


def test_a_fact_whose_source_is_gone_is_for_its_translators_to_decide(scene: Scene) -> None:
    fact = scene.facts["smj"]
    address = fact_url("unpublish", fact)
    assert refused(scene.client.post(address))
    Municipality.objects.filter(pk=scene.facts["sv"].pk).update(live=False)
    assert scene.client.post(address).status_code == 302
    assert not Municipality.objects.get(pk=fact.pk).live


def test_the_menu_of_a_fact_says_the_same(scene: Scene, rf: Any) -> None:
    def names(user: User) -> set[str]:
        request = rf.get("/admin/")
        request.user = User.objects.get(pk=user.pk)
        menu = SnippetActionMenu(request, view="edit", instance=scene.facts["smj"])
        return {item.name for item in [menu.default_item, *menu.menu_items]}

    assert "action-unpublish" not in names(scene.user)
    assert "action-publish" in names(scene.user)
    assert "action-unpublish" in names(User.objects.create_superuser("chef"))


def test_an_editor_of_the_language_who_translates_too_may_both(scene: Scene) -> None:
    group = Group.objects.create(name="Lulesamiska redaktörer")
    for codename in ("add_page", "change_page", "publish_page"):
        GroupPagePermission.objects.create(
            group=group,
            page=scene.homes["smj"],
            permission=Permission.objects.get(codename=codename),
        )
    both = User.objects.get(pk=scene.user.pk)
    both.groups.add(group)
    client = Client()
    client.force_login(both)
    page = scene.pages["smj"]
    assert client.get(reverse("wagtailadmin_pages:copy", args=[page.pk])).status_code == 200
    client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    assert not Page.objects.get(pk=page.pk).live
    client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert not Page.objects.filter(pk=page.pk).exists()


def test_permissions_of_many_pages_cost_two_queries_more(scene: Scene) -> None:
    pages = list(Page.objects.filter(locale=scene.homes["smj"].locale, depth__gt=1)) * 10

    def queries(tester: type[PagePermissionTester]) -> int:
        user = User.objects.get(pk=scene.user.pk)
        with CaptureQueriesContext(connection) as asked:
            for page in pages:
                tester(user, page).can_unpublish()
        return len(asked)

    queries(PagePermissionTester)  # Django keeps content types.
    wagtails = queries(PagePermissionTester)
    # For the groups of the user, and for the pages that may be taken down.
    assert queries(TranslatorPagePermissionTester) == wagtails + 2


def lists_of(client: Client, scene: Scene, code: str) -> tuple[str, str]:
    """The pages and the facts that the lists show."""
    pages = reverse("wagtailadmin_explore", args=[scene.homes[code].pk])
    facts = reverse(Municipality.snippet_viewset.get_url_name("list"))
    return client.get(pages).content.decode(), client.get(facts).content.decode()


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def bulk_actions(shown: str) -> set[str]:
    return set(re.findall(r"/bulk/\w+/\w+/(\w+)/", shown))


BOX = "data-bulk-action-checkbox"


def test_bulk_actions_that_are_refused_are_not_offered(scene: Scene) -> None:
    pages, facts = lists_of(scene.client, scene, "smj")
    assert bulk_actions(pages) == {"publish"}
    assert BOX in pages
    # Where nothing can be done there is nothing to tick.
    assert bulk_actions(facts) == set()
    assert BOX not in facts
    chief = client_of(User.objects.create_superuser("chef"))
    pages, facts = lists_of(chief, scene, "smj")
    assert bulk_actions(pages) == {"publish", "unpublish", "move", "delete"}
    assert bulk_actions(facts) == {"delete"}
    assert BOX in facts


def test_who_may_not_publish_is_offered_neither_publishing_nor_another_order(scene: Scene) -> None:
    group = Group.objects.create(name="Redaktörer")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in ("add_page", "change_page"):
        permission = Permission.objects.get(codename=codename)
        GroupPagePermission.objects.create(
            group=group, page=scene.homes["sv"], permission=permission
        )
    editor: User = User.objects.create_user("redaktör")
    editor.groups.add(group)
    pages, _facts = lists_of(client_of(editor), scene, "sv")
    assert bulk_actions(pages) == {"delete", "move"}
    assert HANDLE not in pages


HANDLE = 'data-w-orderable-target="handle"'


def test_pages_are_dragged_by_who_may_reorder_them(scene: Scene) -> None:
    def titles(shown: str) -> list[str]:
        return re.findall(r'id="page_(\d+)_title"', shown)

    chief = client_of(User.objects.create_superuser("chef"))
    own, chiefs = (lists_of(client, scene, "smj")[0] for client in (scene.client, chief))
    assert HANDLE in lists_of(chief, scene, "sv")[0]
    # What is translated stands where its source stands.
    assert HANDLE not in chiefs
    assert HANDLE not in own
    assert titles(own) == titles(chiefs) != []


def test_the_editor_links_to_ones_own_languages(scene: Scene) -> None:
    for kind, things in (("page", scene.pages), ("fact", scene.facts)):
        address = (
            reverse("wagtailadmin_pages:edit", args=[things["smj"].pk])
            if kind == "page"
            else fact_url("edit", things["smj"])
        )
        shown = scene.client.get(address, follow=True).content.decode()
        assert 'class="translation-editor"' in shown
        chiefs = client_of(User.objects.get_or_create(username="chef", is_superuser=True)[0])
        everything = chiefs.get(address, follow=True).content.decode()
        for code in ("sv", "fi", "se"):
            other = address.replace(f"/{things['smj'].pk}/", f"/{things[code].pk}/")
            assert f'href="{other}"' in everything, (kind, code)
            assert f'href="{other}"' not in shown, (kind, code)
