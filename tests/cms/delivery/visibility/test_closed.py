"""Tests of closing: what is closed is so in every language and alias, wherever these stand."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail_localize.models import Translation

from cms.delivery.models import PendingRefresh, PublishedDocument
from cms.delivery.publishing.consistency_check import differences
from cms.delivery.publishing.language_check import language_faults
from cms.languages.names import display_name
from home.models import ContentPage
from tests.cms.delivery.visibility.pages import close, make_page, move, translated
from tests.factories.blocks import rich_text
from tests.factories.site import ExampleSite

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]


@pytest.fixture
def home(swedish_site: ExampleSite) -> Any:
    """The start page, in English too."""
    translated(swedish_site.home, "en")
    return swedish_site.home


def shows(word: str) -> list[str]:
    """The documents in which a word stands: title and language."""
    return [
        f"{document.title} ({document.locale})"
        for document in PublishedDocument.objects.order_by("pk")
        if word in bytes(document.body).decode()
    ]


def is_public(page: Any) -> bool:
    return PublishedDocument.objects.filter(page_id=page.pk).exists()


def test_a_page_that_is_moved_under_what_is_closed_and_not_translated(home: Any) -> None:
    closed = make_page(home, "Intern")
    close(closed)
    page = make_page(home, "Känslig")
    english = translated(page, "en")
    assert is_public(english)
    move(page, closed)
    assert not is_public(page)
    assert not is_public(english)
    assert shows("Känslig") == []
    move(page, home)
    assert is_public(page)
    assert is_public(english)
    assert list(differences()) == []


def closed_before(page: Any, make: Callable[[], Any]) -> tuple[Any, PageViewRestriction]:
    restriction = close(page)
    return make(), restriction


def closed_after(page: Any, make: Callable[[], Any]) -> tuple[Any, PageViewRestriction]:
    made = make()
    assert is_public(made)
    return made, close(page)


@pytest.mark.parametrize("when", [closed_before, closed_after])
def test_translations_and_aliases_follow_wherever_they_stand(home: Any, when: Any) -> None:
    section = make_page(home, "Avdelning")
    page = make_page(section, "Sida")
    elsewhere = make_page(home, "Annat")

    def make() -> Any:
        translated(page, "en")
        page.create_alias(parent=elsewhere, update_slug="alias")
        return Page.objects.get(alias_of=page, locale=page.locale)

    alias, restriction = when(section, make)
    own = make_page(alias, "Under alias")
    family = [page, alias, own, *page.get_translations()]
    assert len(family) == 4
    assert not any(is_public(one) for one in family)
    assert shows("Sida") == []
    assert not [fault for fault in language_faults() if "closed" in fault]
    restriction.delete()
    assert all(is_public(one) for one in family)


def test_what_stands_only_in_english_below_a_closed_section(home: Any) -> None:
    section = make_page(home, "Avdelning")
    own = make_page(translated(section, "en"), "Only here")
    assert is_public(own)
    restriction = close(section)
    assert not is_public(own)
    restriction.delete()
    assert is_public(own)


def test_a_page_of_the_same_key_is_closed_whether_or_not_it_is_translated_by_strings(
    home: Any,
) -> None:
    page = make_page(home, "Sida")
    english = page.copy_for_translation(Locale.objects.get(language_code="en"))
    english.save_revision().publish()
    Translation.objects.filter(source__object=page.translation_key).delete()
    assert is_public(english)
    restriction = close(page)
    assert not is_public(english)
    assert not Page.objects.public().filter(pk=english.pk).exists()
    restriction.delete()
    assert is_public(english)


def test_what_is_translated_from_another_language_than_swedish_is_closed_with_that(
    home: Any,
) -> None:
    section = make_page(home, "Avdelning")
    english = translated(section, "en")
    own = make_page(english, "Only here")
    translated(home, "fi")
    translated(section, "fi")
    finnish = translated(own, "fi")
    assert is_public(finnish)
    restriction = close(own)
    assert not is_public(finnish)
    restriction.delete()
    assert is_public(finnish)
    # The other way round it is the translation alone.
    close(finnish)
    assert is_public(own)


def test_a_translation_that_is_closed_alone_leaves_its_source_open(home: Any) -> None:
    page = make_page(home, "Sida")
    english = translated(page, "en")
    close(english)
    assert not is_public(english)
    assert is_public(page)


def test_an_alias_that_becomes_a_page_of_its_own_stays_closed(home: Any) -> None:
    page = make_page(home, "Sida")
    alias = page.create_alias(parent=home, update_slug="alias")
    restriction = close(page)
    restriction.groups.add(Group.objects.create(name="Nämnden"))
    page_of_its_own = Page.objects.get(pk=alias.pk)
    page_of_its_own.alias_of_id = None
    page_of_its_own.save(update_fields=["alias_of_id"], clean=False)
    assert not is_public(alias)
    [own] = alias.view_restrictions.all()
    assert [group.name for group in own.groups.all()] == ["Nämnden"]


def test_what_points_to_it_names_it_no_more(home: Any, visitor: Client) -> None:
    section, other = make_page(home, "Avdelning"), make_page(home, "Annan")
    page = make_page(section, "Sida")
    for each in (section, page, other):
        translated(each, "en")
    other = ContentPage.objects.get(pk=other.pk)
    other.introduction = rich_text("Läs mer", page=page)
    other.save_revision().publish()
    english = other.get_translation(Locale.objects.get(language_code="en"))
    translated(other, "en")
    path = f"/api/v3/pages/{english.pk}/"
    assert "avdelning" in visitor.get(path).content.decode()
    close(section)
    for each in (other, english):
        body = visitor.get(f"/api/v3/pages/{each.pk}/").content.decode()
        assert "avdelning" not in body
    assert visitor.get(english.url).status_code == 200
    assert "avdelning" not in visitor.get(english.url).content.decode()


def test_people_are_asked_at_every_address(home: Any, visitor: Client) -> None:
    closed = make_page(home, "Intern")
    close(closed)
    page = make_page(home, "Sida")
    english = translated(page, "en")
    address = english.url
    assert visitor.get(address).status_code == 200
    move(page, closed)
    assert visitor.get(address).status_code == 302
    for version in ("v2", "v3"):
        assert visitor.get(f"/api/{version}/pages/{english.pk}/").status_code == 404
        listed = visitor.get(f"/api/{version}/pages/?locale=en").json()["items"]
        assert english.pk not in [item["id"] for item in listed]
    assert Page.objects.public().filter(pk=english.pk).count() == 0
    assert Page.objects.private().filter(pk=english.pk).count() == 1


def test_the_check_counts_by_itself(home: Any) -> None:
    closed = make_page(home, "Intern")
    page = make_page(home, "Sida")
    english = translated(page, "en")
    alias = page.create_alias(parent=home, update_slug="alias")
    # As a database has it that somebody wrote into: nothing follows.
    PageViewRestriction.objects.bulk_create(
        [PageViewRestriction(page=closed, restriction_type="login")]
    )
    documents = list(PublishedDocument.objects.filter(page_id__in=[english.pk, alias.pk]))
    assert len(documents) == 2
    move(page, closed)
    PublishedDocument.objects.bulk_create(documents)
    faults = [fault for fault in language_faults() if "closed" in fault]
    # The closed page itself, the translation and the alias of the other.
    assert len(faults) == 3


def privacy_form(admin: Client, page: Any) -> str:
    """The dialog in which somebody closes a page."""
    response = admin.get(f"/admin/pages/{page.pk}/privacy/")
    assert response.status_code == 200
    return str(json.loads(response.content)["html"])


def test_the_dialog_says_that_other_languages_are_closed_along(
    home: Any, admin_client: Client
) -> None:
    note = "Det du väljer gäller också på sidans andra språk:"
    section = make_page(home, "Avdelning")
    page = make_page(section, "Sida")
    assert note not in privacy_form(admin_client, section)
    translated(page, "en")
    english = translated(section, "en")
    with override("sv"):
        named = f"{note} {display_name('en')} (2)."
    assert named in privacy_form(admin_client, section)
    assert note not in privacy_form(admin_client, english)
    closed = {"restriction_type": "login", "password": "", "groups": []}
    answer = admin_client.post(f"/admin/pages/{section.pk}/privacy/", closed)
    assert answer.status_code == 200
    assert not any(is_public(one) for one in (section, page, english))
    # What holds already is not told of again; of another that holds, the dialog says so.
    assert note not in privacy_form(admin_client, section)
    inherited = privacy_form(admin_client, english)
    assert note not in inherited
    assert "Avdelning" in inherited


def test_the_question_before_a_move_names_the_languages_that_are_closed_along(
    home: Any, admin_client: Client
) -> None:
    closed, open_page = make_page(home, "Intern"), make_page(home, "Öppen")
    close(closed)
    page = make_page(home, "Sida")
    translated(page, "en")
    asked = f"/admin/pages/{page.pk}/move/{{}}/confirm/"
    with override("sv"):
        english = display_name("en")
    into_closed = admin_client.get(asked.format(closed.pk)).content.decode()
    into_open = admin_client.get(asked.format(open_page.pk)).content.decode()
    assert f"{english}: 1" in into_closed
    assert f"{english}: 1" not in into_open


@pytest.mark.parametrize("how", ["closed", "moved"])
def test_a_large_section_costs_few_queries(home: Any, how: str) -> None:
    def cost(size: int) -> int:
        section = make_page(home, f"Avdelning {size}")
        translated(section, "en")
        for number in range(size):
            translated(make_page(section, f"Sida {size} {number}"), "en")
        target = make_page(home, f"Intern {size}")
        close(target)
        with CaptureQueriesContext(connection) as captured:
            if how == "closed":
                close(section)
            else:
                move(section, target)
        below = Page.objects.descendant_of(Page.objects.get(pk=section.pk))
        assert not PublishedDocument.objects.filter(key__in=below.values("translation_key"))
        assert not PendingRefresh.objects.exists()
        return len(captured)

    assert cost(12) <= cost(3) + 4
