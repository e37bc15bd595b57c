"""Tests that run once have no database, and those that one may change run on both."""

import os
import subprocess
import sys

import pytest
from django.db import connection

from tests.harness.recipes import PROJECT
from tests.harness.selection import databases_of, runs_on_both, uses_database


def test_a_test_that_asks_for_none_has_none() -> None:
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        connection.ensure_connection()


def test_nor_has_what_it_starts() -> None:
    ask = "import django; django.setup(); from django.db import connection as c; c.cursor()"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", ask],
        cwd=PROJECT,
        env=os.environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "OperationalError" in done.stderr


def test_a_test_without_a_database_runs_once(request: pytest.FixtureRequest) -> None:
    assert not uses_database(request.node)
    assert not runs_on_both(request.node)


@pytest.mark.django_db
def test_a_marked_one_runs_on_both(request: pytest.FixtureRequest) -> None:
    assert runs_on_both(request.node)


def test_one_that_asks_runs_on_both(db: None, request: pytest.FixtureRequest) -> None:
    assert runs_on_both(request.node)


@pytest.mark.any_database
@pytest.mark.django_db
def test_one_that_says_so_runs_on_one(request: pytest.FixtureRequest) -> None:
    assert uses_database(request.node)
    assert not runs_on_both(request.node)


@pytest.mark.django_db
@pytest.mark.shared_out
def test_what_is_shared_out_runs_in_turn_on_one_and_the_other(
    request: pytest.FixtureRequest,
) -> None:
    assert databases_of([request.node] * 3) == [{"sqlite"}, {"postgresql"}, {"sqlite"}]


@pytest.mark.django_db
@pytest.mark.one_database("postgresql")
def test_what_takes_long_runs_on_the_one_that_is_named(request: pytest.FixtureRequest) -> None:
    assert databases_of([request.node]) == [{"postgresql"}]


@pytest.mark.django_db
def test_all_else_runs_on_both_unless_it_needs_none(request: pytest.FixtureRequest) -> None:
    assert databases_of([request.node]) == [{"sqlite", "postgresql"}]
    assert all(databases_of(request.session.items))
