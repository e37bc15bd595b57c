"""Each demo user may do their work, and nothing else."""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command
from django.test import Client, override_settings
from django.urls import reverse
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Page

from cms.demo.site import start_page
from cms.demo.users import create_demo_users, demo_password, translator_name
from cms.languages.registry import LANGUAGES
from cms.translation.roles.permissions import LanguagePermissionPolicy
from strategy.models import Municipality
from tests.cms.demo.walking import page_models

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo"), pytest.mark.shared_out]

TRANSLATED = [code for code in LANGUAGES if code != "sv"]
PASSWORD = "ett-lösenord-för-prov"


@pytest.fixture(autouse=True)
def quick_passwords() -> Iterator[None]:
    """Passwords that are safe to keep are slow to make, and each test makes ten."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture
def users(quick_passwords: None) -> None:
    create_demo_users(PASSWORD, reset=False)


def home(code: str) -> Page:
    page = start_page(code)
    assert page is not None
    specific: Page = page.specific
    return specific


def signed_in(name: str) -> Client:
    client = Client()
    assert client.login(username=name, password=PASSWORD)
    return client


@pytest.mark.usefixtures("users")
def test_redaktor_may_write_and_publish_each_page_type() -> None:
    user = User.objects.get(username="redaktor")
    for model in page_models():
        page: Any = model._default_manager.filter(locale__language_code="sv").first()
        allowed = page.permissions_for_user(user)
        assert allowed.can_edit()
        assert allowed.can_publish()
        assert allowed.can_unpublish()
        assert allowed.can_delete()
        assert allowed.can_view_revisions()


@pytest.mark.usefixtures("users")
def test_redaktor_may_add_where_the_tree_allows() -> None:
    user = User.objects.get(username="redaktor")
    for page in home("sv").get_descendants(inclusive=True).specific():
        # Of some types there is one already, and one is enough.
        room = any(model.can_create_at(page) for model in page.creatable_subpage_models())
        allowed = page.permissions_for_user(user)
        assert allowed.can_add_subpage() == room
        assert allowed.can_publish_subpage() or not room


@pytest.mark.usefixtures("users")
def test_redaktor_may_keep_snippets_and_media() -> None:
    user = User.objects.get(username="redaktor")
    for model in ("municipality", "programme", "perspective", "organisation", "indicator"):
        for action in ("add", "change", "publish", "delete"):
            assert user.has_perm(f"strategy.{action}_{model}")
    client = signed_in("redaktor")
    for name in ("wagtailimages:add", "wagtaildocs:add", "wagtailimages_chooser:choose"):
        assert client.get(reverse(name)).status_code == 200


@pytest.mark.usefixtures("users")
def test_redaktor_opens_the_editor_of_each_page_type() -> None:
    client = signed_in("redaktor")
    for model in page_models():
        page: Any = model._default_manager.filter(locale__language_code="sv").first()
        response = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        assert response.status_code == 200, model.__name__
        assert b"action-publish" in response.content


@pytest.mark.usefixtures("users")
def test_redaktor_gets_the_form_for_each_new_page() -> None:
    client = signed_in("redaktor")
    offered = set()
    for page in home("sv").get_descendants(inclusive=True).specific():
        for model in set(page.creatable_subpage_models()) - offered:
            if model.can_create_at(page):
                options = model._meta
                address = reverse(
                    "wagtailadmin_pages:add", args=[options.app_label, options.model_name, page.pk]
                )
                assert client.get(address).status_code == 200, model.__name__
                offered.add(model)
    # Of the others there is one already, and one is enough.
    assert {model.__name__ for model in set(page_models()) - offered} == {
        "HomePage",
        "DevelopmentAreasPage",
        "StoriesPage",
        "CulturePage",
        "ClimatePage",
        "SkillsPage",
        "TransportPage",
        "IndustryPage",
        "YouthPage",
    }


@pytest.mark.usefixtures("users")
def test_redaktor_may_not_change_a_translation() -> None:
    user = User.objects.get(username="redaktor")
    for code in TRANSLATED:
        assert not home(code).permissions_for_user(user).can_edit()


@pytest.mark.usefixtures("users")
@pytest.mark.parametrize("code", TRANSLATED)
def test_translators_have_their_own_language_alone(code: str) -> None:
    user = User.objects.get(username=translator_name(code))
    for other in LANGUAGES:
        allowed = home(other).permissions_for_user(user)
        assert allowed.can_edit() == (other == code)
        assert allowed.can_publish() == (other == code)
        assert not allowed.can_add_subpage()
    assert not user.has_perm("wagtail_localize.submit_translation")
    policy = LanguagePermissionPolicy(Municipality)
    for municipality in Municipality.objects.select_related("locale"):
        own = municipality.locale.language_code == code
        assert policy.user_has_permission_for_instance(user, "change", municipality) == own
    assert not user.is_superuser
    client = signed_in(user.username)
    assert client.get(reverse("wagtailadmin_home")).status_code == 200
    edit = reverse("wagtailadmin_pages:edit", args=[home(code).pk])
    assert client.get(edit, follow=True).status_code == 200


@pytest.mark.usefixtures("users")
def test_groups_hold_exactly_what_is_defined_after_a_second_run() -> None:
    group = Group.objects.get(name="Editors")
    extra = GroupPagePermission.objects.get(
        group__name="Editors", permission__codename="change_page"
    ).permission
    GroupPagePermission.objects.create(group=group, page=home("fi"), permission=extra)
    before = (GroupPagePermission.objects.count(), GroupCollectionPermission.objects.count())
    create_demo_users(PASSWORD, reset=False)
    after = (GroupPagePermission.objects.count(), GroupCollectionPermission.objects.count())
    assert after == (before[0] - 1, before[1])
    assert set(Group.objects.values_list("name", flat=True)) == {
        "Editors",
        "Publishers",
        *(f"Translators ({code})" for code in TRANSLATED),
    }


@pytest.mark.usefixtures("users")
def test_a_changed_password_is_kept_unless_one_is_given() -> None:
    user = User.objects.get(username="redaktor")
    user.set_password("mitt eget")
    user.save()
    states = {entry.name: entry for entry in create_demo_users(PASSWORD, reset=False)}
    assert not states["redaktor"].password_is_demo
    assert states["admin"].password_is_demo
    user.refresh_from_db()
    assert user.check_password("mitt eget")
    create_demo_users("nytt lösenord", reset=True)
    user.refresh_from_db()
    assert user.check_password("nytt lösenord")


def test_the_password_is_generated_once_and_kept_from_others(tmp_path: Path) -> None:
    with override_settings(DATA_DIR=tmp_path, DEMO_PASSWORD=""):
        password = demo_password()
        assert password == demo_password()
    assert len(password) >= 16
    assert (tmp_path / "demo-password").stat().st_mode & 0o777 == 0o600


def test_the_command_prints_addresses_and_users(tmp_path: Path) -> None:
    output = StringIO()
    with override_settings(DATA_DIR=tmp_path, DEMO_PASSWORD=PASSWORD):
        call_command("create_demo_users", stdout=output)
    printed = output.getvalue()
    assert reverse("wagtailadmin_home") in printed
    for name in ("admin", "redaktor", *(translator_name(code) for code in TRANSLATED)):
        assert name in printed


def test_production_wants_a_password_of_its_own(tmp_path: Path) -> None:
    with (
        override_settings(DATA_DIR=tmp_path, DEMO_PASSWORD="", SECURE_SSL_REDIRECT=True),
        pytest.raises(CommandError, match="Set DEMO_PASSWORD"),
    ):
        call_command("create_demo_users")
    assert not User.objects.filter(username="admin").exists()
