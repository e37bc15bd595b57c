"""Tests of the mail that tells translators, at most once a day, what is new."""

import smtplib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client, override_settings
from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail.users.models import UserProfile
from wagtail_localize.models import TranslationSource

from cms.common.periodic import run_periodic_tasks
from cms.translation.models import FollowedSource, TranslationRequest, TranslatorMail
from cms.translation.requests import daily_mail
from cms.translation.requests.asking import ask
from cms.translation.requests.daily_mail import send_daily_mail
from home.models import ContentPage
from tests.factories.site import ExampleSite
from tests.factories.translations import translate

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

NOON = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
DAY = timedelta(days=1)


class RefusingBackend(EmailBackend):
    """A mail server that refuses an address, as one does whose disk is full."""

    refused = ""

    def send_messages(self, messages: Any) -> int:
        """Refuses, or sends."""
        if any(self.refused in message.to for message in messages):
            raise smtplib.SMTPRecipientsRefused({self.refused: (452, b"full")})
        return int(super().send_messages(messages))


class AbsentBackend(EmailBackend):
    """A mail server that is not there."""

    def send_messages(self, messages: Any) -> int:
        """Cannot."""
        raise ConnectionRefusedError


@pytest.fixture
def page(swedish_site: ExampleSite) -> ContentPage:
    return page_called(swedish_site, "Kust")


def page_called(site: ExampleSite, title: str) -> ContentPage:
    made = ContentPage(title=title, slug=title.lower(), introduction="<p>Havet i norr</p>")
    Page.objects.get(pk=site.home.pk).specific.add_child(instance=made)
    made.save_revision().publish()
    return ContentPage.objects.get(pk=made.pk)


def translator(name: str, *codes: str, language: str = "sv") -> User:
    user = User.objects.create_user(name, f"{name}@example.org", "x")
    user.groups.set(Group.objects.filter(name__in=[f"Translators ({code})" for code in codes]))
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = language
    profile.save()
    return user


@pytest.fixture
def julev(swedish_site: ExampleSite) -> User:
    return translator("julev", "smj")


def request(page: Any, code: str, due: int = 30, note: str = "", at: datetime = NOON) -> None:
    source = TranslationSource.objects.get(object_id=page.translation_key)
    editor, _created = User.objects.get_or_create(username="eva", first_name="Eva")
    locale = Locale.objects.get(language_code=code)
    ask(source, locale, editor, NOON.date() + timedelta(due), note)
    TranslationRequest.objects.filter(source=source, locale=locale).update(
        made_at=at, changed_at=at
    )


def sent_at(moment: datetime) -> list[Any]:
    """The mail that a turn at a moment sends."""
    mail.outbox.clear()
    send_daily_mail(moment)
    return list(mail.outbox)


def watch_from_now_on() -> None:
    """A turn that has nothing to tell of: what comes later is news."""
    daily_mail._add_missing(daily_mail._translators())
    make_due()
    assert sent_at(NOON - timedelta(hours=2)) == []
    assert not TranslatorMail.objects.filter(told_until=None).exists()


def after(hours: float) -> datetime:
    return NOON + timedelta(hours=hours)


def make_due() -> None:
    """Rows whose time has come, however late the test runs."""
    TranslatorMail.objects.update(next_at=NOON - 9 * DAY)


def test_a_request_is_told_of_once_in_the_translators_own_language(
    page: ContentPage, julev: User
) -> None:
    finn = translator("finn", "smj", "fi", language="fi")
    translator("annat", "se")
    daily_mail._add_missing(daily_mail._translators())
    make_due()
    request(page, "smj", 14, "Till mässan & <sedan>", at=after(-1))
    messages = {message.to[0]: message for message in sent_at(NOON)}
    assert set(messages) == {julev.email, finn.email}
    swedish, finnish = messages[julev.email], messages[finn.email]
    assert swedish.subject == "Nytt för dina översättningar till lulesamiska"
    assert "Kust, önskas senast" in swedish.body
    assert "Eva" in swedish.body
    assert "Till mässan & <sedan>" in swedish.body
    assert "/admin/account/#tab-notifications" in swedish.body
    assert swedish.content_subtype == "plain"
    assert not swedish.alternatives
    assert "Kust, viimeistään" in finnish.body
    assert sent_at(after(1)) == []
    assert sent_at(after(25)) == []


def test_there_is_one_mail_a_day(page: ContentPage, julev: User, swedish_site: ExampleSite) -> None:
    watch_from_now_on()
    request(page, "smj", at=after(-1))
    assert len(sent_at(NOON)) == 1
    request(page_called(swedish_site, "Fjäll"), "smj", at=after(1))
    assert sent_at(after(2)) == []
    assert sent_at(after(11.9)) == []
    morning = (NOON + DAY).replace(hour=daily_mail.MORNING)
    assert sent_at(morning - timedelta(minutes=1)) == []
    [message] = sent_at(morning)
    assert "Fjäll" in message.body
    assert "Kust" not in message.body


