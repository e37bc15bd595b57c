"""The order of the Swedish tree is that of every language, whatever is done to it."""

import random
from io import StringIO
from typing import Any
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.models import Locale, Page

from cms.content.admin.placing import place_page
from cms.content.models import PagePosition
from cms.content.order.checking import order_faults
from cms.content.order.ranks import OF_OTHERS, OF_SOURCE
from cms.delivery.models import PublishedDocument
from cms.reader.site_tree import site_tree
from home.models import ContentPage
from tests.cms.delivery.publishing.reader import Reader, assert_stored_equals_rendered
from tests.cms.delivery.publishing.small_site import SmallSite, fresh
from tests.factories.many import add_content_pages
from tests.factories.pages import ContentPageFactory
from tests.factories.translations import make_alias, translate
from tests.harness.sampling import amount

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

MOVES = amount(12, 2_000)


@pytest.fixture
def section(small_site: SmallSite) -> Any:
    """A page with six below it, some of which are in English, and drafts of some in Finnish."""
    parent = ContentPageFactory(parent=small_site.home, title="Avsnitt", slug="avsnitt")
    children = [
        ContentPageFactory(parent=parent, title=f"Sida {number}", slug=f"sida-{number}")
        for number in range(6)
    ]
    finnish = Locale.objects.get(language_code="fi")
    translate(parent, "en")
    fresh(parent).copy_for_translation(finnish)
    # Begun in another order than that of the source.
    for number in (5, 3, 1, 0):
        translate(children[number], "en")
    for number in (4, 1, 0, 5):
        fresh(children[number]).copy_for_translation(finnish)
    return fresh(parent)


def keys_below(parent: Any) -> list[UUID]:
    """The keys of the children in the order of treebeard's paths."""
    return list(fresh(parent).get_children().values_list("translation_key", flat=True))


def documents_below(parent: Any, locale: str) -> list[UUID]:
    """The same in the order of the ranks in the documents of a language."""
    rows = PublishedDocument.objects.filter(parent_key=parent.translation_key, locale=locale)
    return list(rows.order_by("position", "key").values_list("key", flat=True))


def assert_in_order(parent: Any) -> None:
    wanted = keys_below(parent)
    for version in Page.objects.filter(translation_key=parent.translation_key):
        code = version.locale.language_code
        there = set(documents_below(parent, code))
        assert documents_below(parent, code) == [key for key in wanted if key in there]
        here = keys_below(version)
        # What has lost its source comes after what has one.
        followers = [key for key in here if key in wanted]
        assert here[: len(followers)] == followers == [key for key in wanted if key in here]
    assert list(order_faults()) == []
    assert Page.find_problems() == ([], [], [], [], [])


def test_random_moves_are_those_of_every_language(section: Any, reader: Reader) -> None:
    chance = random.Random(19)
    assert_in_order(section)
    for _move in range(MOVES):
        pages = list(fresh(section).get_children())
        place_page(chance.choice(pages), chance.randrange(len(pages)), None)
        if chance.random() < 0.2:
            assert_in_order(section)
    assert_in_order(section)
    assert_stored_equals_rendered(reader)


def test_the_reader_lists_what_is_below_in_that_order(section: Any) -> None:
    place_page(fresh(section).get_children()[5], 1, None)
    place_page(fresh(section).get_children()[0], 3, None)
    swedish = keys_below(section)
    for language in ("sv", "en"):
        version = ContentPage.objects.get(
            translation_key=section.translation_key, locale__language_code=language
        )
        shown = [
            page.key for page in site_tree(language).by_key[str(version.translation_key)].children
        ]
        below = {str(page.translation_key) for page in version.get_children()}
        assert [key for key in shown if key in below] == [
            str(key) for key in swedish if str(key) in below
        ]


def test_one_move_changes_one_key_in_each_of_its_languages(section: Any) -> None:
    before = dict(PublishedDocument.objects.values_list("pk", "digest"))
    ranks = dict(PagePosition.objects.values_list("key", "position"))
    moved = fresh(section).get_children()[5]
    place_page(moved, 1, None)
    after = dict(PublishedDocument.objects.values_list("pk", "digest"))
    changed = PublishedDocument.objects.filter(
        pk__in=[pk for pk, digest in after.items() if before[pk] != digest]
    )
    versions = Page.objects.filter(translation_key=moved.translation_key, live=True)
    assert set(changed.values_list("key", "locale")) == {
        (moved.translation_key, version.locale.language_code) for version in versions
    }
    assert versions.count() > 1
    now = dict(PagePosition.objects.values_list("key", "position"))
    assert {key for key in now if now[key] != ranks[key]} == {moved.translation_key}


def queries_of_moving(parent: Any) -> int:
    pages = list(fresh(parent).get_children()[:3])
    place_page(pages[2], 0, None)
    page = fresh(pages[1])
    with CaptureQueriesContext(connection) as queries:
        place_page(page, 0, None)
    return len(queries)


