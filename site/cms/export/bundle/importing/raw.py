"""Stores rows as they are, many with one statement.

Django 5.2's ``bulk_create`` refuses the tables of page types, which share their key with Wagtail's
page, and puts the present time into fields that should say when something was made. ``_insert`` is
what it and ``save`` end in. May go when ``bulk_create`` does both.
"""

from collections.abc import Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import AutoField, BigAutoField

from cms.common.batches import batches


def insert(rows: Sequence[Any]) -> None:
    """Inserts rows of one model, which then know their keys. Nobody is told: no signal is sent.

    Of a type of page only what it adds to Wagtail's page is inserted.
    """
    if not rows:
        return
    model = type(rows[0])
    automatic = [
        field
        for field in model._meta.local_concrete_fields
        if isinstance(field, AutoField | BigAutoField)
    ]
    fields = [field for field in model._meta.local_concrete_fields if field not in automatic]
    size = max(1, connection.ops.bulk_batch_size(fields, list(rows)))
    for some in batches(rows, size):
        returned = model._base_manager._insert(  # noqa: SLF001 - see above
            some, fields, returning_fields=automatic, raw=True, using=DEFAULT_DB_ALIAS
        )
        for row, values in zip(some, returned or [()] * len(some), strict=True):
            for field, value in zip(automatic, values, strict=True):
                setattr(row, field.attname, value)
            state = row._state  # noqa: SLF001 - as Django's own methods leave it
            state.adding, state.db = False, DEFAULT_DB_ALIAS


def update(rows: Sequence[Any], names: Sequence[str]) -> None:
    """Writes some fields of stored rows of one model, with one statement that is prepared once.

    ``bulk_update`` writes a condition for each row and each field, which takes longer to write
    than to do.
    """
    if not rows:
        return
    model = type(rows[0])
    fields = [model._meta.get_field(name) for name in names]
    quote = connection.ops.quote_name
    columns = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    table, key = quote(model._meta.db_table), quote(model._meta.pk.column)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET {columns} WHERE {key} = %s",  # noqa: S608 - names of columns
            [
                [
                    *(
                        field.get_db_prep_save(getattr(row, field.attname), connection)
                        for field in fields
                    ),
                    row.pk,
                ]
                for row in rows
            ],
        )
