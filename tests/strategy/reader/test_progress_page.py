"""The page *How is the county doing?* shows every published goal with its state, and no more."""

from collections import Counter
from fractions import Fraction

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from strategy.models import GoalPage, Indicator, PriorityAreaPage, StrategyPage
from tests.cms.content.reader.markup import Element
from tests.factories.pages import GoalPageFactory, PriorityAreaPageFactory
from tests.factories.site import ExampleSite
from tests.factories.translations import marked, only, translate
from tests.strategy.reader.goals import ADDRESS, D, Row, Series, add_goal, opened

pytestmark = pytest.mark.shared_out

EVIL = "<script>alert(1)</script>\"'&"

TARGETS: dict[str, Row] = {
    "Stigande i fas": (62, 2020, 80, 2030, [(D(2024, 12, 31), 70)]),
    "Precis på linjen": (0, 2020, 10, 2030, [(D(2025, 12, 31), 5.0)]),
    "Stigande efter": (62, 2020, 80, 2030, [(D(2024, 12, 31), 80), (D(2025, 6, 30), 63)]),
    "Fallande i fas": (40, 2020, 20, 2030, [(D(2023, 12, 31), 33)]),
    "Fallande efter": (40, 2020, 20, 2030, [(D(2023, 12, 31), 39)]),
    "Nådd": (1, 2020, 2, 2030, [(D(2021, 12, 31), 2.5)]),
    "Efter sitt år": (1, 2015, 2, 2020, [(D(2024, 12, 31), 1.9)]),
    "Håller nivån": (5, 2020, 5, 2030, [(D(2024, 12, 31), 5)]),
    "Tappar nivån": (5, 2020, 5, 2030, [(D(2024, 12, 31), 4)]),
    "Bara utgångsåret": (5, 2020, 9, 2030, [(D(2020, 12, 31), 5)]),
    "Aldrig mätt": (5, 2020, 9, 2030, []),
    "Negativ": (-10, 2020, 10, 2030, [(D(2026, 12, 31), 3)]),
}


def independent_state(baseline: float, start: int, target: float, end: int, values: Series) -> str:
    """The state, worked out in fractions from the sentence on the page."""
    later = sorted(one for one in values if one[0].year > start)
    if not later:
        return "no_data"
    day, latest = later[-1]
    if baseline == target:
        return "reached" if latest >= target else "behind"
    sign = 1 if target > baseline else -1
    if sign * latest >= sign * target:
        return "reached"
    begin, finish = (D(year, 12, 31).toordinal() for year in (start, end))
    share = min(Fraction(1), Fraction(day.toordinal() - begin, finish - begin))
    line = Fraction(baseline) + (Fraction(target) - Fraction(baseline)) * share
    # A day's share of a year that is no half: on the line to a billionth.
    is_better = sign * (Fraction(latest) - line) >= -Fraction(1, 10**9)
    return "on_track" if is_better else "behind"


@pytest.fixture
def measured_site(swedish_site: ExampleSite) -> ExampleSite:
    """A goal for each of ``TARGETS``, and one that has all of them."""
    area = swedish_site.pages[PriorityAreaPage]
    for name, row in TARGETS.items():
        add_goal(area, name, [row])
    add_goal(area, "Allt", list(TARGETS.values()))
    return swedish_site


def goals_on(page: Element) -> dict[str, list[str]]:
    """The states that each goal has on the page, by its name."""
    found = {}
    for goal in page.find("li", class_="goal"):
        states = [
            element.attributes["class"].rpartition("state-")[2]
            for element in goal.find("span")
            if element.attributes.get("class", "").startswith("state ")
        ]
        found[goal.find("h3")[0].whole_text()] = states
    return found


def test_states_are_those_of_an_independent_count(
    measured_site: ExampleSite, visitor: Client
) -> None:
    page = opened(visitor)
    states = [independent_state(*row) for row in TARGETS.values()]
    assert set(states) == {"reached", "on_track", "behind", "no_data"}
    found = goals_on(page)
    own = found.pop("Fler i arbete")
    assert found == {
        **{name: [state] for name, state in zip(TARGETS, states, strict=True)},
        "Allt": states,
    }
    counted = Counter([*own, *states, *states])
    good = counted["reached"] + counted["on_track"]
    [tally] = page.find("p", class_="tally")
    assert tally.find("strong")[0].whole_text() == f"{good} av {counted.total()}"
    [by_state] = page.find("ul", class_="tally-states")
    counts = [int(one.whole_text()) for one in by_state.find("span", class_="count")]
    assert counts == [counted[one] for one in ("reached", "on_track", "behind", "no_data")]
    # The goal's own page and the API say the same.
    goal = GoalPage.objects.get(title="Allt")
    document = visitor.get(f"/api/v3/pages/{goal.pk}/").json()
    assert [row["state"] for row in document["indicators"]] == states
    details = opened(visitor, goal.url).find("details", class_="rule")
    assert len(details) == len(TARGETS)
    for state, one in zip(states, details, strict=True):
        assert one.find("span", class_=f"state state-{state}")


def test_it_costs_a_fixed_number_of_queries(swedish_site: ExampleSite, visitor: Client) -> None:
    opened(visitor)
    with CaptureQueriesContext(connection) as few:
        opened(visitor)
    area = swedish_site.pages[PriorityAreaPage]
    for name, row in list(TARGETS.items())[:4]:
        add_goal(area, name, [row])
    # The tree is read once for each state of the content.
    opened(visitor)
    with CaptureQueriesContext(connection) as many:
        opened(visitor)
    # Most of these are the frame's.
    assert len(many) == len(few) <= 30


