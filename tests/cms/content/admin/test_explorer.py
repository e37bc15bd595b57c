"""A section of two thousand pages is listed, and put in order, page by page."""

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html
from wagtail.models import APIToken, Page

from cms.demo.access import apply_group
from cms.demo.groups import editor_groups
from cms.demo.site import HOME_KEY
from cms.translation.roles.groups import group_name
from home.models import ContentPage, HomePage
from tests.factories.many import add_content_pages
from tests.factories.pages import ContentPageFactory
from tests.factories.site import ExampleSite
from tests.factories.translations import translate
from tests.harness.sampling import amount

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

SHOWN = 50
MANY = amount(400, 2_000)
MAY_REORDER = ("administrator", "moderator")
ROLES = ("administrator", "editor", "moderator", "translator")


class Section(NamedTuple):
    """A page below which many are.

    Attributes:
        users: one of each role; the translator's section is the Lule Sámi one.
    """

    page: Page
    translated: Page
    users: dict[str, User]

    def of(self, role: str) -> Page:
        return self.translated if role == "translator" else self.page


@pytest.fixture
def section(swedish_site: ExampleSite, admin_user: User) -> Section:
    home = HomePage.objects.get(pk=swedish_site.home.pk)
    home.translation_key = HOME_KEY  # The demo's groups work below the demo's start page.
    home.save()
    page = ContentPageFactory(parent=home, title="Avsnitt", slug="avsnitt")
    translate(home, "smj")
    translated = translate(page, "smj")
    editors, moderators = (apply_group(definition) for definition in editor_groups())
    users = {"administrator": admin_user}
    for role, group in (
        ("editor", editors),
        ("moderator", moderators),
        ("translator", Group.objects.get(name=group_name("smj"))),
    ):
        users[role] = User.objects.create_user(role)
        users[role].groups.add(group)
    return Section(Page.objects.get(pk=page.pk), Page.objects.get(pk=translated.pk), users)


@pytest.fixture
def signed_in(section: Section) -> Callable[[str], Client]:
    def sign_in(role: str) -> Client:
        client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        client.force_login(section.users[role])
        return client

    return sign_in


def listed(client: Client, page: Page, query: str = "") -> tuple[Any, int, int]:
    """A list as the browser gets it, how many queries it took, and its bytes."""
    address = f"{reverse('wagtailadmin_explore', args=[page.pk])}{query}"
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    assert answer.status_code == 200
    return html.fromstring(answer.content.decode()), len(queries), len(answer.content)


def titles(document: Any) -> list[str]:
    return [
        " ".join(title.text_content().split())
        for title in document.cssselect("tbody td.title .title-wrapper [id$=_title]")
    ]


def order(page: Page) -> list[str]:
    return list(Page.objects.get(pk=page.pk).get_children().values_list("title", flat=True))


def token(document: Any) -> str:
    return str(document.cssselect("[name=csrfmiddlewaretoken]")[0].get("value"))


def drag(client: Client, document: Any, row: int, to: int) -> Any:
    """Drags a row to another, as Wagtail's script sends it."""
    table = document.cssselect("table.listing")[0]
    item = table.cssselect("tbody tr")[row].get("data-w-orderable-item-id")
    address = table.get("data-w-orderable-url-value").replace("999999", item)
    client.cookies["csrftoken"] = token(document)
    return client.post(f"{address}?position={to}", headers={"X-CSRFToken": token(document)})


@pytest.mark.parametrize("role", ROLES)
def test_two_thousand_pages_are_shown_in_pages(
    role: str, section: Section, signed_in: Callable[[str], Client]
) -> None:
    page, client = section.of(role), signed_in(role)
    add_content_pages(page, SHOWN)
    _document, queries_of_few, bytes_of_few = listed(client, page)
    add_content_pages(page, MANY - SHOWN)
    document, queries, size = listed(client, page)
    assert titles(document) == [f"Sida {number}" for number in range(1, SHOWN + 1)]
    assert queries <= queries_of_few
    assert size < bytes_of_few + 10_000
    assert "1-50" in " ".join(document.text_content().split()).replace("–", "-")
    handles = document.cssselect(".w-orderable__item__handle")
    assert len(handles) == (SHOWN if role in MAY_REORDER else 0)
    last, _queries, _size = listed(client, page, "?p=40")
    assert titles(last)[-1] == f"Sida {MANY}"


