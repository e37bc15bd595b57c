"""Without an address nothing is published, and nothing leads to it."""

from typing import Any

import pytest
from wagtail.models import Page, Site

from cms.delivery.models import PublishedDocument
from cms.delivery.publishing.backlog import render_backlog
from cms.delivery.publishing.consistency_check import differences
from home.models import HomePage
from tests.cms.delivery.publishing.small_site import publish
from tests.cms.delivery.visibility.pages import fresh, make_page, move
from tests.factories.blocks import rich_text
from tests.factories.identity import Blocks
from tests.factories.site import ExampleSite

pytestmark = pytest.mark.django_db


@pytest.fixture
def elsewhere(swedish_site: ExampleSite) -> Any:
    """The start page of another site."""
    home = HomePage(title="Annan", slug="annan")
    Page.objects.get(depth=1).add_child(instance=home)
    home.save_revision().publish()
    Site.objects.create(hostname="annan.example", port=80, root_page=home)
    return fresh(home)


@pytest.fixture
def pointing(swedish_site: ExampleSite, elsewhere: Any) -> tuple[Any, Any]:
    """A page that leads to another, and that other, which stands on the other site."""
    target = make_page(elsewhere, "Målsidan")
    page = make_page(swedish_site.home, "Pekar")
    items = {"title": "Se", "pages": Blocks("addresses").items(target.pk)}
    publish(
        page,
        introduction=rich_text("Läs", page=target),
        body=[Blocks("addresses")("page_list", items)],
    )
    assert "Målsidan" in body_of(page)
    return page, target


def body_of(page: Any) -> str:
    return bytes(PublishedDocument.objects.get(page_id=page.pk).body).decode()


def lose_site(target: Any) -> None:
    Site.objects.get(hostname="annan.example").delete()


def lose_root(target: Any) -> None:
    site = Site.objects.get(hostname="annan.example")
    site.root_page = Site.objects.exclude(pk=site.pk).get().root_page
    site.save()


def move_out(target: Any) -> None:
    aside = HomePage(title="Vid sidan", slug="vid-sidan")
    Page.objects.get(depth=1).add_child(instance=aside)
    move(target, aside)


def delete(target: Any) -> None:
    fresh(target).delete()


@pytest.mark.parametrize("lose", [lose_site, lose_root, move_out, delete])
def test_what_lost_its_address_is_shown_nowhere(lose: Any, pointing: tuple[Any, Any]) -> None:
    page, target = pointing
    lose(target)
    render_backlog()
    assert "Målsidan" not in body_of(page)
    assert 'href=""' not in body_of(page).replace("\\", "")
    assert not PublishedDocument.objects.filter(page_id=target.pk).exists()
    assert list(differences()) == []


def test_what_never_had_one_is_not_shown_and_leaves_nothing_when_it_goes(
    swedish_site: ExampleSite,
) -> None:
    aside = HomePage(title="Vid sidan", slug="vid-sidan")
    Page.objects.get(depth=1).add_child(instance=aside)
    target = make_page(aside, "Målsidan")
    page = make_page(swedish_site.home, "Pekar")
    publish(page, introduction=rich_text("Läs", page=target))
    assert "href" not in body_of(page)
    fresh(target).delete()
    assert list(differences()) == []
