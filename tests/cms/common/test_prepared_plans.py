"""On PostgreSQL, what is asked most is planned once; what depends on its parameters is not."""

import pytest
from django.db import connection

from home.models import HomePage
from tests.cms.delivery.endpoints.asking import Fast, Views
from tests.factories.site import ExampleSite

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite keeps its own plans."),
]


def prepared() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        return [statement for (statement,) in cursor.fetchall()]


def test_what_is_asked_most_is_prepared(example_site: ExampleSite) -> None:
    home = example_site.pages[HomePage]
    for path in (f"/pages/{home.pk}/", f"/entries/sv/{home.translation_key}/", "/entries/sv/"):
        assert Fast()(path).status == 200
    statements = prepared()
    for condition in ("d.page_id = $", "e.key = $", "ORDER BY e.sort_key"):
        assert any(condition in statement for statement in statements), condition


def test_a_part_of_the_tree_is_planned_for_its_size(example_site: ExampleSite) -> None:
    home = example_site.pages[HomePage]
    assert Views()(f"/entries/sv/?ancestor={home.translation_key}").status == 200
    assert not any("delivery_documenttoken" in statement for statement in prepared())


def test_a_list_is_planned_for_as_many_as_it_shows(example_site: ExampleSite) -> None:
    """A plan for a tenth of the site would sort all of it, ten times as slowly."""
    assert Fast()("/entries/sv/?limit=7").status == 200
    assert any(
        statement.endswith("LIMIT 8") for statement in prepared() if "e.sort_key" in statement
    )