@pytest.mark.parametrize("role", MAY_REORDER)
def test_what_is_dragged_moves_within_what_is_shown(
    role: str, section: Section, signed_in: Callable[[str], Client]
) -> None:
    add_content_pages(section.page, 120)
    client = signed_in(role)
    document, _queries, _size = listed(client, section.page, "?p=2&ordering=ord")
    assert document.cssselect("table.listing")[0].get("style") == "counter-reset: place 50"
    assert drag(client, document, 0, 4).status_code == 200
    assert order(section.page)[49:56] == [
        f"Sida {number}" for number in (50, 52, 53, 54, 55, 51, 56)
    ]
    document, _queries, _size = listed(client, section.page, "?p=3&ordering=ord")
    assert drag(client, document, 19, 0).status_code == 200
    assert order(section.page)[99:102] == ["Sida 100", "Sida 120", "Sida 101"]
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_page_gets_any_place_by_its_number(
    section: Section, signed_in: Callable[[str], Client]
) -> None:
    below = add_content_pages(section.page, MANY)
    client = signed_in("moderator")
    for number, place in ((3, 1), (3, MANY), (1, MANY // 2), (MANY, 1), (MANY - 50, 4)):
        expected = order(section.page)
        title = f"Sida {number}"
        before = expected.index(title)
        address = f"/admin/pages/{below[number - 1]}/place/"
        document, _queries, _size = listed(client, section.page, f"?p={before // SHOWN + 1}")
        assert document.cssselect(f'tbody a[href="{address}"]')
        form = html.fromstring(client.get(address).content.decode())
        assert form.cssselect("[name=place]")[0].get("value") == str(before + 1)
        with CaptureQueriesContext(connection) as queries:
            answer = client.post(address, {"place": place, "csrfmiddlewaretoken": token(form)})
        assert answer.status_code == 302
        assert len(queries) < 110
        expected.insert(place - 1, expected.pop(before))
        assert order(section.page) == expected
        shown = client.get(answer["Location"].partition("#")[0]).content.decode()
        assert title in titles(html.fromstring(shown))
        assert f"number {place} of {MANY}" in shown or f"nummer {place} av {MANY}" in shown
    assert Page.find_problems() == ([], [], [], [], [])


@pytest.mark.parametrize("role", ["editor", "translator"])
def test_who_may_not_reorder_is_refused(
    role: str, section: Section, signed_in: Callable[[str], Client]
) -> None:
    page, client = section.of(role), signed_in(role)
    below = add_content_pages(page, 3)
    document, _queries, _size = listed(client, page)
    client.cookies["csrftoken"] = token(document)
    for name, arguments in (("cms_place_page", []), ("cms_drag_page", [0])):
        address = reverse(name, args=[below[0], *arguments])
        answer = client.post(
            f"{address}?position=2", {"place": 3}, headers={"X-CSRFToken": token(document)}
        )
        assert answer.status_code in (302, 403)
    assert order(page) == ["Sida 1", "Sida 2", "Sida 3"]


@pytest.mark.parametrize("place", ["", "0", "-1", "x", "121"])
def test_a_place_that_is_none_is_refused(
    place: str, section: Section, signed_in: Callable[[str], Client]
) -> None:
    below = add_content_pages(section.page, 120)
    client = signed_in("administrator")
    address = reverse("cms_place_page", args=[below[0]])
    form = html.fromstring(client.get(address).content.decode())
    answer = client.post(address, {"place": place, "csrfmiddlewaretoken": token(form)})
    assert answer.status_code == 200
    assert "error-message" in answer.content.decode()
    assert order(section.page)[0] == "Sida 1"


def test_what_is_below_stays_below(section: Section) -> None:
    add_content_pages(section.page, 5)
    parent = Page.objects.get(pk=section.page.pk)
    third = parent.get_children()[2]
    add_content_pages(third, 2)
    third = Page.objects.get(pk=third.pk)
    third.move(parent.get_children()[0], pos="left")
    moved = Page.objects.get(pk=third.pk)
    assert order(section.page) == [f"Sida {number}" for number in (3, 1, 2, 4, 5)]
    assert order(moved) == ["Sida 1", "Sida 2"]
    assert Page.find_problems() == ([], [], [], [], [])


@pytest.fixture
def finnish(section: Section) -> Page:
    """A section of two translations, begun in another order, and of two Finnish pages alone."""
    parent = translate(ContentPage.objects.get(pk=section.page.pk), "fi")
    for title in ("Ett", "Två"):
        ContentPageFactory(parent=section.page, title=title, slug=title.lower().replace("å", "a"))
    for page in reversed(ContentPage.objects.child_of(section.page)):
        translate(page, "fi")
    for title in ("Oma", "Toinen"):
        parent = Page.objects.get(pk=parent.pk)
        ContentPageFactory(parent=parent, title=title, slug=title.lower(), locale=parent.locale)
    return Page.objects.get(pk=parent.pk)


def test_translations_are_listed_in_the_order_of_their_sources(
    finnish: Page, signed_in: Callable[[str], Client]
) -> None:
    document, _queries, _size = listed(signed_in("administrator"), finnish)
    assert titles(document) == ["Ett [fi]", "Två [fi]", "Oma", "Toinen"]
    handles = [
        len(row.cssselect("button.w-orderable__item__handle"))
        for row in document.cssselect("table.listing tbody tr")
    ]
    assert handles == [0, 0, 1, 1]


def test_a_translation_says_which_page_to_move(
    section: Section, finnish: Page, signed_in: Callable[[str], Client]
) -> None:
    client = signed_in("administrator")
    document, _queries, _size = listed(client, finnish)
    assert drag(client, document, 0, 1).status_code == 409
    page = finnish.get_children()[1]
    source = page.get_translations().get(locale__language_code="sv")
    address = reverse("cms_place_page", args=[page.pk])
    form = html.fromstring(client.get(address).content.decode())
    assert "Två" in form.text_content()
    assert form.cssselect(f'a[href="{reverse("cms_place_page", args=[source.pk])}"]')
    assert not form.cssselect("[name=place]")
    answer = client.post(address, {"place": 1, "csrfmiddlewaretoken": token(document)})
    assert answer.status_code == 409
    assert order(finnish) == ["Ett [fi]", "Två [fi]", "Oma", "Toinen"]
    # Moving that page moves the translation.
    document, _queries, _size = listed(client, section.page)
    assert drag(client, document, 1, 0).status_code == 200
    assert order(finnish) == ["Två [fi]", "Ett [fi]", "Oma", "Toinen"]


def test_what_has_no_source_is_dragged_among_its_like(
    finnish: Page, signed_in: Callable[[str], Client]
) -> None:
    client = signed_in("administrator")
    document, _queries, _size = listed(client, finnish)
    assert drag(client, document, 3, 0).status_code == 200
    assert order(finnish) == ["Ett [fi]", "Två [fi]", "Toinen", "Oma"]


def test_the_api_refuses_to_move_a_translation_among_its_siblings(
    finnish: Page, admin_user: User
) -> None:
    [first, second, own, other] = finnish.get_children()
    _token, key = APIToken.create_token(user=admin_user, name="order")
    client = Client(headers={"Authorization": f"Bearer {key}"})

    def move(page: Page, destination: Page, position: str) -> Any:
        return client.post(
            f"/api/v3/pages/{page.pk}/actions/move/",
            {"destination_id": destination.pk, "position": position},
            content_type="application/json",
        )

    source = first.get_translations().get(locale__language_code="sv")
    for destination, position in ((second, "right"), (finnish, "last-child")):
        answer = move(first, destination, position)
        assert answer.status_code == 422
        assert f"Move page {source.pk}." in answer.content.decode()
    assert move(other, own, "left").status_code == 200
    assert order(finnish) == ["Ett [fi]", "Två [fi]", "Toinen", "Oma"]
    # Into another section it goes as ever.
    assert move(first, finnish.get_parent(), "last-child").status_code == 200
    assert move(source, source.get_next_sibling(), "right").status_code == 200
