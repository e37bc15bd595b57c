"""The migrations make a database out of nothing, on each of the databases.

``make test`` has them do it anew in each run; every test's database is a copy of what they made.
"""

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

pytestmark = pytest.mark.django_db


def test_every_migration_has_been_applied() -> None:
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
    applied = {key for key in executor.loader.applied_migrations if key[0] in _labels()}
    assert applied == set(MigrationLoader(None).disk_migrations)


def test_what_they_made_has_a_column_for_every_field() -> None:
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for model in apps.get_models(include_auto_created=True):
            # On SQLite the search's table is virtual and describes itself in another way.
            if model._meta.proxy or model._meta.app_label == "wagtailsearch":
                continue
            assert model._meta.db_table in tables
            described = connection.introspection.get_table_description(cursor, model._meta.db_table)
            columns = {field.column for field in model._meta.local_concrete_fields}
            assert columns <= {column.name for column in described}, model


def _labels() -> set[str]:
    return {config.label for config in apps.get_app_configs()}
