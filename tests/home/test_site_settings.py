"""The settings of a site: one form, a document for each language, and who takes the name there."""

import json
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import Group, Permission, User
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.translation import override
from wagtail.models import APIToken, GroupPagePermission, Locale, Page, Site

from cms.delivery.models import PublishedDocument
from cms.export.open_data.models import OpenData
from home.models import SiteSettings
from tests.cms.delivery.endpoints.asking import Views
from tests.cms.delivery.publishing.reader import assert_stored_equals_rendered
from tests.cms.delivery.publishing.small_site import SmallSite
from tests.factories.snippets import SiteSettingsFactory
from tests.factories.translations import marked, only, translate

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

LIST = "/admin/snippets/home/sitesettings/"
ask = Views()


def editor(*codenames: str) -> Client:
    """Somebody who edits Swedish pages, and may do with site settings what is named."""
    group = Group.objects.create(name="Redaktion")
    start = Page.objects.get(depth=2, locale__language_code="sv")
    GroupPagePermission.objects.create(group=group, page=start, permission_type="change")
    group.permissions.add(
        Permission.objects.get(codename="access_admin"),
        *Permission.objects.filter(codename__in=codenames),
    )
    user = User.objects.create_user("redaktor", password="secret")
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    return client


def document(code: str) -> Any:
    return json.loads(
        bytes(PublishedDocument.objects.get(type="home.SiteSettings", locale=code).body)
    )


def made(site: SmallSite, **fields: Any) -> SiteSettings:
    page = Page.objects.get(pk=site.home.pk)
    settings: SiteSettings = SiteSettingsFactory(start_page=page, **fields)
    return settings


