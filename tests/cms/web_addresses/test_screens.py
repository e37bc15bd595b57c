"""The list of dead links, the start page and the panel beside the form, as editors meet them."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from cms.content.rules.admin.side_panel import RulesSidePanel
from cms.content.rules.judging import judge
from cms.web_addresses.admin.section import dead_links
from cms.web_addresses.checking.asking import Problem, Status
from cms.web_addresses.checking.hosts import host_of
from cms.web_addresses.models import WebAddress, WebAddressPlace
from cms.web_addresses.models.addresses import digest_of
from cms.web_addresses.turns import take_turn
from strategy.models import CulturePage, GoalPage, Indicator
from tests.cms.delivery.visibility.pages import fresh
from tests.cms.translation.editor.desk import translator
from tests.cms.wastebasket.test_screens import client_of, editor_below
from tests.cms.web_addresses.outside import outside
from tests.cms.web_addresses.test_gathering import gather_all, paragraph, publish_links
from tests.cms.web_addresses.test_turns import Clock
from tests.factories.site import ExampleSite

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

HOME = reverse("wagtailadmin_home")
LIST = reverse("cms_web_addresses:list")


def kill(url: str, days: int = 9) -> WebAddress:
    """Makes an address dead, whether or not it stands anywhere."""
    address, _is_new = WebAddress.objects.update_or_create(
        digest=digest_of(url),
        defaults={
            "url": url,
            "host": host_of(url),
            "status": Status.GONE,
            "problem": Problem.MISSING,
            "http_status": 404,
            "is_dead": True,
            "since": timezone.now() - timedelta(days=days),
        },
    )
    return address


def shown(client: Client, screen: str = LIST, **query: str) -> str:
    answer = client.get(screen, query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def culture(swedish_site: ExampleSite) -> Any:
    """A page with a dead link, and one that works."""
    page = publish_links(
        swedish_site.pages[CulturePage],
        {"type": "heading", "id": "h1", "value": {"text": "Mer", "level": "2"}},
        paragraph(1, "https://dead.se/a?b=1&amp;c=2", "https://alive.se/"),
    )
    gather_all()
    kill("https://dead.se/a?b=1&c=2")
    return page


def test_a_dead_link_is_shown_and_leads_to_its_field(
    culture: Any, admin_client: Client, settings: Settings
) -> None:
    edit = reverse("wagtailadmin_pages:edit", args=[culture.pk])
    settings.WEB_ADDRESSES_CHECK = True
    for address in (HOME, LIST, reverse("cms_web_addresses:list_results")):
        html = shown(admin_client, address)
        assert "https://dead.se/a?b=1&amp;c=2" in html
        assert "Sidan finns inte längre." in html
        assert f'href="{edit}#block-p1-section"' in html
        assert "alive.se" not in html
    assert "svenska · Stycke, nummer 2 i ”Brödtext”" in html
    assert "dead.se" not in shown(admin_client, LIST, state="moved")
    assert "dead.se" in shown(admin_client, LIST, q="DEAD.se/a")
    assert "dead.se" not in shown(admin_client, LIST, q="elsewhere")

    # The panel beside the form says it of the draft, without asking anybody.
    draft = fresh(culture)
    [finding] = [one for one in judge(draft).advice if one.code == "web_address_dead"]
    assert finding.path == ("body", "p1")
    assert finding.message == (
        "https://dead.se/a?b=1&c=2 är en död länk. Sidan finns inte längre. "
        "Rätta länken eller ta bort den."
    )
    request = RequestFactory().get("/")
    request.user = User.objects.get(username="admin")
    panel = RulesSidePanel(draft, request).render_html({"request": request})
    assert 'href="#block-p1-section"' in panel

    fresh(culture).unpublish()
    assert "dead.se" not in shown(admin_client)


@pytest.mark.usefixtures("_asking")
def test_from_publishing_to_the_start_page_and_off_it(
    swedish_site: ExampleSite, admin_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(monkeypatch)
    with outside() as server:
        gather_all()
        WebAddress.objects.all().delete()
        url = server.url("404")
        culture = publish_links(swedish_site.pages[CulturePage], paragraph(1, url))
        take_turn.call()
        assert url not in shown(admin_client, HOME)
        clock.let_pass(hours=30)
        take_turn.call()
        assert url in shown(admin_client, HOME)
        # The page outside comes back, and an editor does not wait for the next look.
        server.changed["404"] = "204"
        clock.let_pass(hours=1)
        dead = WebAddress.objects.get(url=url)
        admin_client.post(reverse("cms_web_addresses:try_again", args=[dead.pk]))
        assert url in shown(admin_client, HOME)
        take_turn.call()
        assert url not in shown(admin_client, HOME)
    dead.refresh_from_db()
    assert (dead.status, dead.failures) == (Status.WORKS, 0)
    assert not [one for one in judge(fresh(culture)).advice if one.code == "web_address_dead"]


def test_a_fact_and_its_form(swedish_site: ExampleSite, admin_client: Client) -> None:
    indicator: Any = Indicator.objects.exclude(source_url="").filter(live=True).first()
    gather_all()
    kill(indicator.source_url)
    edit = reverse(Indicator.snippet_viewset.get_url_name("edit"), args=[indicator.pk])
    assert f"{edit}#id_source_url-label" in shown(admin_client)
    [finding] = [one for one in judge(indicator).advice if one.code == "web_address_dead"]
    assert finding.path == ("source_url",)


def test_who_says_that_it_is_right(
    culture: Any, admin_client: Client, admin_user: User, settings: Settings
) -> None:
    dead = WebAddress.objects.get(is_dead=True)

    def said(name: str) -> str:
        address = reverse(f"cms_web_addresses:{name}", args=[dead.pk])
        assert admin_client.get(address).status_code == 405
        answer = admin_client.post(address, {"next": f"{LIST}?q=dead"})
        assert answer.headers["Location"] == f"{LIST}?q=dead"
        dead.refresh_from_db()
        return shown(admin_client)

    assert "dead.se/a" not in said("confirm").partition('id="listing-results"')[2]
    assert (dead.confirmed_by, dead.confirmed_at is not None) == (admin_user, True)
    assert not [one for one in judge(culture).advice if one.code == "web_address_dead"]
    kept = shown(admin_client, LIST, state="confirmed")
    assert "dead.se/a" in kept
    assert f"{admin_user.get_username()} markerade den" in kept
    # Another address is looked after anew.
    publish_links(culture, paragraph(1, "https://dead.se/a?b=2"))
    gather_all()
    other = kill("https://dead.se/a?b=2")
    assert other.confirmed_at is None
    publish_links(culture, paragraph(1, "https://dead.se/a?b=1&amp;c=2"))
    gather_all()
    dead.refresh_from_db()
    assert dead.confirmed_by == admin_user
    assert "dead.se/a" in said("look_after")
    assert (dead.confirmed_by_id or dead.confirmed_at) is None

    said("try_again")
    assert not dead.is_wanted  # It is turned off here.
    settings.WEB_ADDRESSES_CHECK = True
    assert "Den provas snart igen." in said("try_again")
    assert (dead.is_wanted, dead.next_check_at <= timezone.now()) == (True, True)
    address = reverse("cms_web_addresses:confirm", args=[dead.pk])
    answer = admin_client.post(address, {"next": "//elsewhere.example.org/"})
    assert answer.headers["Location"] == LIST


def test_each_sees_what_is_theirs_to_mend(swedish_site: ExampleSite, culture: Any) -> None:
    goal = publish_links(swedish_site.pages[GoalPage], paragraph(1, "https://other.se/"))
    gather_all()
    other = kill("https://other.se/")
    client = client_of(editor_below(culture, "change"))
    for address in (HOME, LIST):
        html = shown(client, address)
        assert "dead.se" in html
        assert "other.se" not in html
    assert goal.title not in shown(client)
    for name in ("try_again", "confirm", "look_after"):
        address = reverse(f"cms_web_addresses:{name}", args=[other.pk])
        assert client.post(address, {"next": HOME}).headers["Location"] == HOME
        assert "Adressen står inte längre i listan." in shown(client, HOME)
    other.refresh_from_db()
    assert (other.is_wanted, other.confirmed_at) == (False, None)
    # The same address in both: each place is seen by who may change it.
    publish_links(goal, paragraph(1, "https://dead.se/a?b=1&amp;c=2"))
    gather_all()
    html = shown(client)
    assert culture.title in html
    assert goal.title not in html

    stranger = Client(raise_request_exception=False)
    stranger.force_login(translator())
    assert "https://dead.se" not in stranger.get(HOME).content.decode()
    assert stranger.get(LIST).status_code in {302, 403}
    dead = WebAddress.objects.get(url__startswith="https://dead.se")
    answer = stranger.post(reverse("cms_web_addresses:confirm", args=[dead.pk]))
    assert answer.status_code in {302, 403}
    dead.refresh_from_db()
    assert dead.confirmed_at is None


def test_an_empty_list_says_what_will_stand_there(
    swedish_site: ExampleSite, admin_client: Client, settings: Settings
) -> None:
    for is_checked, said in ((True, "som inte fungerar längre"), (False, "kontrolleras inte här")):
        settings.WEB_ADDRESSES_CHECK = is_checked
        for address in (HOME, LIST):
            assert said in shown(admin_client, address)


def test_many_dead_links_are_as_few_queries(culture: Any, admin_client: Client) -> None:
    def queries(address: str, **query: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            shown(admin_client, address, **query)
        return len(captured)

    screens: tuple[tuple[str, dict[str, str]], ...] = (
        (HOME, {}),
        (LIST, {}),
        (LIST, {"p": "3"}),
        (LIST, {"q": "nummer-49"}),
    )
    first = kill("https://många.se/nummer-49")
    places = [WebAddressPlace.objects.get(address__url__startswith="https://dead.se")]
    places[0].pk, places[0].address = None, first
    places[0].save()
    for address, query in screens:
        shown(admin_client, address, **query)
    before = [queries(address, **query) for address, query in screens]

    urls = [f"https://många.se/nummer-{number}" for number in range(5_000) if number != 49]
    WebAddress.objects.bulk_create(
        WebAddress(
            url=url,
            digest=digest_of(url),
            host="många.se",
            status=Status.GONE,
            problem=Problem.MISSING,
            is_dead=True,
        )
        for url in urls
    )
    WebAddressPlace.objects.bulk_create(
        WebAddressPlace(
            address_id=pk,
            type=places[0].type,
            object_id=culture.pk,
            page_id=culture.pk,
            locale="sv",
            field="body",
        )
        for pk in WebAddress.objects.filter(host="många.se")
        .exclude(pk=first.pk)
        .values_list("pk", flat=True)
    )
    assert [queries(address, **query) for address, query in screens] == before
    section = dead_links(User.objects.get(username="admin"), 5)
    assert (section.count, len(section.lines)) == (5_001, 5)
    # An address that stands everywhere is shown with some of its places.
    WebAddressPlace.objects.bulk_create(
        WebAddressPlace(
            address=first, type=places[0].type, object_id=culture.pk, page_id=culture.pk,
            locale="sv", field="body", number=number, block_type="link",
        )
        for number in range(200)
    )  # fmt: skip
    html = shown(admin_client, LIST, q="nummer-49")
    assert "och 196 till" in html
    assert f'href="{LIST}?address={first.pk}"' in html
    assert "nummer 200 i" in shown(admin_client, LIST, address=str(first.pk))


def test_the_dead_are_found_by_an_index(culture: Any) -> None:
    query = str(WebAddress.objects.dead().order_by("since", "pk").only("pk").query)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN {query}")
        else:
            cursor.execute(f"EXPLAIN QUERY PLAN {query}")
        plan = str(cursor.fetchall())
    assert "web_address_dead" in plan
