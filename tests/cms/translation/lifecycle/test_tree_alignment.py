"""Tests of what the source's place, publication or access means for its translations."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.utils.translation import override
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail_localize.models import StringTranslation

from cms.translation.lifecycle.taking_down import Choice, choosing
from cms.translation.lifecycle.tree_alignment import Reason, divergences
from home.models import ContentPage
from strategy.models import Municipality
from tests.factories.site import ExampleSite
from tests.factories.translations import enter_translations, marked, translate

pytestmark = [pytest.mark.django_db, pytest.mark.one_database("postgresql")]


def page_under(parent: Page, title: str) -> ContentPage:
    page = ContentPage(title=title, slug=title.lower())
    Page.objects.get(pk=parent.pk).specific.add_child(instance=page)
    page.save_revision().publish()
    return ContentPage.objects.get(pk=page.pk)


def fresh(page: Any) -> Any:
    return type(page).objects.get(pk=page.pk)


def reasons(page: Any) -> list[Reason]:
    return [one.reason for one in divergences() if one.target_id == page.pk]


@pytest.fixture
def sections(swedish_site: ExampleSite) -> tuple[ContentPage, ContentPage, ContentPage]:
    """Two sections, and a page in the first."""
    first, second = page_under(swedish_site.home, "Ett"), page_under(swedish_site.home, "Två")
    page = page_under(first, "Sida")
    translate(swedish_site.home, "smj")
    return first, second, page


def test_a_translation_moves_with_its_source(
    sections: tuple[ContentPage, ContentPage, ContentPage],
) -> None:
    first, second, page = sections
    targets = [translate(one, "smj") for one in (first, second, page)]
    assert targets[2].get_parent().pk == targets[0].pk
    fresh(page).move(fresh(second), pos="last-child")
    moved = fresh(targets[2])
    assert moved.get_parent().pk == targets[1].pk
    assert not reasons(moved)
    assert Redirect.objects.filter(redirect_page=moved, old_path__contains="ett-smj").exists()
    assert Page.find_problems() == ([], [], [], [], [])


def test_without_a_parent_to_move_under_it_stays_and_is_reported(
    sections: tuple[ContentPage, ContentPage, ContentPage],
) -> None:
    first, second, page = sections
    parent, target = translate(first, "smj"), translate(page, "smj")
    fresh(page).move(fresh(second), pos="last-child")
    assert fresh(target).get_parent().pk == parent.pk
    assert reasons(target) == [Reason.MOVED]
    translate(second, "smj")
    assert reasons(target) == [Reason.MOVED]


def test_an_occupied_address_gives_way(
    sections: tuple[ContentPage, ContentPage, ContentPage],
) -> None:
    first, second, page = sections
    for one in (first, second):
        translate(one, "smj")
    target = translate(page, "smj")
    other = translate(page_under(second, "Annan"), "smj")
    Page.objects.filter(pk=other.pk).update(slug=target.slug)
    fresh(page).move(fresh(second), pos="first-child")
    moved = fresh(target)
    assert moved.get_parent().pk == fresh(other).get_parent().pk
    assert moved.slug != fresh(other).slug


def test_siblings_stand_in_the_order_of_the_source(
    sections: tuple[ContentPage, ContentPage, ContentPage],
) -> None:
    first, _second, page = sections
    translate(first, "smj")
    pages = [page, page_under(first, "Andra"), page_under(first, "Tredje")]
    # Translated in another order, and one of them not at all.
    last, middle = translate(pages[2], "smj"), translate(pages[0], "smj")
    fresh(pages[2]).move(fresh(pages[0]), pos="left")
    siblings = fresh(middle).get_parent().get_children().values_list("pk", flat=True)
    assert list(siblings) == [last.pk, middle.pk]
    fresh(pages[2]).move(fresh(pages[1]), pos="right")
    siblings = fresh(middle).get_parent().get_children().values_list("pk", flat=True)
    assert list(siblings) == [middle.pk, last.pk]


def test_what_is_unpublished_or_deleted_is_reported_where_it_was_left(
    sections: tuple[ContentPage, ContentPage, ContentPage],
) -> None:
    _first, second, page = sections
    target = translate(page, "smj")
    with choosing(Choice.LEAVE):
        fresh(page).unpublish()
    assert fresh(target).live
    [found] = [one for one in divergences() if one.target_id == target.pk]
    assert (found.reason, found.locale_code) == (Reason.UNPUBLISHED, "smj")
    assert found.edit_url == f"/admin/pages/{target.pk}/edit/"
    assert not divergences([Locale.objects.get(language_code="fi").pk])
    with choosing(Choice.LEAVE):
        fresh(page).delete()
    assert fresh(target).live
    assert reasons(target) == [Reason.DELETED]
    assert not reasons(second)


def test_a_snippet_without_its_source_is_reported(swedish_site: ExampleSite) -> None:
    municipality = Municipality.objects.filter(locale__language_code="sv").first()
    target = translate(municipality, "smj")
    assert not reasons(target)
    fresh(municipality).unpublish()
    assert reasons(target) == [Reason.UNPUBLISHED]


def test_a_closed_page_is_closed_in_every_language(
    sections: tuple[ContentPage, ContentPage, ContentPage],
) -> None:
    page = sections[2]
    target = translate(page, "smj")
    group = Group.objects.create(name="Styrelsen")
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="groups")
    restriction.groups.add(group)
    assert list(fresh(target).get_view_restrictions()) == [restriction]
    assert not target.view_restrictions.exists()
    restriction.delete()
    assert not fresh(target).get_view_restrictions().exists()


def test_a_page_closed_in_its_language_alone_stays_closed(
    sections: tuple[ContentPage, ContentPage, ContentPage],
) -> None:
    page = sections[2]
    target = translate(page, "smj")
    own = PageViewRestriction.objects.create(page=target, restriction_type="login")
    translate(page, "smj")
    assert not page.get_view_restrictions().exists()
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type="password", password="hemligt"
    )
    assert set(target.get_view_restrictions()) == {own, restriction}
    restriction.delete()
    assert list(target.get_view_restrictions()) == [own]


@pytest.mark.parametrize(
    ("slug", "remedy"),
    [("Ny adress", "ny-adress"), ("čáhci", "cahci"), ("ייִדיש", "a–z"), ("upptagen", "“Upptagen”")],
)
def test_an_address_that_cannot_be_is_refused_with_its_reason(
    slug: str, remedy: str, sections: tuple[ContentPage, ContentPage, ContentPage]
) -> None:
    first, _second, page = sections
    parent = translate(first, "smj")
    page_in_sami = ContentPage(title="Upptagen", slug="upptagen")
    fresh(parent).add_child(instance=page_in_sami)
    with override("en"):
        enter_translations(page, "smj", lambda path, source: slug if path == "slug" else None)
    entered = StringTranslation.objects.get(context__path="slug", data=slug)
    assert entered.has_error
    assert remedy in entered.get_error()
    entered.data = "ledig"
    entered.has_error = False
    entered.save()
    assert not StringTranslation.objects.get(pk=entered.pk).has_error


def test_a_new_address_leads_on_from_the_old_one(
    sections: tuple[ContentPage, ContentPage, ContentPage],
    django_capture_on_commit_callbacks: Any,
) -> None:
    page = sections[2]
    with django_capture_on_commit_callbacks(execute=True):
        target = translate(page, "smj", marked("smj"))
    assert target.slug == "sida-smj"
    with django_capture_on_commit_callbacks(execute=True):
        target = translate(page, "smj", lambda path, source: "biejvve" if path == "slug" else None)
    assert fresh(target).slug == "biejvve"
    assert Redirect.objects.filter(redirect_page=target, old_path__endswith="sida-smj").exists()
