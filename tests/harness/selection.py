"""Tells which tests a database makes a difference to.

A test belongs to one of six kinds:

- It asks for a fixture of the database, or is marked ``django_db``: it runs on both databases.
- Marked ``own_database``: what it starts uses a database that it is told of by ``DATABASE_URL``:
  it runs on both.
- Marked ``any_database``: it uses a database, but what it is about would be the same on another:
  a browser, a proxy, a foreign program, what a command says. It runs on SQLite.
- Marked ``one_database("sqlite")`` or ``("postgresql")``: it takes long. ``make test`` has it on
  that one, ``make release`` on both.
- In a module marked ``shared_out``: the module runs on both, its tests and their cases in turn on
  one and the other; ``make release`` has all on both.
- Anything else needs no database, and runs once. pytest-django lets it have none; a process that
  it starts is told of one that nobody can open.
"""

import os
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import count

import pytest

_FIXTURES = {"databases", "db", "django_db_setup", "transactional_db"}
_NO_DATABASE = "postgres://nobody@127.0.0.1:1/this-test-says-that-it-needs-no-database"
_FIRST, _SECOND = "sqlite", "postgresql"
_STARTED = time.monotonic()
_BEGAN = pytest.StashKey[float]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add our switch."""
    parser.addoption(
        "--second-database",
        action="store_true",
        help="leave out the tests that any database answers alike: they have run on another",
    )
    parser.addoption(
        "--long-tests-once",
        action="store_true",
        help="leave out the tests that take long and run on the other database",
    )
    parser.addoption(
        "--within",
        type=float,
        metavar="SECONDS",
        help="skip the tests that have not begun after so long",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Name our markers."""
    for marker in (
        "any_database: uses a database, and would say the same of another; runs on one",
        "one_database(name): takes long; runs on the one that is named, for a release on both",
        "shared_out: of a module, each test on one of the databases; for a release all on both",
        "own_database: starts what uses the database named by DATABASE_URL; runs on both",
    ):
        config.addinivalue_line("markers", marker)


def uses_database(item: pytest.Item) -> bool:
    """Tell whether a test, or what it starts, may use a database."""
    return (
        not _FIXTURES.isdisjoint(getattr(item, "fixturenames", ()))
        or item.get_closest_marker("django_db") is not None
        or item.get_closest_marker("own_database") is not None
        or item.get_closest_marker("any_database") is not None
    )


def runs_on_both(item: pytest.Item) -> bool:
    """Tell whether a test is to run on each database."""
    return uses_database(item) and item.get_closest_marker("any_database") is None


def databases_of(items: Sequence[pytest.Item]) -> list[frozenset[str]]:
    """Tell for each test the databases that ``make test`` runs it on.

    What is shared out is counted within its module, so that another module's tests move none.
    """
    turns: dict[str, count[int]] = defaultdict(count)

    def chosen(item: pytest.Item) -> frozenset[str]:
        if not runs_on_both(item):
            return frozenset({_FIRST})
        if (mark := item.get_closest_marker("one_database")) is not None:
            return frozenset(mark.args)
        if item.get_closest_marker("shared_out") is not None:
            return frozenset({(_FIRST, _SECOND)[next(turns[item.location[0]]) % 2]})
        return frozenset({_FIRST, _SECOND})

    return [chosen(item) for item in items]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests that run on another database."""
    is_second, once = config.getoption("--second-database"), config.getoption("--long-tests-once")
    here = _SECOND if is_second else _FIRST

    def is_chosen(item: pytest.Item, databases: frozenset[str]) -> bool:
        return here in databases if once else runs_on_both(item) or not is_second

    chosen = list(map(is_chosen, items, databases_of(items)))
    if not all(chosen):
        left_out = [item for item, is_here in zip(items, chosen, strict=True) if not is_here]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item, is_here in zip(items, chosen, strict=True) if is_here]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Let what a test without a database starts have none either."""
    item.stash[_BEGAN] = _processor_seconds()
    if uses_database(item):
        return (yield)
    before = os.environ.get("DATABASE_URL")
    os.environ["DATABASE_URL"] = _NO_DATABASE
    try:
        return (yield)
    finally:
        os.environ.pop("DATABASE_URL")
        if before is not None:
            os.environ["DATABASE_URL"] = before


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Begin no test after the time that there is."""
    limit: float | None = item.config.getoption("--within")
    if limit is not None and time.monotonic() - _STARTED > limit:
        pytest.skip(f"Not begun within {limit:.0f} seconds.")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """Note the processor time of a test, its fixtures and what they started and waited for."""
    try:
        return (yield)
    finally:
        spent = _processor_seconds() - item.stash[_BEGAN]
        item.user_properties.append(("processor", f"{spent:.2f}"))


def _processor_seconds() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system
