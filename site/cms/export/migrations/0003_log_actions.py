from django.db import migrations

from cms.common.former_names import LOG_ACTIONS


def rename(apps, names):
    """Lets the log of the site tell of exports by the names that its reports know."""
    entries = apps.get_model("wagtailcore", "ModelLogEntry").objects
    for former, action in names:
        entries.filter(action=former).update(action=action)


def forwards(apps, schema_editor):
    rename(apps, LOG_ACTIONS.items())


def backwards(apps, schema_editor):
    rename(apps, ((action, former) for former, action in LOG_ACTIONS.items()))


class Migration(migrations.Migration):

    dependencies = [
        ("export", "0002_export_files"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(forwards, backwards)]
