"""Tests of asking languages for a page or fact by a day."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Locale, Page, PageViewRestriction
from wagtail_localize.models import TranslationSource

from cms.translation.models import LanguageStatus, Status, TranslationRequest
from cms.translation.requests.asking import ask, may_ask, visible_requests
from cms.translation.status.requested import end_missed_requests
from home.models import ContentPage
from strategy.models import Municipality
from tests.factories.site import ExampleSite
from tests.factories.translations import marked, only, translate

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

DUE = timezone.localdate() + timedelta(days=10)


@pytest.fixture
def page(swedish_site: ExampleSite) -> ContentPage:
    made = ContentPage(title="Kust", slug="kust", introduction="<p>Havet i norr</p>")
    Page.objects.get(pk=swedish_site.home.pk).specific.add_child(instance=made)
    made.save_revision().publish()
    return ContentPage.objects.get(pk=made.pk)


@pytest.fixture
def source(page: ContentPage) -> TranslationSource:
    found: TranslationSource = TranslationSource.objects.get(object_id=page.translation_key)
    return found


def user_in(name: str, *groups: str) -> User:
    user = User.objects.create_user(name, f"{name}@example.org")
    user.groups.set(Group.objects.filter(name__in=groups))
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def editor(swedish_site: ExampleSite) -> User:
    """A user who may change the pages and facts in Swedish."""
    group = Group.objects.create(name="Redaktion")
    home = Page.objects.get(pk=swedish_site.home.pk)
    for action in ("add", "change", "publish"):
        GroupPagePermission.objects.create(
            group=group, page=home, permission=Permission.objects.get(codename=f"{action}_page")
        )
    codenames = ("access_admin", "change_municipality", "publish_municipality")
    group.permissions.set(Permission.objects.filter(codename__in=codenames))
    return user_in("redaktor", "Redaktion")


@pytest.fixture
def julev(swedish_site: ExampleSite) -> User:
    return user_in("julev", "Translators (smj)")


def locale(code: str) -> Locale:
    found: Locale = Locale.objects.get(language_code=code)
    return found


def address_of(thing: Any) -> str:
    return reverse("cms_translation:ask", args=[thing.translation_key])


def read(client: Client, address: str, **query: Any) -> str:
    response = client.get(address, query)
    assert response.status_code == 200, response
    return response.content.decode()


def test_an_editor_asks_several_languages_and_asks_again(
    page: ContentPage, source: TranslationSource, editor: User, julev: User
) -> None:
    client = signed_in(editor)
    given = {"languages": ["smj", "se"], "due": DUE.isoformat(), "note": "Till  mässan\n5 maj"}
    assert client.post(address_of(page), given).status_code == 302
    asked = TranslationRequest.objects.order_by("pk")
    found = {(one.locale.language_code, one.due, one.note, one.asked_by) for one in asked}
    assert found == {(code, DUE, "Till mässan 5 maj", editor) for code in ("smj", "se")}
    shown = read(client, address_of(page))
    assert "Till mässan 5 maj" in shown
    assert "4 ord kvar" in shown
    before = asked.get(locale__language_code="smj").changed_at
    assert client.post(address_of(page), given).status_code == 302
    assert asked.get(locale__language_code="smj").changed_at == before
    later = given | {"languages": ["smj"], "due": (DUE + timedelta(3)).isoformat()}
    assert client.post(address_of(page), later).status_code == 302
    assert asked.count() == 2
    again = asked.get(locale__language_code="smj")
    assert (again.due, again.changed_at > before) == (DUE + timedelta(3), True)
    assert asked.get(locale__language_code="se").due == DUE


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"languages": []}, "Kryssa för de språk som du frågar."),
        ({"due": ""}, "Välj den dag då du vill ha den."),
        ({"due": "2020-01-01"}, "Den dagen har varit."),
        ({"note": "x" * 501}, "501"),
        ({"languages": ["sv"]}, "sv"),
        ({"languages": ["tlh"]}, "tlh"),
    ],
)
def test_the_form_says_what_it_lacks(
    page: ContentPage, editor: User, changes: dict[str, Any], said: str
) -> None:
    given = {"languages": ["smj"], "due": DUE.isoformat(), "note": ""} | changes
    response = signed_in(editor).post(address_of(page), given)
    assert response.status_code == 200
    assert said in response.content.decode()
    assert not TranslationRequest.objects.exists()


def test_who_may_ask(
    page: ContentPage, source: TranslationSource, editor: User, julev: User
) -> None:
    assert may_ask(editor, source)
    assert not may_ask(julev, source)
    for user in (julev, user_in("ingen")):
        assert signed_in(user).get(address_of(page)).status_code == 302
        assert signed_in(user).post(address_of(page)).status_code == 302
    assert not TranslationRequest.objects.exists()


def test_a_request_is_withdrawn_by_who_may_ask(
    page: ContentPage, source: TranslationSource, editor: User, julev: User
) -> None:
    ask(source, locale("smj"), editor, DUE, "")
    asked = TranslationRequest.objects.get()
    address = reverse("cms_translation:withdraw", args=[asked.pk])
    assert signed_in(editor).get(address).status_code == 405
    signed_in(julev).post(address)
    asked.refresh_from_db()
    assert asked.outcome == ""
    response: Any = signed_in(editor).post(address)
    assert response.url == address_of(page)
    asked.refresh_from_db()
    assert (asked.outcome, asked.ended_by) == ("withdrawn", editor)
    assert ask(source, locale("smj"), editor, DUE, "")
    assert TranslationRequest.objects.count() == 2


def test_it_is_done_when_the_language_is_complete(
    page: ContentPage, source: TranslationSource, editor: User
) -> None:
    for code in ("smj", "se"):
        ask(source, locale(code), editor, DUE, "")
    translate(page, "smj", only(marked("smj"), "title"))
    assert not TranslationRequest.objects.exclude(outcome="").exists()
    translate(page, "smj")
    [done] = TranslationRequest.objects.exclude(outcome="")
    assert (done.locale.language_code, done.outcome, done.ended_by) == ("smj", "done", None)
    assert done.ended_at is not None
    shown = read(signed_in(editor), address_of(page))
    assert 'value="smj"' in shown.split("disabled")[0].rsplit("<input", 1)[1]


def test_what_was_complete_in_that_moment_is_done_at_the_next_turn(
    page: ContentPage, source: TranslationSource, editor: User
) -> None:
    ask(source, locale("smj"), editor, DUE, "")
    ask(source, locale("se"), editor, DUE, "")
    LanguageStatus.objects.filter(source=source, locale=locale("smj")).update(
        status=Status.COMPLETE
    )
    end_missed_requests()
    [done] = TranslationRequest.objects.exclude(outcome="")
    assert (done.locale.language_code, done.outcome) == ("smj", "done")


def test_a_deleted_page_is_asked_for_no_more(
    page: ContentPage, source: TranslationSource, editor: User
) -> None:
    ask(source, locale("smj"), editor, DUE, "")
    page.delete()
    assert set(TranslationRequest.objects.values_list("outcome", flat=True)) <= {"withdrawn"}


def test_publishing_without_requests_asks_the_database_no_more(page: ContentPage) -> None:
    page.save_revision().publish()
    with CaptureQueriesContext(
        connection,
    ) as captured:
        page.save_revision().publish()
    naming = [one["sql"] for one in captured if "translationrequest" in one["sql"]]
    assert naming
    # Each along with what is counted, and none of it changed.
    assert all("translation_languagestatus" in sql for sql in naming)


def test_the_list_shows_each_what_concerns_them(
    page: ContentPage, source: TranslationSource, editor: User, julev: User
) -> None:
    fact = Municipality.objects.filter(locale__language_code="sv").first()
    assert fact is not None
    fact.save_revision().publish()
    fact_source = TranslationSource.objects.get(object_id=fact.translation_key)
    ask(source, locale("smj"), editor, DUE, "")
    ask(source, locale("se"), editor, DUE, "Nordsamiska först")
    ask(fact_source, locale("smj"), editor, DUE, "")
    assert visible_requests(editor).count() == 3
    assert visible_requests(julev).count() == 2
    assert visible_requests(user_in("ingen")).count() == 0
    address = reverse("cms_translation:asked")
    shown = read(signed_in(julev), address)
    assert "Nordsamiska först" not in shown
    assert reverse("cms_translation:begin", args=[source.pk, "smj"]) in shown
    shown = read(signed_in(editor), address)
    assert "Nordsamiska först" in shown
    assert address_of(page) in shown
    assert "Nordsamiska först" not in read(signed_in(editor), address, language="smj")
    assert "Nordsamiska först" not in read(signed_in(editor), address, state="overdue")
    TranslationRequest.objects.filter(source=source).update(due=DUE - timedelta(days=20))
    assert "<strong>försenad</strong>" in read(signed_in(editor), address, state="overdue")
    assert "Nordsamiska först" not in read(signed_in(editor), address, mine="false")
    csv = signed_in(editor).get(address, {"export": "csv"}).content.decode()
    assert "Nordsamiska först" in csv
    page.unpublish()
    assert visible_requests(julev).count() == 1
    assert visible_requests(editor).count() == 3


def test_a_closed_page_is_named_to_who_may_read_it(
    page: ContentPage, source: TranslationSource, editor: User, julev: User
) -> None:
    board = Group.objects.create(name="Styrelse")
    closed = PageViewRestriction.objects.create(page=page, restriction_type="groups")
    closed.groups.add(board)
    ask(source, locale("smj"), editor, DUE, "Hemlig")
    assert "Hemlig" in read(signed_in(editor), reverse("cms_translation:asked"))
    assert "Ingen översätter den till det här språket än." in read(
        signed_in(editor), address_of(page)
    )
    assert "Hemlig" not in read(signed_in(julev), reverse("cms_translation:asked"))
    julev.groups.add(board)
    assert "Hemlig" in read(signed_in(julev), reverse("cms_translation:asked"))


def test_the_ways_to_the_form(
    page: ContentPage, editor: User, julev: User, swedish_site: ExampleSite
) -> None:
    fact = Municipality.objects.filter(locale__language_code="sv").first()
    assert fact is not None
    fact.save_revision().publish()
    client = signed_in(editor)
    view = fact.snippet_viewset
    for address, thing in [
        (reverse("wagtailadmin_pages:edit", args=[page.pk]), page),
        (reverse("wagtailadmin_explore", args=[swedish_site.home.pk]), page),
        (reverse(view.get_url_name("list")), fact),
        (reverse(view.get_url_name("edit"), args=[fact.pk]), fact),
    ]:
        assert address_of(thing) in read(client, address), address
    page.unpublish()
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert address_of(page) not in read(client, edit)
    target = translate(swedish_site.home, "smj")
    shown = read(signed_in(julev), reverse("wagtailadmin_explore", args=[target.pk]))
    assert "/translation/ask/" not in shown


def test_queries_do_not_grow_with_the_requests(
    page: ContentPage, source: TranslationSource, editor: User, julev: User
) -> None:
    def queries(user: User, address: str) -> int:
        client = signed_in(user)
        read(client, address)
        with CaptureQueriesContext(connection) as captured:
            read(client, address)
        return len(captured)

    ask(source, locale("smj"), editor, DUE, "")
    addresses = [
        (editor, reverse("cms_translation:asked")),
        (julev, reverse("cms_translation:asked")),
        (editor, address_of(page)),
    ]
    before = [queries(*one) for one in addresses]
    for number in range(5):
        more = ContentPage(title=f"Sida {number}", slug=f"sida-{number}")
        page.get_parent().specific.add_child(instance=more)
        more.save_revision().publish()
        added = TranslationSource.objects.get(object_id=more.translation_key)
        for code in ("smj", "se", "fi"):
            ask(added, locale(code), editor, DUE, "")
    for code in ("se", "fi"):
        ask(source, locale(code), editor, DUE, "")
    assert [queries(*one) for one in addresses] == before
