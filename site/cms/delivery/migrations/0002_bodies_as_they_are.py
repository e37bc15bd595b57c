"""On PostgreSQL, the bodies stand as they are: what is compressed here is not compressed again."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

COLUMNS = ("body", "deflated", "brotli")


def set_storage(storage: str, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for column in COLUMNS:
            schema_editor.execute(
                f"ALTER TABLE delivery_publisheddocument ALTER COLUMN {column} SET STORAGE {storage}"
            )


def as_they_are(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    set_storage("EXTERNAL", schema_editor)


def compressed(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    set_storage("EXTENDED", schema_editor)


class Migration(migrations.Migration):
    dependencies = [("delivery", "0001_published_documents")]

    operations = [migrations.RunPython(as_they_are, compressed, elidable=False)]
