"""Tests of who may read and begin what is closed, by whatever closes it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import GroupPagePermission, Locale, Page, PageViewRestriction
from wagtail_localize.models import TranslationSource

from cms.delivery.tracking.transaction import tracked_transaction
from cms.exchange.selection import Selection, selected_sources
from cms.translation.lifecycle.taking_down import Choice, choosing
from cms.translation.models import LanguageStatus, SameOnPurpose
from cms.translation.roles.reading import readable_sources, unreadable_pages
from cms.translation.texts.same_on_purpose import say_same
from tests.cms.delivery.visibility.pages import fresh, make_page, move, translated
from tests.factories.site import ExampleSite
from tests.factories.translations import enter_translations

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

LISTS = (
    "/admin/",
    "/admin/translation/",
    "/admin/translation/?export=csv",
    "/admin/translation/work/",
    "/admin/translation/work/?export=csv",
)

TITLE = "Protokoll i hemlighet"


@pytest.fixture
def home(swedish_site: ExampleSite) -> Any:
    """The start page, in English too."""
    translated(swedish_site.home, "en")
    return swedish_site.home


@pytest.fixture
def board() -> Group:
    return Group.objects.create(name="Board")


def user(name: str, *groups: str) -> User:
    found = User.objects.create_user(name)
    found.groups.set(Group.objects.filter(name__in=groups))
    return found


def close_to(page: Any, group: Group) -> PageViewRestriction:
    with tracked_transaction():
        made = PageViewRestriction.objects.create(page=fresh(page), restriction_type="groups")
        made.groups.add(group)
    return made


def by_itself(home: Any, board: Group) -> Any:
    page = make_page(home, TITLE)
    close_to(page, board)
    return page


def by_what_is_above(home: Any, board: Group) -> Any:
    section = make_page(home, "Styrelsen")
    close_to(section, board)
    return make_page(section, TITLE)


def by_moving(home: Any, board: Group) -> Any:
    page, section = make_page(home, TITLE), make_page(home, "Styrelsen")
    close_to(section, board)
    move(page, section)
    return page


def below_an_alias(home: Any, board: Group) -> Any:
    section, elsewhere = make_page(home, "Styrelsen"), make_page(home, "Annat")
    alias = section.create_alias(parent=fresh(elsewhere), update_slug="alias")
    page = make_page(alias, TITLE)
    close_to(section, board)
    return page


def below_an_alias_of_what_lies_below(home: Any, board: Group) -> Any:
    section, elsewhere = make_page(home, "Styrelsen"), make_page(home, "Annat")
    alias = make_page(section, "Ledning").create_alias(parent=fresh(elsewhere), update_slug="alias")
    close_to(section, board)
    return make_page(alias, TITLE)


def below_the_translation_of_what_is_closed(home: Any, board: Group) -> Any:
    """A page that was written in English alone."""
    section = make_page(home, "Styrelsen")
    page = make_page(translated(section, "en"), TITLE)
    close_to(section, board)
    TranslationSource.get_or_create_from_instance(page)
    return page


WAYS = [
    by_itself,
    by_what_is_above,
    by_moving,
    below_an_alias,
    below_an_alias_of_what_lies_below,
    below_the_translation_of_what_is_closed,
]


@pytest.mark.parametrize("way", WAYS)
def test_who_is_not_let_in_is_told_nothing(
    home: Any, board: Group, way: Callable[[Any, Group], Any]
) -> None:
    page = way(home, board)
    outsider, member = user("julev", "Translators (smj)"), user("m", "Translators (smj)", "Board")
    assert unreadable_pages(member).pages == frozenset()
    closed = unreadable_pages(outsider)
    assert page.pk in closed.pages
    assert page.translation_key in closed.keys & closed.sources
    source = TranslationSource.objects.get(object=page.translation_key, locale=page.locale)
    smj = Locale.objects.get(language_code="smj")
    if page.locale.language_code != "sv":
        # Lists count what is written in Swedish alone; the rule holds for every source.
        counted = LanguageStatus.objects.filter(locale=smj)[0]
        counted.pk, counted.source = None, source
        counted.save()
    listed = LanguageStatus.objects.filter(source=source, locale=smj)
    assert not listed.filter(readable_sources(closed)).exists()
    assert listed.filter(readable_sources(unreadable_pages(member))).exists()
    carried = Selection("smj", unreadable=closed.sources)
    assert source not in selected_sources(carried)
    assert source in selected_sources(Selection("smj"))


@pytest.mark.parametrize("way", [by_what_is_above, below_an_alias])
def test_no_list_names_it_and_nobody_else_begins_it(
    home: Any, board: Group, way: Callable[[Any, Group], Any]
) -> None:
    page = way(home, board)
    outsider, member = user("julev", "Translators (smj)"), user("m", "Translators (smj)", "Board")
    source = TranslationSource.objects.get(object=page.translation_key, locale=page.locale)
    for who, is_let_in in ((outsider, False), (member, True)):
        client = Client()
        client.force_login(who)
        for address in LISTS:
            response: Any = client.get(address)
            body = b"".join(response) if response.streaming else response.content
            shown = TITLE in body.decode()
            assert not shown or is_let_in, address
            assert shown or not is_let_in or "work" not in address, address
        client.post(f"/admin/translation/begin/{source.pk}/smj/")
        begun = Page.objects.filter(
            translation_key=page.translation_key, locale__language_code="smj"
        )
        assert begun.exists() == is_let_in


def test_who_works_on_the_page_that_was_closed_reads_it(home: Any, board: Group) -> None:
    section = make_page(home, "Styrelsen")
    page = make_page(section, TITLE)
    english = translated(page, "en")
    close_to(section, board)
    editor, other = user("editor"), user("other")
    for who, place in ((editor, section), (other, make_page(home, "Annat"))):
        group = Group.objects.create(name=who.username)
        GroupPagePermission.objects.create(group=group, page=fresh(place), permission_type="change")
        who.groups.add(group)
    assert unreadable_pages(editor).pages == frozenset()
    assert {page.pk, english.pk} <= unreadable_pages(other).pages


def test_what_is_closed_in_one_language_is_translated_into_another(home: Any, board: Group) -> None:
    page = make_page(home, TITLE)
    english = translated(page, "en")
    close_to(english, board)
    closed = unreadable_pages(user("julev", "Translators (smj)"))
    assert closed.pages == {english.pk}
    assert closed.keys == {page.translation_key}
    assert closed.sources == frozenset()
    # It lies in the tree of those who work in that language.
    assert unreadable_pages(user("english", "Translators (en)")).pages == frozenset()


def test_the_queries_do_not_grow_with_the_pages(home: Any, board: Group) -> None:
    outsider = user("julev", "Translators (smj)")
    section = make_page(home, "Styrelsen")

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            unreadable_pages(User.objects.get(pk=outsider.pk))
        return len(captured)

    assert cost() <= 4
    close_to(section, board)
    make_page(section, "Ett")
    before = cost()
    for number in range(5):
        make_page(section, f"Sida {number}")
    assert cost() == before


def test_what_went_another_way_is_not_named_to_others(home: Any, board: Group) -> None:
    page = make_page(home, TITLE)
    translated(page, "en")
    with choosing(Choice.LEAVE):
        fresh(page).unpublish()
    outsider = user("redaktor")
    group = Group.objects.create(name="editors elsewhere")
    GroupPagePermission.objects.create(
        group=group, page=make_page(home, "Annat"), permission_type="change"
    )
    outsider.groups.add(group)
    outsider.user_permissions.add(*Permission.objects.filter(codename="access_admin"))
    client = Client()
    client.force_login(outsider)
    assert TITLE in client.get("/admin/translation/").content.decode()
    close_to(page, board)
    assert TITLE not in client.get("/admin/translation/").content.decode()


def test_texts_that_are_the_same_name_no_closed_page(home: Any, board: Group) -> None:
    secret, shared = TITLE, "Norrbotten"
    page, other = make_page(home, secret), make_page(home, shared)
    smj = Locale.objects.get(language_code="smj")
    enter_translations(page, "smj", lambda path, text: text)
    enter_translations(other, "smj", lambda path, text: text)
    outsider, member = user("julev", "Translators (smj)"), user("m", "Translators (smj)", "Board")

    def shown(who: User, address: str) -> str:
        client = Client()
        client.force_login(who)
        return str(client.get(address).content.decode())

    same = "/admin/translation/same/smj/"
    only = f"{same}?of={page.translation_key}"
    assert secret in shown(outsider, same)
    assert secret in shown(outsider, only)
    say_same(smj.pk, [secret, shared], SameOnPurpose.How.LIST, user=member)
    close_to(page, board)
    fresh(page).get_translations().filter(locale=smj).delete()
    for who, is_let_in in ((outsider, False), (member, True)):
        said = shown(who, f"{same}said/")
        assert (secret in said) == is_let_in
        assert shared in said
    SameOnPurpose.objects.all().delete()
    for address in (same, only):
        assert secret not in shown(outsider, address)
    assert secret in shown(member, only)
