"""The text of each document, and the index of either database."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

CREATE = {
    "postgresql": [
        """
        ALTER TABLE delivery_search_indexedtext
            ADD COLUMN title_words tsvector NOT NULL,
            ADD COLUMN all_words tsvector NOT NULL
        """,
        # Texts and words stand outside the rows, so that looking through many rows is quick; the
        # words of titles, which are looked at for each row that is found, stand within them.
        "ALTER TABLE delivery_search_indexedtext SET (toast_tuple_target = 128)",
        "ALTER TABLE delivery_search_indexedtext ALTER COLUMN title_words SET STORAGE MAIN",
        """
        CREATE INDEX delivery_search_words ON delivery_search_indexedtext
            USING gin (title_words, all_words)
        """,
    ],
    "sqlite": [
        # The words come separated by spaces, their marks in them: all that is to be kept together.
        """
        CREATE VIRTUAL TABLE delivery_search_words USING fts5 (
            title, text, folded_title, folded_text,
            tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* Co'"
        )
        """,
        """
        CREATE TRIGGER delivery_search_forget AFTER DELETE ON delivery_search_indexedtext
        BEGIN
            DELETE FROM delivery_search_words WHERE rowid = old.document_id;
        END
        """,
    ],
}
DROP = {
    "postgresql": [],
    "sqlite": [
        "DROP TRIGGER delivery_search_forget",
        "DROP TABLE delivery_search_words",
    ],
}


def create(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in CREATE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("delivery", "0001_published_documents"),
    ]

    operations = [
        migrations.CreateModel(
            name="IndexedText",
            fields=[
                ("document", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="indexed_text", serialize=False, to="delivery.publisheddocument")),
                ("title_length", models.PositiveIntegerField()),
                ("length", models.PositiveIntegerField()),
                ("title", models.TextField()),
                ("text", models.TextField()),
            ],
        ),
        migrations.RunPython(create, drop),
    ]
