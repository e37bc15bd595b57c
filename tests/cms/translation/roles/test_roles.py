"""A translator of Lule Sámi can do nothing in another language in the admin."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, Locale, Revision
from wagtail_localize.models import StringTranslation, TranslationSource

from cms.delivery.tracking.transaction import tracked_transaction
from cms.translation.models import TranslatorGroup
from cms.translation.roles.groups import ensure_translator_group, group_name
from cms.translation.roles.permissions import (
    locales_with_permission,
    may_translate,
    translator_locales,
)
from home.models import ContentPage
from strategy.models import Municipality
from tests.cms.translation.scene import OTHERS, Scene
from tests.factories.site import ExampleSite
from tests.factories.translations import translate

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]


@pytest.fixture(scope="module")
def module_scene(module_swedish_site: ExampleSite) -> Scene:
    with tracked_transaction():
        return Scene(module_swedish_site)


@pytest.fixture
def scene(module_scene: Scene, swedish_site: ExampleSite) -> Scene:
    """The scene of the module; what a test changes in the database is undone after it."""
    return module_scene


def fact_url(name: str, fact: Any) -> str:
    return reverse(fact.snippet_viewset.get_url_name(name), args=[fact.pk])


def localize(name: str, *arguments: Any) -> str:
    return reverse(f"wagtail_localize:{name}", args=arguments)


def bulk(action: str, thing: Any, kind: str) -> str:
    app, model = ("wagtailcore", "page") if kind == "page" else ("strategy", "municipality")
    return reverse("wagtail_bulk_action", args=[app, model, action]) + f"?id={thing.pk}"


def revision(thing: Any) -> Revision:
    found: Revision = thing.latest_revision or thing.save_revision()
    return found


Action = Callable[[Scene, str], tuple[str, str, dict[str, Any]]]
"""Method, address and data of a request that does something to a thing in a language."""

PAGE_ACTIONS: dict[str, Action] = {
    "edit": lambda s, c: (
        "post",
        reverse("wagtailadmin_pages:edit", args=[s.pages[c].pk]),
        {"title": "x", "slug": "x", "action-publish": "1"},
    ),
    "look": lambda s, c: ("get", reverse("wagtailadmin_pages:edit", args=[s.pages[c].pk]), {}),
    "publish translation": lambda s, c: (
        "post",
        reverse("wagtailadmin_pages:edit", args=[s.pages[c].pk]),
        {"action": "publish"},
    ),
    "unpublish": lambda s, c: (
        "post",
        reverse("wagtailadmin_pages:unpublish", args=[s.pages[c].pk]),
        {},
    ),
    "delete": lambda s, c: (
        "post",
        reverse("wagtailadmin_pages:delete", args=[s.pages[c].pk]),
        {},
    ),
    "move": lambda s, c: (
        "post",
        reverse("wagtailadmin_pages:move_confirm", args=[s.pages[c].pk, s.homes["smj"].pk]),
        {},
    ),
    "copy": lambda s, c: (
        "post",
        reverse("wagtailadmin_pages:copy", args=[s.pages[c].pk]),
        {"new_title": "x", "new_slug": "x", "new_parent_page": s.homes[c].pk},
    ),
    "add": lambda s, c: (
        "post",
        reverse("wagtailadmin_pages:add", args=["home", "contentpage", s.homes[c].pk]),
        {"title": "x", "slug": "x"},
    ),
    "lock": lambda s, c: ("post", reverse("wagtailadmin_pages:lock", args=[s.pages[c].pk]), {}),
    "privacy": lambda s, c: (
        "post",
        reverse("wagtailadmin_pages:set_privacy", args=[s.pages[c].pk]),
        {"restriction_type": "login"},
    ),
    "order": lambda s, c: (
        "post",
        reverse("wagtailadmin_pages:set_page_position", args=[s.pages[c].pk]) + "?position=0",
        {},
    ),
    "revert": lambda s, c: (
        "get",
        reverse(
            "wagtailadmin_pages:revisions_revert", args=[s.pages[c].pk, revision(s.pages[c]).pk]
        ),
        {},
    ),
    "bulk delete": lambda s, c: ("post", bulk("delete", s.pages[c], "page"), {}),
    "bulk publish": lambda s, c: ("post", bulk("publish", s.pages[c], "page"), {}),
    "bulk unpublish": lambda s, c: ("post", bulk("unpublish", s.pages[c], "page"), {}),
    "bulk move": lambda s, c: (
        "post",
        bulk("move", s.pages[c], "page"),
        {"chooser": s.homes["smj"].pk},
    ),
    "convert to alias": lambda s, c: (
        "post",
        localize("convert_to_alias", s.pages[c].pk),
        {},
    ),
}

FACT_ACTIONS: dict[str, Action] = {
    "edit": lambda s, c: ("post", fact_url("edit", s.facts[c]), {"name": "x", "code": "0000"}),
    "publish translation": lambda s, c: (
        "post",
        fact_url("edit", s.facts[c]),
        {"action": "publish"},
    ),
    "delete": lambda s, c: ("post", fact_url("delete", s.facts[c]), {}),
    "unpublish": lambda s, c: ("post", fact_url("unpublish", s.facts[c]), {}),
    "copy": lambda s, c: ("get", fact_url("copy", s.facts[c]), {}),
    "revert": lambda s, c: (
        "post",
        reverse(
            s.facts[c].snippet_viewset.get_url_name("revisions_revert"),
            args=[s.facts[c].pk, revision(s.facts[c]).pk],
        ),
        {"name": "x", "code": "0000"},
    ),
    "add": lambda s, c: (
        "post",
        reverse(Municipality.snippet_viewset.get_url_name("add")) + f"?locale={c}",
        {"name": "x", "code": "0000", "action-publish": "1"},
    ),
    "bulk delete": lambda s, c: ("post", bulk("delete", s.facts[c], "snippet"), {}),
}


def refused(response: Any) -> bool:
    """Forbidden, or sent away to the start page with a message, as Wagtail does."""
    return response.status_code in (403, 404) or (
        response.status_code == 302 and response.url in ("/admin/", "/admin/login/")
    )


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("name", PAGE_ACTIONS)
def test_a_page_in_another_language_is_out_of_reach(name: str, code: str, scene: Scene) -> None:
    method, address, data = PAGE_ACTIONS[name](scene, code)
    before = scene.state()
    response = getattr(scene.client, method)(address, data)
    assert scene.state() == before
    if name != "bulk move":  # It shows which pages may not be moved.
        assert refused(response) or name.startswith("bulk"), response.status_code


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("name", FACT_ACTIONS)
def test_a_snippet_in_another_language_is_out_of_reach(name: str, code: str, scene: Scene) -> None:
    method, address, data = FACT_ACTIONS[name](scene, code)
    before = scene.state()
    response = getattr(scene.client, method)(address, data)
    assert scene.state() == before
    assert refused(response) or name.startswith("bulk"), response.status_code


@pytest.mark.parametrize("code", ["fi", "se"])
@pytest.mark.parametrize("kind", ["pages", "facts"])
def test_the_translation_editor_of_another_language_is_closed(
    kind: str, code: str, scene: Scene
) -> None:
    thing = getattr(scene, kind)[code]
    translation = scene.translation(thing)
    segment = translation.source.stringsegment_set.first()
    before = scene.state()
    requests = [
        ("put", localize("edit_string_translation", translation.pk, segment.pk), "value=x"),
        ("delete", localize("edit_string_translation", translation.pk, segment.pk), ""),
        ("get", reverse("cms_translation:editor", args=[translation.pk]), ""),
        ("post", reverse("cms_translation:editor_publish", args=[translation.pk]), ""),
        ("get", localize("download_pofile", translation.pk), ""),
        ("post", localize("upload_pofile", translation.pk), ""),
        ("post", localize("machine_translate", translation.pk), ""),
        ("get", localize("preview_translation", translation.pk), ""),
        ("post", localize("stop_translation", translation.pk), ""),
        ("get", reverse("cms_exchange:page", args=[translation.pk]) + "?format=po", ""),
        ("post", reverse("cms_exchange:page", args=[translation.pk]), ""),
        ("post", reverse("cms_translation:begin", args=[translation.source_id, code]), ""),
    ]
    for method, address, body in requests:
        kwargs = {"content_type": "application/x-www-form-urlencoded"} if body else {}
        response = getattr(scene.client, method)(address, body or None, **kwargs)
        assert refused(response), (method, address, response.status_code)
    assert scene.state() == before


def test_nobody_publishes_all_languages_at_once(scene: Scene) -> None:
    admin = Client()
    admin.force_login(User.objects.create_superuser("chef", password="x"))
    source = TranslationSource.objects.get(object_id=scene.pages["sv"].translation_key)
    before = scene.state()
    response = admin.post(
        localize("update_translations", source.pk), {"publish_translations": "on"}
    )
    assert response.status_code == 302
    assert scene.state() == before


def test_submitting_offers_ones_own_language(scene: Scene) -> None:
    scene.user.user_permissions.add(*permissions("submit_translation"))
    page = ContentPage(title="Ny", slug="ny")
    scene.pages["sv"].add_child(instance=page)
    page.save_revision().publish()
    address = localize("submit_page_translation", page.pk)
    finnish = Locale.objects.get(language_code="fi")
    lule = Locale.objects.get(language_code="smj")
    scene.client.post(address, {"locales": [finnish.pk]})
    assert not page.get_translations().exists()
    response = scene.client.post(address, {"locales": [lule.pk]})
    assert response.status_code == 302
    [begun] = page.get_translations()
    assert (begun.locale_id, begun.live, begun.alias_of_id) == (lule.pk, False, None)


def permissions(codename: str) -> Any:
    from django.contrib.auth.models import Permission

    return Permission.objects.filter(codename=codename)


def test_ones_own_language_is_open(scene: Scene) -> None:
    page, fact = scene.pages["smj"], scene.facts["smj"]
    for edit in (reverse("wagtailadmin_pages:edit", args=[page.pk]), fact_url("edit", fact)):
        assert scene.client.get(edit, follow=True).status_code == 200
    allowed = page.permissions_for_user(scene.user)
    assert allowed.can_edit()
    assert allowed.can_publish()
    assert not allowed.can_add_subpage()
    listed = scene.client.get(reverse(Municipality.snippet_viewset.get_url_name("list")))
    assert fact.name in listed.content.decode()
    assert scene.facts["fi"].name not in listed.content.decode()
    segment = scene.translation(page).source.stringsegment_set.get(context__path="title")
    response = scene.client.put(
        localize("edit_string_translation", scene.translation(page).pk, segment.pk),
        "value=Riddo",
        content_type="application/x-www-form-urlencoded",
    )
    assert response.status_code == 200
    others = scene.state()
    scene.client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"action": "publish"})
    assert StringTranslation.objects.filter(data="Riddo").exists()
    assert scene.state() == others


def test_a_user_works_where_the_groups_do(scene: Scene) -> None:
    lule, finnish = (Locale.objects.get(language_code=code) for code in ("smj", "fi"))
    change = "strategy.change_municipality"
    assert translator_locales(scene.user) == [lule]
    assert locales_with_permission(scene.user, change) == {lule.pk}
    both = User.objects.get(pk=scene.user.pk)
    both.groups.add(Group.objects.get(name="Translators (fi)"))
    assert set(translator_locales(both)) == {lule, finnish}
    assert locales_with_permission(both, change) == {lule.pk, finnish.pk}
    nobody = User.objects.create_user("ingen")
    assert translator_locales(nobody) == []
    assert locales_with_permission(nobody, change) == set()
    assert not may_translate(nobody, lule)
    admin = User.objects.create_superuser("chef")
    assert locales_with_permission(admin, change) is None
    assert len(translator_locales(admin)) == Locale.objects.count() - 1
    admin.is_active = False
    assert translator_locales(admin) == []


def test_an_editor_writes_swedish(scene: Scene) -> None:
    group = Group.objects.create(name="Skribenter")
    group.permissions.add(*permissions("change_municipality"), *permissions("access_admin"))
    for permission in permissions("change_page"):
        GroupPagePermission.objects.create(
            group=group, page=scene.homes["sv"], permission=permission
        )
    editor = User.objects.create_user("skribent", password="x")
    editor.groups.add(group)
    client = Client()
    client.force_login(editor)
    assert client.get(fact_url("edit", scene.facts["sv"])).status_code == 200
    assert refused(client.get(fact_url("edit", scene.facts["smj"])))
    assert refused(client.get(reverse("wagtailadmin_pages:edit", args=[scene.pages["smj"].pk])))


def test_a_new_language_has_its_translators_at_once() -> None:
    Locale.objects.filter(language_code="rom").delete()
    Group.objects.filter(name=group_name("rom")).delete()
    locale = Locale.objects.create(language_code="rom")
    group = TranslatorGroup.objects.get(locale=locale).group
    assert group.name == "Translators (rom)"
    assert group.permissions.filter(codename="publish_municipality").exists()
    assert not GroupPagePermission.objects.filter(group=group).exists()
    assert ensure_translator_group(locale) == TranslatorGroup.objects.get(locale=locale)
    assert ensure_translator_group(Locale.objects.get(language_code="sv")) is None


def test_a_language_that_is_gone_leaves_nobody_with_every_language() -> None:
    locale = Locale.objects.get(language_code="rom")
    user = User.objects.create_user("rom")
    user.groups.add(Group.objects.get(name="Translators (rom)"))
    change = "strategy.change_municipality"
    assert locales_with_permission(user, change) == {locale.pk}
    locale.delete()
    user = User.objects.get(pk=user.pk)
    assert locales_with_permission(user, change) == set()
    assert not user.has_perm(change)
    Locale.objects.create(language_code="rom")
    assert User.objects.get(pk=user.pk).has_perm(change)


def test_the_group_gets_the_tree_when_there_is_one(swedish_site: ExampleSite) -> None:
    home = translate(swedish_site.home, "rom")
    group = Group.objects.get(name="Translators (rom)")
    granted = GroupPagePermission.objects.filter(group=group).values_list(
        "page", "permission__codename"
    )
    assert set(granted) == {(home.pk, "change_page"), (home.pk, "publish_page")}
