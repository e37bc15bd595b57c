"""*Share a draft*, the window, and the front end's address: in the admin, and who may."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from wagtail.models import PageLogEntry, Site

from cms.delivery.previews.models import PreviewAddress, PreviewToken, origin_of
from cms.delivery.previews.tokens import LONGEST
from home.models import ContentPage
from tests.cms.delivery.previews.conftest import ask, token_of
from tests.cms.delivery.visibility.pages import close, fresh, translated
from tests.factories.site import ExampleSite
from tests.factories.translations import enter_translations

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

FRONT_END = "https://www.example.org:8443{path}?token={token}&l={locale}"


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def editor(chief: User) -> Client:
    return client_of(chief)


@pytest.fixture
def front_end(page: ContentPage) -> PreviewAddress:
    made: PreviewAddress = PreviewAddress.objects.create(site=Site.objects.get(), address=FRONT_END)
    return made


def shared(client: Client, page: Any, **form: Any) -> str:
    """The link that the form makes."""
    answer = client.post(f"/admin/previews/{page.pk}/share/", {"days": 3, "label": "Anna", **form})
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    [link] = re.findall(r'id="draft-link" value="([^"]+)"', answer.content.decode())
    return str(link).replace("&amp;", "&")


def test_a_link_leads_here_where_there_is_no_front_end(page: ContentPage, editor: Client) -> None:
    link = shared(editor, page)
    found = re.fullmatch(r"http://testserver/preview/\?token=([\w-]{43})", link)
    assert found is not None
    answer = Client().get(link)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "Ändrad" in text
    assert "Ett stycke." in text
    assert "Det här är ett utkast." in text
    assert "/admin/" not in text
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Robots-Tag"] == "noindex"
    assert answer["Referrer-Policy"] == "no-referrer"
    # The same, whoever is signed in.
    assert editor.get(link).content == answer.content
    token = PreviewToken.objects.get()
    assert token.label == "Anna"
    assert token.is_shared
    left = token.expires_at - timezone.now()
    assert timedelta(days=2, hours=23) < left <= timedelta(days=3)
    assert ask(found[1]).json()["title"] == "Ändrad"


def test_a_translation_is_shared_half_done(page: ContentPage, editor: Client) -> None:
    fresh(page).get_latest_revision().publish()
    translation = enter_translations(
        fresh(page), "smj", lambda path, text: "Rievddam" if path == "title" else None
    )
    translation.save_target(publish=False)
    text = Client().get(shared(editor, translation.get_target_instance())).content.decode()
    assert '<html lang="smj"' in text
    assert "Rievddam" in text
    assert 'lang="sv"' in text


@pytest.mark.parametrize("token", ["", "x", "%00", "9" * 40])
def test_a_link_that_is_over_says_so(token: str, page: ContentPage) -> None:
    answer = Client().get(f"/preview/?token={token}")
    assert answer.status_code == 410
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Robots-Tag"] == "noindex"


def test_a_link_leads_to_the_front_end(
    page: ContentPage, editor: Client, front_end: PreviewAddress
) -> None:
    link = shared(editor, page)
    assert re.fullmatch(r"https://www\.example\.org:8443/sv/sida/\?token=[\w-]{43}&l=sv", link)


@pytest.mark.parametrize("days", ["0", str(LONGEST.days + 1), "x", ""])
def test_a_link_holds_for_some_days(days: str, page: ContentPage, editor: Client) -> None:
    editor.post(f"/admin/previews/{page.pk}/share/", {"days": days})
    assert not PreviewToken.objects.exists()


def test_links_are_listed_and_withdrawn(page: ContentPage, editor: Client, chief: User) -> None:
    token = token_of(page, chief, is_shared=True, label="Nämnden")
    token_of(page, chief, label="egen förhandsvisning")
    address = f"/admin/previews/{page.pk}/share/"
    listed = editor.get(address).content.decode()
    assert "Nämnden" in listed
    assert "egen förhandsvisning" not in listed
    assert token not in listed
    stored = PreviewToken.objects.get(is_shared=True)
    answer = editor.post(f"{address}{stored.pk}/withdraw/", follow=True)
    assert "Nämnden" not in answer.content.decode()
    assert ask(token).status_code == 401
    actions = PageLogEntry.objects.filter(page=page.pk, action__startswith="delivery_previews")
    assert sorted(actions.values_list("action", flat=True)) == [
        "delivery_previews.share",
        "delivery_previews.withdraw",
    ]
    history = editor.get(f"/admin/pages/{page.pk}/history/")
    assert history.status_code == 200


def test_a_link_is_withdrawn_from_its_own_page_alone(
    page: ContentPage, editor: Client, chief: User, swedish_site: ExampleSite
) -> None:
    token = token_of(page, chief, is_shared=True)
    stored = PreviewToken.objects.get()
    other = f"/admin/previews/{swedish_site.home.pk}/share/{stored.pk}/withdraw/"
    assert editor.post(other, follow=True).status_code == 404
    assert editor.get(f"/admin/previews/{page.pk}/share/{stored.pk}/withdraw/").status_code == 405
    assert ask(token).status_code == 200


@pytest.mark.parametrize("kind", ["closed", "translator of another language", "nobody"])
def test_who_may_not_edit_shares_nothing(
    kind: str, page: ContentPage, chief: User, front_end: PreviewAddress
) -> None:
    user = chief
    if kind == "closed":
        close(page)
    else:
        translated(page.get_parent(), "fi")
        user = User.objects.create_user("annan")
        if kind == "nobody":
            user.user_permissions.add(Permission.objects.get(codename="access_admin"))
        else:
            user.groups.add(Group.objects.get(name="Translators (fi)"))
    client = client_of(user)
    for address in ("", "share/"):
        answer = client.get(f"/admin/previews/{page.pk}/{address}")
        assert answer.status_code == 302, address
    for address in ("token/", "share/"):
        assert client.post(f"/admin/previews/{page.pk}/{address}", {"days": 1}).status_code == 302
    assert not PreviewToken.objects.exists()


def test_the_button_stands_in_both_editors(page: ContentPage, editor: Client) -> None:
    fresh(page).get_latest_revision().publish()
    translation = enter_translations(fresh(page), "smj", lambda path, text: None)
    translation.save_target(publish=False)
    target = translation.get_target_instance()
    for address, pk in (
        (f"/admin/pages/{page.pk}/edit/", page.pk),
        (f"/admin/translation/editor/{translation.pk}/", target.pk),
    ):
        shown = editor.get(address).content.decode()
        assert f"/admin/previews/{pk}/share/" in shown
    close(page)
    assert "/share/" not in editor.get(f"/admin/pages/{page.pk}/edit/").content.decode()


def test_the_window_shows_the_front_end_and_no_other_site(
    page: ContentPage, editor: Client, front_end: PreviewAddress
) -> None:
    answer = editor.get(f"/admin/pages/{page.pk}/view_draft/", follow=True)
    assert answer.redirect_chain == [(f"/admin/previews/{page.pk}/", 302)]
    policy = answer["Content-Security-Policy"]
    assert "frame-src https://www.example.org:8443;" in policy
    assert "frame-ancestors 'self'" in policy
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert not PreviewToken.objects.exists()
    made = editor.post(f"/admin/previews/{page.pk}/token/")
    assert "no-store" in made["Cache-Control"]
    address = made.json()["address"]
    token = re.fullmatch(r"https://www\.example\.org:8443/sv/sida/\?token=([\w-]+)&l=sv", address)
    assert token is not None
    assert ask(token[1]).json()["source"]["/title"].startswith("http://testserver/admin/")
    stored = PreviewToken.objects.get()
    assert stored.expires_at - timezone.now() <= timedelta(hours=1)
    panel = editor.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert f'src="/admin/previews/{page.pk}/"' in panel
    assert 'data-w-preview-target="iframe"' in panel


def test_old_revisions_are_shown_here(
    page: ContentPage, editor: Client, front_end: PreviewAddress
) -> None:
    revision = page.revisions.order_by("pk")[0]
    answer = editor.get(f"/admin/pages/{page.pk}/revisions/{revision.pk}/view/")
    assert answer.status_code == 200
    assert "Sida" in answer.content.decode()


def test_without_a_front_end_all_is_as_it_was(page: ContentPage, editor: Client) -> None:
    answer = editor.get(f"/admin/pages/{page.pk}/view_draft/")
    assert "Ändrad" in answer.content.decode()
    panel = editor.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert "front-end-preview" not in panel
    assert 'id="w-preview-iframe"' in panel
    none = editor.post(f"/admin/previews/{page.pk}/token/", follow=True)
    assert none.status_code == 404
    window = editor.get(f"/admin/previews/{page.pk}/")
    assert window["Location"] == f"/admin/pages/{page.pk}/view_draft/"


def test_the_translators_editor_shows_the_front_end(
    page: ContentPage, editor: Client, front_end: PreviewAddress
) -> None:
    fresh(page).get_latest_revision().publish()
    translation = enter_translations(fresh(page), "smj", lambda path, text: None)
    translation.save_target(publish=False)
    shown = editor.get(f"/admin/translation/editor/{translation.pk}/").content.decode()
    target = translation.get_target_instance()
    assert f'data-url="/admin/previews/{target.pk}/" data-follows' in shown
    made = editor.post(f"/admin/previews/{target.pk}/token/").json()
    assert made["address"].endswith("&l=smj")


@pytest.mark.parametrize(
    "address",
    [
        "https://www.example.org{path}?token={token}",
        "http://localhost:3000/draft?token={token}&path={path}&locale={locale}",
        "https://{locale}.example.org/{token}",
        "http://[::1]:8080/?token={token}",
        "https://exämple.org/?token={token}",
    ],
)
def test_an_address_that_can_be_used(address: str) -> None:
    PreviewAddress(address=address).clean()


@pytest.mark.parametrize(
    "address",
    [
        "https://www.example.org{path}",
        "javascript:alert('{token}')",
        "data:text/html,{token}",
        "ftp://example.org/{token}",
        "//example.org/{token}",
        "https:///{token}",
        "https://{token}.example.org/",
        "https://a:b@example.org/{token}",
        "https://example.org/{token}/{page}",
        "https://example.org/{token}/{",
        "https://example.org:x/{token}",
        "https://example.org/ {token}",
        "https://example.org/\n{token}",
        "https://[::1/{token}",
        "example.org/{token}",
        "https://{path}{token}",
    ],
)
def test_an_address_that_cannot_be_used(address: str) -> None:
    with pytest.raises(ValidationError) as error:
        PreviewAddress(address=address).clean()
    assert error.value.message_dict.keys() == {"address"}


def test_no_address_is_allowed() -> None:
    PreviewAddress(address=" ").clean()


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://www.Example.org/a?b", "https://www.example.org"),
        ("https://example.org:443/", "https://example.org"),
        ("http://example.org:443/", "http://example.org:443"),
        ("http://[::1]:8080/", "http://[::1]:8080"),
        ("https://exämple.org/", "https://xn--exmple-cua.org"),
    ],
)
def test_the_origin_is_written_as_browsers_do(address: str, origin: str) -> None:
    assert origin_of(address) == origin


def test_the_address_is_set_in_the_admin(page: ContentPage, editor: Client) -> None:
    site = Site.objects.get()
    form = f"/admin/settings/delivery_previews/previewaddress/{site.pk}/"
    assert editor.get(form).status_code == 200
    refused = editor.post(form, {"address": "https://example.org/"})
    assert refused.status_code == 200
    assert not PreviewAddress.objects.exclude(address="").exists()
    editor.post(form, {"address": "https://example.org/?token={token}"})
    assert PreviewAddress.objects.get().address == "https://example.org/?token={token}"
    user = User.objects.create_user("redaktör")
    user.groups.add(Group.objects.get(name="Editors"))
    assert client_of(user).get(form).status_code == 302
