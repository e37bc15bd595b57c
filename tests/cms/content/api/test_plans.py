"""Tests that references are found by index, however many pages a site has."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from wagtail.models import Locale, Page

from cms.content.api.references.loading import page_query
from tests.factories.site import ExampleSite


@pytest.mark.django_db
def test_no_page_is_read_but_those_that_are_shown(example_site: ExampleSite) -> None:
    pages = Page.objects.filter(depth__gt=1)
    keys, paths, ids = zip(*pages.values_list("translation_key", "path", "pk")[:3], strict=True)
    query = page_query(keys, paths, ids, ids)
    steps = list(_postgresql_steps(query) if connection.vendor == "postgresql" else _steps(query))
    assert steps, "a plan without a step says nothing"
    assert not [step for step, is_by_index in steps if not is_by_index], steps


def _steps(query: Any) -> Iterator[tuple[str, bool]]:
    """Each step by which SQLite reads a table, and whether it does by an index."""
    for step in _explained("EXPLAIN QUERY PLAN", query):
        if step[-1].startswith(("SCAN ", "SEARCH ")):
            # Restrictions are few, and are all looked at. What a recursive query has found so far
            # is no table.
            is_small = "pageviewrestriction" in step[-1] or step[-1] == "SCAN cause"
            yield step[-1], step[-1].startswith("SEARCH") or is_small


def _postgresql_steps(query: Any) -> Iterator[tuple[str, bool]]:
    """Each step by which PostgreSQL reads pages, and whether it does by an index.

    Of few pages it would read all at once, so there are some thousands.
    """
    locale = Locale.get_default()
    Page.objects.bulk_create(
        Page(title="Sida", slug=f"sida-{number}", path=f"0009{number:08}", depth=3, locale=locale)
        for number in range(5_000)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE wagtailcore_page")
    ((plan,),) = _explained("EXPLAIN (FORMAT JSON)", query)
    waiting = [(json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]]
    for step in waiting:
        waiting += step.get("Plans", ())
        if step.get("Relation Name") == Page._meta.db_table:
            yield str(step), "Index Cond" in step or "Recheck Cond" in step


def _explained(how: str, query: Any) -> list[tuple[Any, ...]]:
    sql, parameters = query.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"{how} {sql}", parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
