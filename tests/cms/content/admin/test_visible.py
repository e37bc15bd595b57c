"""Nobody is shown in the admin what is neither published nor theirs to work on.

The kinds of leaks that there were, each with the address at which it was; ``tests/cms/roles`` asks
every address.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Collection, Page, PageViewRestriction

from cms.delivery.tracking.transaction import tracked_transaction
from cms.demo.access import apply_group
from cms.demo.groups import editor_groups
from cms.demo.site import HOME_KEY
from home.models import ContentPage
from strategy.models import Municipality
from tests.cms.translation.scene import Scene
from tests.factories.media import ImageFactory
from tests.factories.site import ExampleSite

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

SECRET = "Hemligheten"


@pytest.fixture(scope="module")
def module_scene(module_swedish_site: ExampleSite) -> Scene:
    with tracked_transaction():
        return Scene(module_swedish_site)


@pytest.fixture
def scene(module_scene: Scene, swedish_site: ExampleSite) -> Scene:
    """The scene of the module; what a test changes in the database is undone after it."""
    return module_scene


def draft(page: Any) -> None:
    Page.objects.filter(pk=page.pk).update(live=False, title=SECRET, draft_title=SECRET)


def changed(page: Any) -> None:
    Page.objects.filter(pk=page.pk).update(draft_title=SECRET)


def closed(page: Any) -> None:
    Page.objects.filter(pk=page.pk).update(title=SECRET, draft_title=SECRET)
    PageViewRestriction.objects.create(page=page, restriction_type="groups")


HIDINGS: tuple[Callable[[Any], None], ...] = (draft, changed, closed)


def page_addresses(page: Page, home: Page) -> list[str]:
    by_number = (
        "wagtailadmin_pages:usage",
        "wagtailadmin_pages:delete",
        "wagtailadmin_pages:copy",
        "wagtailadmin_pages:move",
        "wagtailadmin_pages:history",
        "wagtailadmin_choose_page_child",
        "wagtail_localize:submit_page_translation",
    )
    return [
        *(reverse(name, args=[page.pk]) for name in by_number),
        reverse("wagtailadmin_pages:move_confirm", args=[page.pk, home.pk]),
        reverse("wagtailadmin_choose_page_child", args=[page.get_parent().pk]),
        reverse("wagtailadmin_choose_page_search") + "?q=Hemlig",
        reverse("wagtailadmin_choose_page_chosen_multiple") + f"?id={page.pk}",
        *(
            reverse("wagtail_bulk_action", args=["wagtailcore", "page", action]) + f"?id={number}"
            for action in ("move", "delete", "publish", "unpublish")
            for number in (page.pk, "all")
        ),
        reverse("wagtailadmin_api:pages:detail", args=[page.pk]),
    ]


@pytest.mark.parametrize("code", ["sv", "fi"])
@pytest.mark.parametrize("hide", HIDINGS)
def test_a_page_of_another_language_is_named_nowhere(
    hide: Callable[[Any], None], code: str, scene: Scene
) -> None:
    hide(scene.pages[code])
    for address in page_addresses(scene.pages[code], scene.homes["smj"]):
        assert SECRET not in scene.client.get(address).content.decode(), address


def test_a_form_names_no_page_of_another_language(scene: Scene) -> None:
    draft(scene.pages["fi"])
    own, hidden = scene.pages["smj"].pk, scene.pages["fi"].pk
    move = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"]) + f"?id={own}"
    response = scene.client.post(move, {"chooser": hidden})
    assert response.status_code == 302
    assert SECRET not in response.content.decode()


def test_an_editor_is_told_the_title_of_a_page_that_anybody_sees(scene: Scene) -> None:
    client = Client()
    client.force_login(scene.user)
    page = scene.pages["sv"]
    Page.objects.filter(pk=page.pk).update(draft_title=SECRET)
    said = client.get(reverse("wagtailadmin_api:pages:detail", args=[page.pk])).json()
    assert said["title"] == said["admin_display_title"] == page.title
    draft(scene.pages["fi"])
    hidden = reverse("wagtailadmin_api:pages:detail", args=[scene.pages["fi"].pk])
    assert client.get(hidden, follow=True).status_code == 404
    # What a page asks for behind itself is no message on the next one.
    assert "messages" not in client.cookies


def test_what_anybody_sees_can_be_chosen(scene: Scene) -> None:
    for code in ("sv", "smj"):
        home, page = scene.homes[code], scene.pages[code]
        address = reverse("wagtailadmin_choose_page_child", args=[home.pk])
        assert page.title in scene.client.get(address).json()["html"]


def test_an_administrator_sees_drafts_in_the_chooser(scene: Scene) -> None:
    draft(scene.pages["fi"])
    client = Client()
    client.force_login(User.objects.create_superuser("chef"))
    address = reverse("wagtailadmin_choose_page_child", args=[scene.homes["fi"].pk])
    assert SECRET in client.get(address).json()["html"]


def fact_addresses(fact: Any) -> list[str]:
    choosers = "wagtailsnippetchoosers_strategy_municipality"
    return [
        reverse(f"{choosers}:choose"),
        reverse(f"{choosers}:choose_results") + "?q=Hemlig",
        reverse(f"{choosers}:chosen", args=[fact.pk]),
        reverse(f"{choosers}:chosen_multiple") + f"?id={fact.pk}",
        reverse("wagtail_localize:snippets_api_listing", args=["strategy", "municipality"]),
        reverse("wagtail_localize:snippets_api_detail", args=["strategy", "municipality", fact.pk]),
        reverse("stories:index"),
    ]


def test_a_fact_of_another_language_that_is_not_live_is_named_nowhere(scene: Scene) -> None:
    for code, is_seen in (("fi", False), ("smj", True)):
        fact = Municipality.objects.get(pk=scene.facts[code].pk)
        fact.live, fact.name = False, SECRET
        fact.save()
        for address in fact_addresses(fact):
            assert (SECRET in scene.client.get(address).content.decode()) is is_seen, address


def test_an_image_of_a_closed_collection_is_not_listed(scene: Scene) -> None:
    collection = Collection.get_first_root_node().add_child(name="Stängd")
    collection.view_restrictions.create(restriction_type="login")
    ImageFactory(title=SECRET, collection=collection)
    for query in ("", "?search=Hemlig"):
        address = reverse("wagtailadmin_api:images:listing") + query
        assert SECRET not in scene.client.get(address).content.decode()


@pytest.fixture
def closed_source(scene: Scene) -> ContentPage:
    """A page closed to a group, whose translation nobody has begun."""
    page = ContentPage(title=SECRET, slug="hemligheten")
    scene.homes["sv"].add_child(instance=page)
    page.save_revision().publish()
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="groups")
    restriction.groups.add(Group.objects.create(name="Nämnden"))
    return page


def desk(scene: Scene) -> list[str]:
    names = ("wagtailadmin_home", "cms_translation:work")
    return [scene.client.get(reverse(name)).content.decode() for name in names]


def test_a_closed_page_is_not_offered_to_who_may_not_read_it(
    closed_source: ContentPage, scene: Scene
) -> None:
    from wagtail_localize.models import TranslationSource

    source = TranslationSource.objects.get(object_id=closed_source.translation_key)
    begin = reverse("cms_translation:begin", args=[source.pk, "smj"])
    assert not any(SECRET in shown for shown in desk(scene))
    assert scene.client.post(begin).headers["Location"] == reverse("wagtailadmin_home")
    assert not closed_source.get_translations().exists()
    scene.user.groups.add(Group.objects.get(name="Nämnden"))
    assert any(SECRET in shown for shown in desk(scene))
    assert scene.client.post(begin).status_code == 302
    assert closed_source.get_translations().exists()
    scene.user.groups.remove(Group.objects.get(name="Nämnden"))
    # It is a page of the language now.
    assert any(SECRET in shown for shown in desk(scene))


def test_who_signs_in_may_read_what_asks_for_no_more(
    closed_source: ContentPage, scene: Scene
) -> None:
    closed_source.view_restrictions.update(restriction_type="login")
    assert any(SECRET in shown for shown in desk(scene))
    closed_source.view_restrictions.update(restriction_type="password", password="x")
    assert not any(SECRET in shown for shown in desk(scene))


def test_an_editor_sees_the_drafts_of_their_language(scene: Scene) -> None:
    Page.objects.filter(pk=scene.homes["sv"].pk).update(translation_key=HOME_KEY)
    editor = User.objects.create_user("redaktör")
    editor.groups.add(apply_group(editor_groups()[0]))
    client = Client()
    client.force_login(editor)
    for page in (scene.pages["sv"], scene.pages["fi"]):
        draft(page)
    for code, is_seen in (("sv", True), ("fi", False)):
        page = scene.pages[code]
        shown = client.get(reverse("wagtailadmin_pages:history", args=[page.pk]))
        assert (SECRET in shown.content.decode()) is is_seen
        chosen = client.get(reverse("wagtailadmin_choose_page_child", args=[scene.homes[code].pk]))
        assert (SECRET in chosen.content.decode()) is is_seen


def test_the_guard_asks_no_more_for_many_pages(scene: Scene) -> None:
    def queries(count: int) -> int:
        pages = Page.objects.filter(locale=scene.homes["smj"].locale, depth__gt=1)[:count]
        ids = "&".join(f"id={page.pk}" for page in pages)
        address = reverse("wagtailadmin_choose_page_chosen_multiple") + f"?{ids}"
        with CaptureQueriesContext(connection) as asked:
            scene.client.get(address)
        return sum("restriction" in query["sql"] for query in asked)

    assert queries(2) == queries(1)
