"""Documents as hypothesis makes them: every tag, any script, every quotation mark."""

from datetime import UTC, datetime
from html import escape
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from cms.exchange.units import Header, ReceivedUnit, Unit, UnitGroup

KEY = UUID("b2f4a0c8-6d0e-4a57-9a52-0f2c1f7f6a11")
HEADER = Header("sv", "smj", datetime(2026, 11, 24, 12, 30, 5, 123456, tzinfo=UTC), "https://x.se")

SPECIMENS = (
    "Ett & två < tre > noll",
    "”Citat” \"rakt\" 'enkelt'",
    "Boade buoris 👩‍👧 julev­sáme",
    "ייִדיש און עברית",
    "å̈ č́ ŋ́",
    "fast\u00a0mellanrum",
    "=SUMMA(A1)",
    "2030",
)

TEXT = st.one_of(
    st.sampled_from(SPECIMENS),
    st.text(
        st.characters(
            exclude_categories=("Cs", "Cc", "Co", "Cn"), exclude_characters="\ufffe\uffff"
        ),
        min_size=1,
        max_size=20,
    ),
)


@st.composite
def fragments(draw: st.DrawFn, *, depth: int = 2) -> str:
    """A fragment as wagtail-localize stores one, its links numbered from the left."""
    links = 0

    def piece(level: int) -> str:
        nonlocal links
        kind = draw(st.sampled_from(("text", "text", "br", "pair", "link")))
        if kind == "br":
            return "<br/>"
        if kind == "text" or level == 0:
            return escape(draw(TEXT), quote=False)
        if kind == "link":
            links += 1
            opening = f'<a id="a{links}">'
            return f"{opening}{inside(level - 1)}</a>"
        tag = draw(st.sampled_from(("b", "i", "em", "strong", "code", "abbr", "sub", "sup")))
        return f"<{tag}>{inside(level - 1)}</{tag}>"

    def inside(level: int) -> str:
        return "".join(piece(level) for _ in range(draw(st.integers(1, 3))))

    return escape(draw(TEXT), quote=False) + inside(depth)


@st.composite
def units(draw: st.DrawFn) -> Unit:
    """A unit in any state."""
    target: str = draw(st.one_of(st.just(""), fragments()))
    states = ("needs-review", "translated", "final") if target else ("needs-translation",)
    source: str = draw(fragments())
    return Unit(
        path=draw(st.sampled_from(("title", "body.4c2f.text", "goals.9a.title"))),
        source=source,
        target=target,
        state=draw(st.sampled_from(states)),
        label="Brödtext › Stycke",
        note="Högst två meningar & inget mer.",
        previous_source=draw(st.one_of(st.just(""), fragments())),
        previous_target=draw(st.one_of(st.just(""), fragments())),
        max_length=draw(st.one_of(st.none(), st.just(255))),
    )


def group(*chosen: Unit, key: UUID = KEY) -> UnitGroup:
    return UnitGroup(key, "test.Page", "Kust & hav", "/sv/kust/", "https://x.se/sv/kust/", chosen)


def unit(source: str, target: str = "", state: Any = "needs-translation", **more: Any) -> Unit:
    return Unit(path=more.pop("path", "title"), source=source, target=target, state=state, **more)


def essence(received: ReceivedUnit) -> tuple[Any, ...]:
    """The parts of a unit that have to come back."""
    return (received.key, received.path, received.source, received.target, received.state)
