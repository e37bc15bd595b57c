"""The index of what is stored, for the admin's searches."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

CREATE = {
    "postgresql": [
        """
        ALTER TABLE delivery_search_indexedobject
            ADD COLUMN title_words tsvector NOT NULL DEFAULT '',
            ADD COLUMN all_words tsvector NOT NULL DEFAULT ''
        """,
        "ALTER TABLE delivery_search_indexedobject SET (toast_tuple_target = 128)",
        "ALTER TABLE delivery_search_indexedobject ALTER COLUMN title_words SET STORAGE MAIN",
        """
        CREATE INDEX delivery_search_objectwords ON delivery_search_indexedobject
            USING gin (title_words, all_words)
        """,
    ],
    "sqlite": [
        """
        CREATE VIRTUAL TABLE delivery_search_objectwords USING fts5 (
            title, text, folded_title, folded_text,
            tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* Co'"
        )
        """,
        """
        CREATE TRIGGER delivery_search_forget_object AFTER DELETE ON delivery_search_indexedobject
        BEGIN
            DELETE FROM delivery_search_objectwords WHERE rowid = old.id;
        END
        """,
    ],
}
DROP = {
    "postgresql": [],
    "sqlite": [
        "DROP TRIGGER delivery_search_forget_object",
        "DROP TABLE delivery_search_objectwords",
    ],
}


def create(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in CREATE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):

    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("delivery_search", "0002_languages_of_texts"),
    ]

    operations = [
        migrations.CreateModel(
            name="IndexedObject",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("object_id", models.CharField(max_length=50)),
                ("is_autocomplete", models.BooleanField()),
                ("title_length", models.PositiveIntegerField()),
                ("length", models.PositiveIntegerField()),
                ("content_type", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="contenttypes.contenttype")),
            ],
        ),
        migrations.AddConstraint(
            model_name="indexedobject",
            constraint=models.UniqueConstraint(fields=("object_id", "content_type", "is_autocomplete"), name="one_row_for_each_use"),
        ),
        migrations.RunPython(create, drop),
    ]
