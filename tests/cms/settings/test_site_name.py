"""The site's name in the admin: what its administrator has written, else ``SITE_NAME``."""

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import Group, User
from django.test import Client
from pytest_django.fixtures import Settings
from wagtail.models import GroupPagePermission, Page, Site

from cms.settings import environment
from tests.cms.delivery.publishing.small_site import SmallSite


@pytest.fixture(autouse=True)
def _name_of_the_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "SITE_NAME", "Exempelregionen")


def heading(client: Client) -> str:
    """The heading of the start page of the admin."""
    content = client.get("/admin/").content.decode()
    return content.partition('<h1 class="w-h1 w-mt-0">')[2].partition("</h1>")[0].strip()


@pytest.mark.parametrize(("written", "shown"), [("", "Exempelregionen"), ("Norrland", "Norrland")])
def test_the_name_that_is_written_wins(
    small_site: SmallSite, admin_client: Client, written: str, shown: str
) -> None:
    Site.objects.update(site_name=written)
    assert heading(admin_client) == shown
    assert str(django_settings.WAGTAIL_SITE_NAME) == shown


def test_the_hosts_name_is_shown_to_nobody(small_site: SmallSite, client: Client) -> None:
    """Wagtail shows it to whoever may see one site's pages alone."""
    Site.objects.update(site_name="", hostname="host.example.org")
    group = Group.objects.get(name="Editors")
    GroupPagePermission.objects.filter(group=group).delete()
    page = Page.objects.get(pk=small_site.home.pk)
    for codename in ("add_page", "change_page"):
        GroupPagePermission.objects.create(group=group, page=page, permission_type=codename[:-5])
    user = User.objects.create_user("redaktor", password="secret")
    user.groups.add(group)
    client.force_login(user)
    assert heading(client) == "Exempelregionen"


def test_many_pages_are_deleted_by_typing_that_name(
    small_site: SmallSite, admin_client: Client, settings: Settings
) -> None:
    settings.WAGTAILADMIN_UNSAFE_PAGE_DELETION_LIMIT = 1
    Site.objects.update(site_name="")
    address = f"/admin/pages/{small_site.home.get_children().first().pk}/delete/"
    asked = admin_client.get(address).content.decode()
    assert "Exempelregionen" in asked
    admin_client.post(address, {"confirm_site_name": "Norrbotten"})
    assert Page.objects.filter(pk=address.split("/")[3]).exists()
    admin_client.post(address, {"confirm_site_name": "Exempelregionen"})
    assert not Page.objects.filter(pk=address.split("/")[3]).exists()
