"""Tests of the translations of a page that is taken down, whichever way that happens."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoDbBlocker
from wagtail.models import APIToken, GroupPagePermission, Page, PageLogEntry, PageViewRestriction
from wagtail.users.models import UserProfile

from cms.delivery.models import PublishedDocument
from cms.delivery.publishing.consistency_check import differences
from cms.translation.lifecycle.taking_down import (
    BROUGHT_BACK,
    LEFT_LIVE,
    TAKEN_DOWN,
    Choice,
    choosing,
)
from cms.translation.models import LanguageTexts, TakenDown, TranslatorGroup
from tests.cms.delivery.visibility.pages import close, fresh, make_page, translated
from tests.factories.site import ExampleSite

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

Versions = dict[str, Any]


@pytest.fixture(scope="module")
def made(module_swedish_site: ExampleSite, django_db_blocker: DjangoDbBlocker) -> Versions:
    """A page under a section, in three languages; the section in two. Made once for all tests."""
    with django_db_blocker.unblock():
        home = module_swedish_site.home
        for language in ("en", "fi"):
            translated(home, language)
        section = make_page(home, "Avdelning")
        page = make_page(section, "Sida")
        found = {"sv": page, "en": translated(page, "en"), "fi": translated(page, "fi")}
        return {"section": section, **found}


@pytest.fixture
def versions(swedish_site: ExampleSite, made: Versions) -> Versions:
    """The same, as the database has it."""
    return {code: fresh(page) for code, page in made.items()}


@pytest.fixture
def editor(db: None, versions: Versions) -> Any:
    """Somebody who may do all with Swedish pages and nothing with others."""
    group = Group.objects.create(name="Swedish")
    group.permissions.add(
        Permission.objects.get(codename="access_admin", content_type__app_label="wagtailadmin")
    )
    root = Page.objects.get(depth=2, locale__language_code="sv")
    for codename in ("add_page", "change_page", "publish_page", "bulk_delete_page"):
        GroupPagePermission.objects.create(
            group=group, page=root, permission=Permission.objects.get(codename=codename)
        )
    user = get_user_model().objects.create_user("anna", "anna@example.org", "lösenord")
    user.groups.add(group)
    return user


@pytest.fixture
def admin(client: Client, editor: Any) -> Client:
    client.force_login(editor)
    return client


def live(versions: Versions) -> set[str]:
    return {
        code
        for code, page in versions.items()
        if code != "section" and Page.objects.filter(pk=page.pk, live=True).exists()
    }


def delivered(versions: Versions) -> set[str]:
    return {
        code
        for code, page in versions.items()
        if code != "section" and PublishedDocument.objects.filter(page_id=page.pk).exists()
    }


def logged(page: Any) -> list[str]:
    return list(PageLogEntry.objects.filter(page=page.pk).values_list("action", flat=True))


def test_where_nobody_chooses_all_languages_go_and_come_back(versions: Versions) -> None:
    fresh(versions["sv"]).unpublish()
    assert live(versions) == delivered(versions) == set()
    assert TAKEN_DOWN in logged(versions["en"])
    fresh(versions["sv"]).get_latest_revision().publish()
    assert live(versions) == delivered(versions) == {"sv", "en", "fi"}
    assert BROUGHT_BACK in logged(versions["fi"])
    assert not TakenDown.objects.exists()
    assert list(differences()) == []


def test_who_decides_meanwhile_is_not_overruled(versions: Versions) -> None:
    fresh(versions["sv"]).unpublish()
    fresh(versions["en"]).get_latest_revision().publish()
    fresh(versions["en"]).unpublish()
    fresh(versions["sv"]).get_latest_revision().publish()
    assert live(versions) == {"sv", "fi"}


def test_what_was_written_meanwhile_stays_a_draft(versions: Versions) -> None:
    fresh(versions["sv"]).unpublish()
    english = fresh(versions["en"])
    english.title = "Draft"
    english.save_revision()
    fresh(versions["sv"]).get_latest_revision().publish()
    assert fresh(versions["en"]).title == "Sida en"
    assert fresh(versions["en"]).get_latest_revision_as_object().title == "Draft"


def test_a_translation_that_is_taken_down_takes_nothing_along(versions: Versions) -> None:
    fresh(versions["en"]).unpublish()
    assert live(versions) == {"sv", "fi"}


@pytest.mark.parametrize("choice", list(Choice))
def test_the_form_shows_what_is_live_and_does_what_is_chosen(
    choice: Choice, versions: Versions, admin: Client, editor: Any
) -> None:
    address = f"/admin/pages/{versions['sv'].pk}/unpublish/"
    form = admin.get(address).content.decode()
    assert "Sida en" in form
    assert "Sida fi" in form
    assert form.index('value="take_down" checked') < form.index('value="leave"')
    assert admin.post(address, {"translations": choice.value}).status_code == 302
    went = choice is Choice.TAKE_DOWN
    assert live(versions) == delivered(versions) == (set() if went else {"en", "fi"})
    entry = PageLogEntry.objects.filter(page=versions["en"].pk).order_by("-pk").first()
    assert entry is not None
    assert (entry.action, entry.user) == (TAKEN_DOWN if went else LEFT_LIVE, editor)


@pytest.mark.parametrize("choice", list(Choice))
def test_a_deleted_page_leaves_drafts_or_pages_and_no_text_is_lost(
    choice: Choice, versions: Versions, admin: Client
) -> None:
    key = versions["sv"].translation_key
    texts = set(LanguageTexts.objects.filter(key=key).values_list("locale", "texts"))
    address = f"/admin/pages/{versions['section'].pk}/delete/"
    form = admin.get(address).content.decode()
    head, _, rest = form.partition('name="csrfmiddlewaretoken"')
    assert "Sida en" in rest
    assert "Sida en" not in head
    assert "method" in head.casefold()
    admin.post(address, {"translations": choice.value})
    assert not Page.objects.filter(pk=versions["sv"].pk).exists()
    expected = set() if choice is Choice.TAKE_DOWN else {"en", "fi"}
    assert live(versions) == delivered(versions) == expected
    assert fresh(versions["en"]).title == "Sida en"
    kept = LanguageTexts.objects.filter(key=key)
    assert texts - set(kept.values_list("locale", "texts")) in (set(), texts - texts)
    assert list(differences()) == []


@pytest.mark.parametrize("action", ["unpublish", "delete"])
@pytest.mark.parametrize("choice", list(Choice))
def test_bulk_actions_choose_too(
    action: str, choice: Choice, versions: Versions, admin: Client
) -> None:
    address = f"/admin/bulk/wagtailcore/page/{action}/?id={versions['sv'].pk}"
    form = admin.get(address).content.decode()
    assert 'value="take_down" checked' in form
    fields = {"translations": choice.value, "include_descendants": ""}
    assert admin.post(address, fields).status_code == 302
    assert live(versions) == (set() if choice is Choice.TAKE_DOWN else {"en", "fi"})


@pytest.mark.parametrize(
    ("query", "left"),
    [("", set()), ("?translations=take_down", set()), ("?translations=leave", {"en", "fi"})],
)
@pytest.mark.parametrize("method", ["unpublish", "delete", "actions/delete"])
def test_the_api_chooses_by_a_parameter(
    method: str, query: str, left: set[str], versions: Versions, visitor: Client, admin_user: Any
) -> None:
    _token, secret = APIToken.create_token(user=admin_user, name="writer")
    bearer = {"Authorization": f"Bearer {secret}"}
    page = f"/api/v3/pages/{versions['sv'].pk}/"
    if method == "unpublish":
        answer = visitor.post(
            f"{page}actions/unpublish/{query}", "{}", "application/json", headers=bearer
        )
    else:
        address = page if method == "delete" else f"{page}actions/delete/"
        answer = visitor.delete(f"{address}{query}", headers=bearer)
    assert answer.status_code in (200, 204), answer.content
    assert live(versions) == left


def test_the_api_names_the_choices(versions: Versions, visitor: Client, admin_user: Any) -> None:
    _token, secret = APIToken.create_token(user=admin_user, name="writer")
    page = f"/api/v3/pages/{versions['sv'].pk}/?translations=some"
    answer = visitor.delete(page, headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == 422
    assert "take_down, leave" in answer.json()["detail"]
    described = visitor.get("/api/v3/openapi.json").json()["paths"]["/api/v3/pages/{page_id}/"]
    [parameter] = [
        one for one in described["delete"]["parameters"] if one["name"] == "translations"
    ]
    assert parameter["schema"]["enum"] == ["take_down", "leave"]


def test_a_page_that_expires_takes_its_languages_along_and_is_published_again(
    versions: Versions,
) -> None:
    page = fresh(versions["sv"])
    page.expire_at = timezone.now() - dt.timedelta(minutes=1)
    page.save_revision()
    Page.objects.filter(pk=page.pk).update(expire_at=page.expire_at)
    call_command("publish_scheduled", verbosity=0)
    assert live(versions) == set()
    assert fresh(versions["en"]).expired
    fresh(page).get_latest_revision().publish()
    call_command("publish_scheduled", verbosity=0)
    assert live(versions) == {"sv", "en", "fi"}
    assert not fresh(page).expired


def test_the_editor_publishes_an_expired_page_again(
    versions: Versions, admin_client: Client
) -> None:
    page = fresh(versions["sv"])
    past = timezone.now() - dt.timedelta(days=1)
    page.expire_at = past
    page.save_revision()
    Page.objects.filter(pk=page.pk).update(live=False, expired=True, expire_at=past)
    _token, secret = APIToken.create_token(
        user=get_user_model().objects.get(username="admin"), name="writer"
    )
    change = {"meta": {"type": "home.ContentPage", "action": "publish"}, "title": "Sida igen"}
    answer = admin_client.patch(
        f"/api/v3/pages/{page.pk}/",
        change,
        "application/json",
        headers={"Authorization": f"Bearer {secret}"},
    )
    assert answer.status_code == 200, answer.content
    assert fresh(page).live
    assert fresh(page).expire_at is None


@pytest.fixture
def translator(versions: Versions) -> Any:
    """A user who translates into English and into nothing else."""
    user = get_user_model().objects.create_user("erik", "erik@example.org", "lösenord")
    user.groups.add(TranslatorGroup.objects.get(locale__language_code="en").group)
    return user


def by_unpublishing(admin: Client, versions: Versions, choice: Choice) -> Any:
    address = f"/admin/pages/{versions['sv'].pk}/unpublish/"
    return admin.post(address, {"translations": choice.value})


def by_deleting(admin: Client, versions: Versions, choice: Choice) -> Any:
    address = f"/admin/pages/{versions['sv'].pk}/delete/"
    return admin.post(address, {"translations": choice.value})


def by_deleting_what_is_above(admin: Client, versions: Versions, choice: Choice) -> Any:
    address = f"/admin/pages/{versions['section'].pk}/delete/"
    return admin.post(address, {"translations": choice.value})


def by_many(admin: Client, versions: Versions, choice: Choice) -> Any:
    address = f"/admin/bulk/wagtailcore/page/unpublish/?id={versions['sv'].pk}"
    return admin.post(address, {"translations": choice.value, "include_descendants": ""})


@pytest.mark.parametrize("choice", list(Choice))
@pytest.mark.parametrize("act", [by_unpublishing, by_deleting, by_deleting_what_is_above, by_many])
def test_who_is_left_a_page_is_told_by_mail_and_on_the_start_page(
    act: Any,
    choice: Choice,
    versions: Versions,
    admin: Client,
    translator: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    edit = f"/admin/pages/{versions['en'].pk}/edit/"
    reader = Client()
    reader.force_login(translator)
    assert "Sida en" not in divergences_shown(reader)
    with django_capture_on_commit_callbacks(execute=True):
        assert act(admin, versions, choice).status_code == 302
    if choice is Choice.TAKE_DOWN:
        # There is nothing to decide; the history of the page says what became of it.
        assert mail.outbox == []
        assert "Sida en" not in divergences_shown(reader)
        assert TAKEN_DOWN in logged(versions["en"])
        return
    [message] = mail.outbox
    assert message.to == ["erik@example.org"]
    assert edit in message.body
    assert "Sida fi" not in message.body
    shown = divergences_shown(reader)
    assert "Sida en" in shown
    assert edit in shown
    assert "Sida fi" not in shown
    # It is theirs to decide now.
    assert reader.post(f"/admin/pages/{versions['en'].pk}/unpublish/").status_code == 302
    assert "en" not in live(versions)
    assert "Sida en" not in divergences_shown(reader)


def divergences_shown(reader: Client) -> str:
    """The start page's list of what went another way than its source."""
    start = reader.get("/admin/").content.decode()
    _before, _heading, after = start.partition('class="translation-attention"')
    return after.partition("</section>")[0]


def test_who_wants_no_mail_gets_none(
    versions: Versions, translator: Any, django_capture_on_commit_callbacks: Any
) -> None:
    profile = UserProfile.get_for_user(translator)
    profile.submitted_notifications = False
    profile.save()
    with django_capture_on_commit_callbacks(execute=True), choosing(Choice.LEAVE):
        fresh(versions["sv"]).unpublish()
    assert mail.outbox == []


def test_what_was_closed_with_a_deleted_page_stays_closed(versions: Versions) -> None:
    restriction = close(versions["section"])
    with choosing(Choice.LEAVE):
        fresh(versions["section"]).delete()
    assert live(versions) == {"en", "fi"}
    assert delivered(versions) == set()
    own = PageViewRestriction.objects.get(page=versions["en"].pk)
    assert own.restriction_type == restriction.restriction_type
