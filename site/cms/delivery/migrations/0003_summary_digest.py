from django.db import migrations, models


class Migration(migrations.Migration):
    """The field has a name that says what it is; the column keeps its own."""

    dependencies = [
        ("delivery", "0002_bodies_as_they_are"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RenameField("publisheddocument", "face", "summary_digest"),
                migrations.AlterField(
                    "publisheddocument",
                    "summary_digest",
                    models.CharField(max_length=64, db_column="face"),
                ),
            ],
        ),
    ]