class TestForm:
    """The one form, in the menu *Settings*."""

    def test_it_is_made_once_as_a_draft(self, small_site: SmallSite, admin_client: Client) -> None:
        Site.objects.update(site_name="Regionen")
        addresses = {admin_client.get(LIST).headers["Location"] for _visit in range(2)}
        settings = SiteSettings.objects.get()
        assert addresses == {f"{LIST}edit/{settings.pk}/"}
        assert (settings.name, settings.live) == ("Regionen", False)
        assert not PublishedDocument.objects.filter(type="home.SiteSettings").exists()

    def test_an_editor_fills_it_in(self, small_site: SmallSite) -> None:
        client = editor("change_sitesettings", "publish_sitesettings")
        assert LIST in client.get("/admin/").content.decode()
        address = client.get(LIST).headers["Location"]
        form = dict.fromkeys(("tagline", "accessibility_statement", "social_image"), "")
        form |= dict.fromkeys(("accessibility_address", "social_image_alt_text"), "")
        empty = '{"blocks": [], "entityMap": {}}'
        form |= {"name": "Vår sida", "footer": empty, "contact": empty}
        answer = client.post(address, {**form, "action-publish": "1"})
        assert answer.status_code == 302, answer.content.decode()[:3000]
        assert document("sv")["name"] == "Vår sida"
        assert document("sv")["start_page"]["path"] == "/sv/"

    def test_nobody_makes_another_or_deletes_it(
        self, small_site: SmallSite, admin_client: Client, admin_user: Any
    ) -> None:
        settings = made(small_site)
        for address in (
            f"{LIST}add/",
            f"{LIST}delete/{settings.pk}/",
            f"{LIST}copy/{settings.pk}/",
        ):
            admin_client.post(address, {"name": "Till"})
        bulk = f"/admin/bulk/home/sitesettings/delete/?id={settings.pk}"
        admin_client.post(bulk)
        _token, secret = APIToken.create_token(user=admin_user, name="writer")
        bearer = {"Authorization": f"Bearer {secret}"}
        client = Client()
        address = "/api/v3/snippets/home.SiteSettings/"
        assert client.delete(f"{address}{settings.pk}/", headers=bearer).status_code == 403
        answer = client.post(
            address,
            {"meta": {"type": "home.SiteSettings"}, "name": "Till"},
            content_type="application/json",
            headers=bearer,
        )
        assert answer.status_code == 403
        assert [one.pk for one in SiteSettings.objects.all()] == [settings.pk]

    def test_who_may_not_does_not_see_it(self, small_site: SmallSite) -> None:
        settings = made(small_site)
        client = editor("add_sitesettings", "delete_sitesettings")
        assert LIST not in client.get("/admin/").content.decode()
        assert client.get(LIST).status_code in (302, 403)
        answer = client.post(f"{LIST}edit/{settings.pk}/", {"name": "Annat"})
        assert answer.status_code in (302, 403)
        assert SiteSettings.objects.get().name == "Regionens sida"

    def test_two_sites_have_one_each(self, small_site: SmallSite, admin_client: Client) -> None:
        below = Page.objects.get(pk=small_site.about.pk)
        Site.objects.create(hostname="other.example.org", root_page=below)
        shown = admin_client.get(LIST)
        assert shown.status_code == 200
        assert {one.start_page_id for one in SiteSettings.objects.all()} == {
            small_site.home.pk,
            below.pk,
        }
        assert f"{LIST}add/" not in shown.content.decode()

    def test_there_is_one_for_each_site_and_language(self, small_site: SmallSite) -> None:
        made(small_site)
        with pytest.raises(IntegrityError), transaction.atomic():
            made(small_site, name="En till")

    def test_an_image_is_described(self, small_site: SmallSite, admin_client: Client) -> None:
        settings = made(small_site)
        empty = '{"blocks": [], "entityMap": {}}'
        form = dict.fromkeys(("tagline", "accessibility_statement", "accessibility_address"), "")
        form |= {"name": "Namn", "footer": empty, "contact": empty, "social_image_alt_text": ""}
        form["social_image"] = str(settings.social_image_id)
        address = f"{LIST}edit/{settings.pk}/"
        answer = admin_client.post(address, {**form, "action-publish": "1"}, follow=True)
        # Saved, not published; the message leads to the field.
        shown = answer.content.decode()
        assert f"{address}#id_social_image_alt_text-label" in shown
        assert 'id="id_social_image_alt_text-label"' in shown
        assert "för den som inte ser den" in shown
        kept = SiteSettings.objects.get(pk=settings.pk)
        assert kept.name == settings.name
        assert kept.get_latest_revision_as_object().name == "Namn"


class TestDocument:
    """A document in each language, as of a fact."""

    def test_it_is_translated_like_a_fact(self, small_site: SmallSite) -> None:
        translate(made(small_site), "en")
        assert document("en")["name"] == "Regionens sida [en]"
        assert document("en")["languages"].get("/footer") is None
        start_page = document("en")["start_page"]["key"]
        assert start_page == str(small_site.home.translation_key)
        listed = ask("/entries/en/?type=home.SiteSettings").json()["items"]
        assert [one["key"] for one in listed] == [document("sv")["key"]]
        [fallback] = ask("/entries/smj/?type=home.SiteSettings").json()["items"]
        assert fallback["language"] == "sv"
        translate(SiteSettings.objects.get(locale__language_code="sv"), "fi", FINNISH)
        languages = document("fi")["languages"]
        untranslated = ("tagline", "footer", "contact", "social_image_alt_text", "social_image/alt")
        assert {languages[f"/{name}"] for name in untranslated} == {"sv"}
        assert not {"/name", "/title"} & languages.keys()
        assert_stored_equals_rendered()

    def test_what_it_shows_is_followed(self, small_site: SmallSite) -> None:
        statement = Page.objects.get(pk=small_site.about.pk)
        made(small_site, accessibility_statement=statement)
        assert document("sv")["accessibility_statement"]["path"] == "/sv/om/"
        page = statement.specific
        page.slug = "tillganglighet"
        page.save_revision().publish()
        assert document("sv")["accessibility_statement"]["path"] == "/sv/tillganglighet/"
        page.unpublish()
        assert document("sv")["accessibility_statement"] is None
        assert_stored_equals_rendered()