def test_moving_and_publishing_ask_no_more_among_many(section: Any) -> None:
    few = queries_of_moving(section)
    add_content_pages(section, 200)
    place_page(fresh(section).get_children()[100], 0, None)
    assert queries_of_moving(section) <= few
    page = ContentPage(title="Ny", slug="ny")
    with CaptureQueriesContext(connection) as among_many:
        fresh(section).add_child(instance=page)
    other = ContentPageFactory(parent=section.get_parent(), title="Tom", slug="tom")
    with CaptureQueriesContext(connection) as alone:
        fresh(other).add_child(instance=ContentPage(title="Ny", slug="ny"))
    assert len(among_many) <= len(alone) + 2


def test_what_is_done_to_pages_keeps_the_order(section: Any, small_site: SmallSite) -> None:
    first, second, *_rest = fresh(section).get_children()
    first.copy(to=section, recursive=True, update_attrs={"slug": "kopia", "title": "Kopia"})
    assert_in_order(section)
    fresh(second).move(fresh(small_site.about), pos="first-child")
    assert_in_order(section)
    assert_in_order(small_site.about)
    fresh(second).move(fresh(section), pos="first-child")
    assert_in_order(section)
    fresh(first).specific.create_alias(parent=fresh(section), update_slug="alias")
    assert_in_order(section)
    alias = make_alias(fresh(section).specific, "smj")
    shown = make_alias(fresh(second).specific, "smj")
    assert_in_order(section)
    shown.refresh_from_db()
    ConvertAliasPageAction(fresh(alias)).execute(skip_permission_checks=True)
    ConvertAliasPageAction(fresh(shown)).execute(skip_permission_checks=True)
    assert_in_order(section)
    fresh(first).delete()
    assert_in_order(section)
    new = ContentPageFactory(parent=fresh(section), title="Ny", slug="ny")
    fresh(new).move(fresh(section), pos="first-child")
    assert_in_order(section)


def test_pages_without_a_source_come_last_by_their_own_tree(section: Any) -> None:
    finnish = section.get_translations().get(locale__language_code="fi")
    alone = [
        ContentPageFactory(
            parent=fresh(finnish), title=f"Oma {n}", slug=f"oma-{n}", locale=finnish.locale
        )
        for n in range(3)
    ]
    keys = [page.translation_key for page in alone]
    assert keys_below(finnish)[-3:] == keys
    position = dict(PagePosition.objects.values_list("key", "position"))
    assert all(OF_OTHERS.have(position[key]) for key in keys)
    assert sorted(keys, key=position.__getitem__) == keys
    # Above all: it comes first of those that have no source.
    fresh(alone[2]).move(fresh(finnish), pos="first-child")
    assert keys_below(finnish)[-3:] == [keys[2], keys[0], keys[1]]
    # One that gets a source stands where that stands, and one that loses it comes last again.
    source = ContentPageFactory(parent=fresh(section), title="Egen", slug="egen")
    Page.objects.filter(pk=source.pk).update(translation_key=keys[0])
    call_command("fixtree", interactive=False, stdout=StringIO())
    assert keys_below(finnish)[-3:] == [keys[0], keys[2], keys[1]]
    assert OF_SOURCE.have(PagePosition.objects.get(pk=keys[0]).position)
    assert list(order_faults()) == []
    fresh(source).delete()
    assert OF_OTHERS.have(PagePosition.objects.get(pk=keys[0]).position)
    assert set(keys_below(finnish)[-3:]) == set(keys)
    assert list(order_faults()) == []


def test_a_translation_that_is_moved_among_its_siblings_goes_back(section: Any) -> None:
    english = section.get_translations().get(locale__language_code="en")
    before = keys_below(english)
    positions = dict(PagePosition.objects.values_list("key", "position"))
    fresh(english).get_children().last().move(fresh(english), pos="first-child")
    assert keys_below(english) == before
    assert dict(PagePosition.objects.values_list("key", "position")) == positions


def test_ranks_that_were_lost_are_found_and_made_anew(section: Any) -> None:
    wanted = keys_below(section)
    PagePosition.objects.filter(key__in=wanted[2:4]).delete()
    PagePosition.objects.filter(key=wanted[4]).update(position=1)
    stray = PagePosition.objects.create(key=UUID(int=1), position=1)
    english = section.get_translations().get(locale__language_code="en")
    assert [fault for fault in order_faults() if str(section.pk) in fault]
    assert [fault for fault in order_faults() if str(english.pk) in fault]
    call_command("published", "rebuild", stdout=StringIO(), stderr=StringIO())
    assert_in_order(section)
    assert keys_below(section) == wanted
    assert not PagePosition.objects.filter(pk=stray.pk).exists()
