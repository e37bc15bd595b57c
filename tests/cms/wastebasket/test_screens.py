"""The screens of the wastebasket, as editors, translators and administrators meet them."""

import datetime as dt
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, ModelLogEntry, Page

from cms.wastebasket.models import DeletedPage, DeletedRows
from cms.wastebasket.periodic_tasks import remove_old
from home.models import ContentPage
from strategy import models as strategy
from tests.cms.wastebasket.deleting import add, delete
from tests.factories.site import ExampleSite
from tests.factories.translations import translate

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

LIST = "/admin/wastebasket/"


@pytest.fixture
def chief(swedish_site: ExampleSite) -> User:
    return User.objects.create_superuser("chef", first_name="Aili", last_name="Berg")


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def editor_below(page: Any, *permissions: str) -> User:
    """Somebody who may do some things at a page and below it."""
    group = Group.objects.create(name=f"Redaktion {page.pk}")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for name in permissions:
        GroupPagePermission.objects.create(
            group=group, page=page, permission=Permission.objects.get(codename=f"{name}_page")
        )
    user = User.objects.create_user(f"redaktion-{page.pk}")
    user.groups.add(group)
    return user


def one(deleted: DeletedPage) -> str:
    return reverse("cms_wastebasket:bring_back", args=[deleted.pk])


def text(client: Client, address: str) -> str:
    return client.get(address, follow=True).content.decode()


def test_deleted_and_brought_back(swedish_site: ExampleSite, chief: User) -> None:
    page, client = swedish_site.pages[ContentPage], client_of(chief)
    address = reverse("wagtailadmin_pages:delete", args=[page.pk])
    assert "30 dagar" in text(client, address)
    assert LIST in client.post(address, follow=True).content.decode()
    listed = text(client, LIST)
    assert page.title in listed
    assert "Aili Berg" in listed
    assert page.title in text(client, f"{LIST}?q=webbplats")
    assert page.title not in text(client, f"{LIST}?q=annat")
    deleted = DeletedPage.objects.get()
    assert client.post(one(deleted), {"state": "as_it_was"}, follow=True).status_code == 200
    assert Page.objects.get(pk=page.pk).live
    assert not DeletedPage.objects.exists()
    # Who presses the button a second time is told.
    assert "inte längre" in text(client, one(deleted))


def test_many_at_once(swedish_site: ExampleSite, chief: User) -> None:
    pages = [add(swedish_site.home, f"Sida {number}", f"sida-{number}") for number in range(3)]
    ids = "&".join(f"id={page.pk}" for page in pages)
    address = f"/admin/bulk/wagtailcore/page/delete/?{ids}"
    client = client_of(chief)
    assert "30 dagar" in text(client, address)
    said = client.post(address, {"next": "/admin/"}, follow=True).content.decode()
    assert LIST in said
    assert DeletedPage.objects.filter(page_id__in=[page.pk for page in pages]).count() == 3


def test_versions_in_other_languages_come_back_too(swedish_site: ExampleSite, chief: User) -> None:
    page = swedish_site.pages[ContentPage]
    translate(swedish_site.home, "en")
    english = translate(page, "en")
    deleted, other = delete(page, chief), delete(english, chief)
    client = client_of(chief)
    assert english.title in text(client, one(deleted))
    client.post(one(deleted), {"state": "as_it_was", "others": [other.pk]})
    assert Page.objects.filter(pk__in=[page.pk, english.pk]).count() == 2


def test_a_place_is_chosen(swedish_site: ExampleSite, chief: User) -> None:
    area = swedish_site.pages[strategy.CulturePage]
    deleted = delete(area, chief)
    delete(swedish_site.pages[strategy.DevelopmentAreasPage], chief)
    other: Any = strategy.DevelopmentAreasPage(title="Andra områden", slug="andra")
    Page.objects.get(pk=swedish_site.home.pk).specific.add_child(instance=other)
    client = client_of(chief)
    asked = client.post(one(deleted), {"state": "as_it_was"})
    assert asked.status_code == 200
    assert DeletedPage.objects.filter(pk=deleted.pk).exists()
    refused = client.post(one(deleted), {"state": "as_it_was", "parent": swedish_site.home.pk})
    assert "kan inte stå under" in refused.content.decode()
    client.post(one(deleted), {"state": "as_it_was", "parent": other.pk})
    assert Page.objects.get(pk=area.pk).get_parent().pk == other.pk


def test_who_sees_it(swedish_site: ExampleSite, chief: User) -> None:
    section = add(swedish_site.home, "Del", "del")
    elsewhere = add(swedish_site.home, "Annan del", "annan-del")
    below = add(section, "Hemligheten", "hemligheten")
    own = editor_below(section, "add", "change", "publish", "bulk_delete")
    others = editor_below(elsewhere, "add", "change", "publish", "bulk_delete")
    writer = editor_below(below, "add")
    deleted = delete(below, chief)
    assert "Hemligheten" not in text(client_of(others), LIST)
    assert "Hemligheten" not in text(client_of(others), one(deleted))
    client_of(others).post(one(deleted), {"state": "as_it_was"})
    assert DeletedPage.objects.filter(pk=deleted.pk).exists()
    # Who could add pages below the page itself knows it by the group.
    assert "Hemligheten" in text(client_of(writer), LIST)
    assert "Hemligheten" in text(client_of(own), LIST)
    remove = reverse("cms_wastebasket:remove", args=[deleted.pk])
    client_of(own).post(remove)
    assert DeletedPage.objects.filter(pk=deleted.pk).exists()
    client_of(own).post(one(deleted), {"state": "as_it_was"})
    assert Page.objects.get(pk=below.pk).live


def test_who_may_not_publish_gets_a_draft(swedish_site: ExampleSite, chief: User) -> None:
    section = add(swedish_site.home, "Del", "del")
    below = add(section, "Under", "under")
    own = editor_below(section, "add", "change")
    deleted = delete(below, chief)
    client_of(own).post(one(deleted), {"state": "as_it_was"})
    assert not Page.objects.get(pk=below.pk).live


def test_gone_for_good(swedish_site: ExampleSite, chief: User) -> None:
    page = swedish_site.pages[ContentPage]
    deleted = delete(page, chief)
    remove = reverse("cms_wastebasket:remove", args=[deleted.pk])
    client_of(chief).post(remove)
    assert not DeletedPage.objects.exists()
    assert not DeletedRows.objects.exists()
    assert ModelLogEntry.objects.filter(object_id=str(deleted.pk), deleted=True).exists()


def test_what_is_old_goes(swedish_site: ExampleSite, chief: User) -> None:
    old, new = (
        delete(add(swedish_site.home, title, title.lower()), chief) for title in ("Gammal", "Ny")
    )
    age = dt.timedelta(days=settings.WASTEBASKET_DAYS)
    rows = DeletedPage.objects.filter(pk=old.pk)
    rows.update(deleted_at=timezone.now() - age + dt.timedelta(minutes=5))
    remove_old()
    assert rows.exists()
    rows.update(deleted_at=timezone.now() - age - dt.timedelta(minutes=5))
    remove_old()
    assert list(DeletedPage.objects.all()) == [new]
    assert set(DeletedRows.objects.values_list("deleted_page", flat=True)) == {new.pk}
