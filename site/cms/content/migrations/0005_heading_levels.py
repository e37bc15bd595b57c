"""Headings whose level is stored as text, as forms stored it: it is a number, as in files.

Every model that has streams is looked through, whichever application it is of, and so are drafts.
In an empty database there is none yet.
"""

import json
from collections.abc import Iterator
from typing import Any

from django.db import migrations

from cms.content.stream_field import StreamField

BATCH = 200


def with_numbers(value: Any) -> Any:
    """A stored value, with the level of each heading in it as a number."""
    if isinstance(value, list):
        return [with_numbers(item) for item in value]
    if not isinstance(value, dict):
        return value
    changed = {name: with_numbers(member) for name, member in value.items()}
    inner = changed.get("value")
    if changed.get("type") == "heading" and isinstance(inner, dict):
        level = inner.get("level")
        if isinstance(level, str) and level.isdecimal():
            changed["value"] = {**inner, "level": int(level)}
    return changed


def streams(apps: Any) -> Iterator[tuple[Any, list[str]]]:
    """Each model that has streams, with the names of these."""
    for model in apps.get_models():
        names = [
            field.name for field in model._meta.concrete_fields if isinstance(field, StreamField)
        ]
        if names:
            yield model, names


def forwards(apps: Any, schema_editor: Any) -> None:
    database = schema_editor.connection.alias
    existing = set(schema_editor.connection.introspection.table_names())
    for model, names in streams(apps):
        if model._meta.db_table in existing:
            _mend_rows(model.objects.using(database), names)
            _mend_drafts(apps, database, model, names)


def _mend_rows(rows: Any, names: list[str]) -> None:
    for row in rows.only("pk", *names).iterator(BATCH):
        stored = {name: list(getattr(row, name).raw_data) for name in names}
        mended = {name: with_numbers(stream) for name, stream in stored.items()}
        if mended != stored:
            rows.filter(pk=row.pk).update(**mended)


def _mend_drafts(apps: Any, database: str, model: Any, names: list[str]) -> None:
    content_types = apps.get_model("contenttypes", "ContentType").objects.using(database)
    found = content_types.filter(app_label=model._meta.app_label, model=model._meta.model_name)
    revisions = apps.get_model("wagtailcore", "Revision").objects.using(database)
    for revision in revisions.filter(content_type__in=found).iterator(BATCH):
        content = dict(revision.content)
        for name in names:
            if isinstance(content.get(name), str):
                # A revision holds a stream as JSON within its own.
                mended = with_numbers(json.loads(content[name]))
                content[name] = json.dumps(mended)
        if content != revision.content:
            revisions.filter(pk=revision.pk).update(content=content)


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0004_page_positions"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop, elidable=True)]
