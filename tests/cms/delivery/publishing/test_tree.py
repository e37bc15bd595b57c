"""A page that one had open while another changed the tree keeps the place that it has now."""

from typing import Any

import pytest
from wagtail.models import Page

from home.models import ContentPage
from tests.cms.delivery.publishing.reader import Reader, assert_stored_equals_rendered
from tests.cms.delivery.publishing.small_site import SmallSite, fresh, publish


def child(parent: Any, title: str) -> Any:
    page = ContentPage(title=title, slug=title.lower(), live=False)
    fresh(parent).add_child(instance=page)
    return publish(page)


@pytest.fixture
def sections(small_site: SmallSite) -> tuple[Any, Any]:
    """Two pages below the start page."""
    return child(small_site.home, "Ena"), child(small_site.home, "Andra")


def assert_in_order(reader: Reader) -> None:
    assert not any(Page.find_problems())
    for page in Page.objects.filter(depth__gt=2):
        assert page.url_path == f"{Page.objects.parent_of(page).get().url_path}{page.slug}/"
    assert_stored_equals_rendered(reader)


def test_publishing_what_was_moved_meanwhile(sections: tuple[Any, Any], reader: Reader) -> None:
    first, second = sections
    page = child(first, "Sida")
    opened = fresh(page)
    fresh(page).move(fresh(second), pos="last-child")
    opened.title = "Sidan"
    opened.save_revision().publish()
    assert fresh(page).url_path == f"{fresh(second).url_path}sida/"
    assert fresh(page).title == "Sidan"
    assert_in_order(reader)


def test_another_slug_for_what_was_moved_meanwhile(
    sections: tuple[Any, Any], reader: Reader
) -> None:
    first, second = sections
    page = child(first, "Sida")
    below = child(page, "Under")
    opened = fresh(page)
    assert opened.get_parent() == Page.objects.get(pk=first.pk)
    fresh(page).move(fresh(second), pos="last-child")
    opened.slug = "annan"
    opened.save_revision().publish()
    assert fresh(below).url_path == f"{fresh(second).url_path}annan/under/"
    assert_in_order(reader)


def test_publishing_below_what_was_renamed_meanwhile(
    sections: tuple[Any, Any], reader: Reader
) -> None:
    first, _second = sections
    page = child(first, "Sida")
    opened = fresh(page)
    assert opened.get_parent() == Page.objects.get(pk=first.pk)
    publish(first, slug="forsta")
    opened.save_revision().publish()
    assert fresh(page).url_path.endswith("/forsta/sida/")
    assert_in_order(reader)


def test_publishing_what_got_a_child_meanwhile(sections: tuple[Any, Any], reader: Reader) -> None:
    first, _second = sections
    opened = fresh(first)
    child(first, "Sida")
    opened.save_revision().publish()
    assert fresh(first).numchild == 1
    assert_in_order(reader)


def test_a_child_for_what_was_moved_meanwhile(sections: tuple[Any, Any], reader: Reader) -> None:
    first, second = sections
    opened = fresh(first)
    fresh(first).move(fresh(second), pos="last-child")
    opened.add_child(instance=ContentPage(title="Sida", slug="sida"))
    assert_in_order(reader)


def test_moving_what_was_moved_meanwhile(sections: tuple[Any, Any], reader: Reader) -> None:
    first, second = sections
    page = child(first, "Sida")
    opened, target = fresh(page), fresh(second)
    fresh(second).move(fresh(first), pos="first-child")
    opened.move(target, pos="last-child")
    assert fresh(page).url_path.endswith("/ena/andra/sida/")
    assert_in_order(reader)


def test_deleting_takes_nothing_that_came_to_its_place(
    sections: tuple[Any, Any], reader: Reader
) -> None:
    first, second = sections
    page = child(first, "Sida")
    opened = fresh(page)
    fresh(page).move(fresh(second), pos="last-child")
    other = child(first, "Annan")
    assert other.path == opened.path
    opened.delete()
    assert ContentPage.objects.filter(pk=other.pk).exists()
    assert not ContentPage.objects.filter(pk=page.pk).exists()
    gone = fresh(other)
    fresh(other).delete()
    child(first, "Tredje")
    with pytest.raises(Page.DoesNotExist):
        gone.delete()
    assert_in_order(reader)