def test_nothing_is_shown_that_is_not_published(swedish_site: ExampleSite, visitor: Client) -> None:
    area, strategy = swedish_site.pages[PriorityAreaPage], swedish_site.pages[StrategyPage]
    measure: Row = (62.0, 2020, 80.0, 2030, [(D(2024, 12, 31), 70.0)])
    add_goal(area, "Draget mål", [measure]).unpublish()
    GoalPageFactory(parent=area, title="Utkast", slug="utkast", live=False)
    closed = PriorityAreaPageFactory(parent=strategy, title="Stängt område", slug="stangt")
    add_goal(closed, "Stängt mål", [measure])
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    hidden = add_goal(area, "Dold indikator", [measure])
    Indicator.objects.get(name="Dold indikator 0").unpublish()
    bare = add_goal(area, "Utan indikator", [])
    # Its area has gone; the goal has not.
    gone = PriorityAreaPageFactory(parent=strategy, title="Borta", slug="borta")
    add_goal(gone, "Kvar", [measure])
    gone.refresh_from_db()
    gone.unpublish()
    page = opened(visitor)
    text = page.whole_text()
    for secret in ("Draget", "Utkast", "Stängt", "Dold indikator 0", "Borta"):
        assert secret not in text
    found = goals_on(page)
    assert found[hidden.title] == found[bare.title] == []
    assert found["Kvar"] == ["on_track"]
    assert [one.whole_text() for one in page.find("main")[0].find("h2")][-2] == "Övriga mål"
    # The strategy itself: none for a draft, and none when it has gone.
    StrategyPage.objects.get(pk=strategy.pk).unpublish()
    assert visitor.get(ADDRESS).status_code == 404


def test_a_strategy_that_is_no_plan_yet_has_none(
    swedish_site: ExampleSite, visitor: Client
) -> None:
    strategy = swedish_site.pages[StrategyPage]
    link = "progress.html"
    for state, status in (("draft", 404), ("adopted", 404), ("superseded", 200), ("in_force", 200)):
        fresh = StrategyPage.objects.get(pk=strategy.pk)
        fresh.state = state
        fresh.save_revision().publish()
        assert visitor.get(ADDRESS).status_code == status
        assert (link in visitor.get(strategy.url).content.decode()) == (status == 200)
    for address in ("/sv/progress.html", "/sv/strategi/liv/progress.html", "/sv/x/progress.html"):
        assert visitor.get(address).status_code == 404
    assert visitor.post(ADDRESS).status_code == 405
    # A page can never take the address: a slug has no dot.
    assert opened(visitor).find("h1")[0].whole_text() == "Hur går det för länet?"


def test_parts_in_another_language_say_so(swedish_site: ExampleSite, visitor: Client) -> None:
    """A strategy in Yiddish with goals in Swedish: names, words of ours, the way of writing."""
    add_goal(
        swedish_site.pages[PriorityAreaPage],
        "Bara på svenska",
        [(62.0, 2020, 80.0, 2030, [(D(2024, 12, 31), 70.0)])],
    )
    translate(swedish_site.home, "yi", only(marked("yi"), "title", "slug", "vision"))
    translate(swedish_site.pages[StrategyPage], "yi")
    page = opened(visitor, "/yi/strategi-yi/progress.html")
    assert page.find("html")[0].attributes["dir"] == "rtl"
    [heading] = page.find("h1")
    assert (heading.nearest("lang"), heading.nearest("dir")) == ("sv", "ltr")
    goal = page.find("li", class_="goal")[-1]
    [link] = goal.find("a")
    assert link.whole_text() == "Bara på svenska"
    assert (link.nearest("lang"), link.attributes["hreflang"]) == ("sv", "sv")
    assert goal.find("span", class_="name")[0].nearest("lang") == "sv"
    # The bar is filled from the right.
    [bar] = goal.find("svg", class_="progress-bar")
    [done] = bar.find("rect", class_="done")
    assert (done.attributes["x"], done.attributes["width"]) == ("55.6%", "44.4%")


def test_cards_of_goals_have_their_states(measured_site: ExampleSite, visitor: Client) -> None:
    """In the list of a priority area, and wherever else a goal is shown in short."""
    page = opened(visitor, measured_site.pages[PriorityAreaPage].url)
    found = {
        card.find("a")[0].whole_text(): [
            one.attributes["class"].rpartition("state-")[2]
            for one in card.find("span")
            if one.attributes.get("class", "").startswith("state ")
        ]
        for card in page.find("article")
    }
    # Beside goals the area's text lists pages of other types.
    listed = goals_on(opened(visitor))
    assert {name: states for name, states in found.items() if name in listed} == listed


def test_what_people_write_is_text(swedish_site: ExampleSite, visitor: Client) -> None:
    area = swedish_site.pages[PriorityAreaPage]
    measure: Row = (62.0, 2020, 80.0, 2030, [(D(2024, 12, 31), 70.0)])
    goal = add_goal(area, EVIL, [measure])
    indicator = Indicator.objects.get(name=f"{EVIL} 0")
    indicator.unit = EVIL
    indicator.save()
    for address in (ADDRESS, goal.url):
        # The parser refuses a script, and an attribute that runs one.
        page = opened(visitor, address)
        assert EVIL in page.whole_text()
    [title] = opened(visitor, goal.url).find("svg", role="img")[0].find("title")
    assert title.whole_text() == f"{EVIL} 0"
