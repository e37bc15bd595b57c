from typing import Any

from django.db import migrations, models

BODIES = ("body", "deflated", "brotli")


class PutBodiesLast(migrations.operations.base.Operation):
    """Has the long columns stand last, so that SQLite finds the others without reading these."""

    reduces_to_sql = False
    reversible = True

    def state_forwards(self, app_label: str, state: Any) -> None:
        for name in BODIES:
            field = state.models[app_label, "publisheddocument"].fields.pop(name)
            state.models[app_label, "publisheddocument"].fields[name] = field
        state.reload_model(app_label, "publisheddocument")

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        if schema_editor.connection.vendor == "sqlite":
            model = to_state.apps.get_model(app_label, "PublishedDocument")
            schema_editor._remake_table(model)  # noqa: SLF001 - as Django itself alters a table

    def database_backwards(self, *args: Any) -> None:
        """Nothing: the order of columns means nothing but time."""

    def describe(self) -> str:
        return "Put the bodies of documents last"


class Migration(migrations.Migration):
    """``published rebuild``, which follows every upgrade, fills what is empty here."""

    dependencies = [("delivery", "0003_summary_digest")]

    operations = [
        migrations.AddField("publisheddocument", "parent_key", models.UUIDField(null=True)),
        migrations.AddField("publisheddocument", "position", models.BigIntegerField(null=True)),
        migrations.AddField("publisheddocument", "in_menu", models.BooleanField(default=False)),
        migrations.AddField(
            "publisheddocument", "title_language", models.CharField(default="", max_length=12)
        ),
        migrations.AddField("publisheddocument", "modified_at", models.DateTimeField(null=True)),
        PutBodiesLast(),
        migrations.AddField(
            "removal", "digest", models.CharField(default="", max_length=64)
        ),
        migrations.AddField("removal", "modified_at", models.DateTimeField(null=True)),
    ]