def test_two_workers_send_one(
    page: ContentPage, julev: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch_from_now_on()
    request(page, "smj", at=after(-1))
    claim = daily_mail._claim

    def claim_after_another(row: TranslatorMail, now: datetime) -> bool:
        monkeypatch.setattr(daily_mail, "_claim", claim)
        send_daily_mail(now)
        return claim(row, now)

    monkeypatch.setattr(daily_mail, "_claim", claim_after_another)
    assert len(sent_at(NOON)) == 1


def test_what_changed_and_what_is_due_is_news(page: ContentPage, julev: User) -> None:
    watch_from_now_on()
    request(page, "smj", 10, at=after(-1))
    assert "Efterfrågat:" in sent_at(NOON)[0].body
    for days in (1, 3, 6):
        assert sent_at(NOON + days * DAY) == [], days
    assert "Snart dags:" in sent_at(NOON + 7 * DAY)[0].body
    assert sent_at(NOON + 9 * DAY) == []
    [overdue] = sent_at(NOON + 11 * DAY)
    assert "Försenad:" in overdue.body
    assert sent_at(NOON + 12 * DAY) == []
    request(page, "smj", 40, "Ny dag", at=NOON + 12 * DAY)
    assert "Ny dag" in sent_at(NOON + 13 * DAY)[0].body


def test_what_is_out_of_date_since_the_latest_mail(page: ContentPage, julev: User) -> None:
    translate(page, "smj")
    watch_from_now_on()
    page.title = "Kust och hav"
    page.save_revision().publish()
    FollowedSource.objects.filter(source__object_id=page.translation_key).update(
        changed_at=after(-1)
    )
    [message] = sent_at(NOON)
    assert "Inaktuella: källan har ändrats" in message.body
    assert "- Kust och hav" in message.body
    assert sent_at(NOON + DAY) == []


def test_who_wants_none_gets_none(page: ContentPage, julev: User) -> None:
    changes: dict[str, dict[str, Any]] = {
        "tyst": {},
        "borta": {"is_active": False},
        "utan": {"email": ""},
    }
    for name, change in changes.items():
        User.objects.filter(pk=translator(name, "smj").pk).update(**change)
    watch_from_now_on()
    TranslatorMail.objects.filter(user__username="tyst").update(frequency="never")
    request(page, "smj", at=after(-1))
    assert [message.to for message in sent_at(NOON)] == [[julev.email]]
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend"):
        make_due()
        before = TranslatorMail.objects.get(user=julev).next_at
        send_daily_mail(NOON + 2 * DAY)
        assert TranslatorMail.objects.get(user=julev).next_at == before


def test_a_closed_page_is_told_to_who_may_read_it(page: ContentPage, julev: User) -> None:
    board = Group.objects.create(name="Styrelse")
    PageViewRestriction.objects.create(page=page, restriction_type="groups").groups.add(board)
    member = translator("ledamot", "smj")
    member.groups.add(board)
    watch_from_now_on()
    request(page, "smj", note="Hemlig", at=after(-1))
    assert [message.to for message in sent_at(NOON)] == [[member.email]]


def test_what_is_done_or_withdrawn_is_no_news(page: ContentPage, julev: User) -> None:
    watch_from_now_on()
    request(page, "smj", at=after(-1))
    TranslationRequest.objects.update(outcome="withdrawn", ended_at=NOON)
    assert sent_at(NOON) == []


def test_a_server_that_refuses_one_serves_the_others(
    page: ContentPage, julev: User, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    other = translator("annan", "smj")
    watch_from_now_on()
    request(page, "smj", at=after(-1))
    monkeypatch.setattr(RefusingBackend, "refused", julev.email)
    with override_settings(EMAIL_BACKEND=f"{__name__}.RefusingBackend"):
        assert [message.to for message in sent_at(NOON)] == [[other.email]]
    assert "tried again" in caplog.text
    assert sent_at(NOON) == []
    [again] = sent_at(NOON + daily_mail.LATER)
    assert again.to == [julev.email]
    assert "Kust" in again.body


def test_a_server_that_is_not_there_is_tried_again(
    page: ContentPage, julev: User, caplog: Any
) -> None:
    watch_from_now_on()
    request(page, "smj", at=after(-1))
    with override_settings(EMAIL_BACKEND=f"{__name__}.AbsentBackend"):
        assert sent_at(NOON) == []
    assert "tried again" in caplog.text
    assert len(sent_at(NOON + daily_mail.LATER)) == 1


def test_a_long_list_is_cut(julev: User, swedish_site: ExampleSite) -> None:
    watch_from_now_on()
    for number in range(22):
        request(page_called(swedish_site, f"Sida{number}"), "smj", at=after(-1))
    [message] = sent_at(NOON)
    assert message.body.count("önskas senast") == 20
    assert "och 2 till" in message.body


def test_the_worker_does_it(page: ContentPage, julev: User) -> None:
    long_ago = timezone.now() - timedelta(hours=1)
    request(page, "smj", at=long_ago)
    mail.outbox.clear()
    run_periodic_tasks()
    assert [message.to for message in mail.outbox] == [[julev.email]]


def test_the_choice_stands_in_the_account(julev: User, page: ContentPage) -> None:
    client = Client()
    client.force_login(julev)
    shown = client.get("/admin/account/").content.decode()
    assert 'name="translator_mail-frequency"' in shown
    form = {
        "name_email-first_name": "Julev",
        "name_email-last_name": "Sábme",
        "name_email-email": julev.email,
        "locale-preferred_language": "sv",
        "locale-current_time_zone": "",
        "theme-theme": "system",
        "theme-density": "default",
        "theme-contrast": "system",
        "theme-keyboard_shortcuts": "on",
    }
    choose: Callable[[str], Any] = lambda value: client.post(  # noqa: E731
        "/admin/account/", form | {"translator_mail-frequency": value}
    )
    assert choose("never").status_code == 302
    assert TranslatorMail.objects.get(user=julev).frequency == "never"
    request(page, "smj", at=timezone.now() - timedelta(hours=1))
    assert choose("daily").status_code == 302
    make_due()
    # What came while no mail was wanted is no news.
    assert sent_at(timezone.now() + timedelta(minutes=2)) == []
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend"):
        assert "skickar ingen e-post" in client.get("/admin/account/").content.decode()
    editor = User.objects.create_superuser("chef")
    client.force_login(editor)
    assert "translator_mail-frequency" not in client.get("/admin/account/").content.decode()