FINNISH = only(marked("fi"), "name")


class TestReaders:
    """Pages, the admin and the record for data portals."""

    def test_pages_say_what_site_they_are_of(self, small_site: SmallSite, visitor: Client) -> None:
        before = visitor.get("/sv/om/kontakt/").content.decode()
        assert "og:site_name" not in before
        assert "<title>Kontakt</title>" in before
        settings = made(small_site)
        page = visitor.get("/sv/om/kontakt/").content.decode()
        assert "<title>Kontakt – Regionens sida</title>" in page
        assert '<meta property="og:site_name" content="Regionens sida">' in page
        image = document("sv")["social_image"]["renditions"][-1]["url"]
        assert f'<meta property="og:image" content="{image}">' in page
        footer = page.partition("<footer")[2]
        assert "Sidfot om <b>webbplatsen</b>." in footer
        assert "Skriv till oss." in footer
        assert '<a href="https://example.org/accessibility">' in footer
        foreign = visitor.get("/en/om-en/kontakt-en/").content.decode()
        assert '<div class="text" lang="sv"' in foreign.partition("<footer")[2]
        translate(settings, "en")
        foreign = visitor.get("/en/om-en/kontakt-en/").content.decode()
        assert "Regionens sida [en]</title>" in foreign
        settings.unpublish()
        assert "Regionens sida" not in visitor.get("/sv/om/kontakt/").content.decode()

    def test_a_draft_is_shown_to_nobody(self, small_site: SmallSite, visitor: Client) -> None:
        settings = made(small_site)
        settings.name = "Hemligt"
        settings.save_revision()
        assert "Hemligt" not in visitor.get("/sv/").content.decode()
        assert str(django_settings.WAGTAIL_SITE_NAME) == "Regionens sida"

    def test_each_site_has_its_own(self, small_site: SmallSite, visitor: Client) -> None:
        made(small_site)
        about = Page.objects.get(pk=small_site.about.pk)
        Site.objects.create(hostname="other.example.org", root_page=about)
        SiteSettingsFactory(start_page=about, name="Den andra", social_image=None)
        client = Client(HTTP_HOST="other.example.org")
        django_settings.ALLOWED_HOSTS.append("other.example.org")
        try:
            assert "Kontakt – Den andra</title>" in client.get("/sv/kontakt/").content.decode()
        finally:
            django_settings.ALLOWED_HOSTS.remove("other.example.org")
        assert str(django_settings.WAGTAIL_SITE_NAME) == "Regionens sida"

    def test_the_admin_has_the_name(self, small_site: SmallSite, admin_client: Client) -> None:
        Site.objects.update(site_name="Förr")
        assert str(django_settings.WAGTAIL_SITE_NAME) == "Förr"
        translate(made(small_site), "en")
        with override("en"):
            assert str(django_settings.WAGTAIL_SITE_NAME) == "Regionens sida [en]"
        with override("fi"):
            assert str(django_settings.WAGTAIL_SITE_NAME) == "Regionens sida"
        assert "Regionens sida" in admin_client.get("/admin/").content.decode()

    def test_the_catalogue_is_called_so(self, small_site: SmallSite) -> None:
        data = OpenData.load()
        titles = {"Titel på svenska", "Titel på engelska"}
        assert titles <= set(data.missing())
        settings = made(small_site)
        assert data.titles() == {"sv": "Regionens sida", "en": ""}
        translate(settings, "en")
        assert data.titles() == {"sv": "Regionens sida", "en": "Regionens sida [en]"}
        data.title_sv = "Katalogen"
        assert data.titles()["sv"] == "Katalogen"
        assert not titles & set(data.missing())


def test_a_site_without_a_default_has_no_name_of_its_own(small_site: SmallSite) -> None:
    Site.objects.all().delete()
    assert str(django_settings.WAGTAIL_SITE_NAME) == "CMS"
    assert Locale.objects.exists()
