from collections import defaultdict

from django.db import migrations, models

SOURCE = "sv"
STEP = 4
STRIDE = 2**32
MIDDLE_OF_SOURCE = 2**51
MIDDLE_OF_OTHERS = 2**52 + 2**51


def fill(apps, schema_editor):
    """Give every key the rank that its page has in the tree, and every language that order.

    A key has its rank by the page of the source, else by the page that was made first.
    """
    page_model = apps.get_model("wagtailcore", "Page")
    position_model = apps.get_model("content", "PagePosition")
    rows = list(
        page_model.objects.using(schema_editor.connection.alias)
        .filter(depth__gt=1)
        .order_by("path")
        .values_list("pk", "path", "translation_key", "locale__language_code")
    )
    deciding = {}
    for pk, _path, key, code in rows:
        best = deciding.get(key)
        if best is None or (code != SOURCE, pk) < best:
            deciding[key] = (code != SOURCE, pk)
    sections = defaultdict(list)
    for pk, path, key, code in rows:
        if deciding[key] == (code != SOURCE, pk):
            sections[path[:-STEP], code != SOURCE].append(key)
    positions = {}
    for (_above, is_other), keys in sections.items():
        first = MIDDLE_OF_OTHERS if is_other else MIDDLE_OF_SOURCE
        positions.update((key, first + number * STRIDE) for number, key in enumerate(keys))
    position_model.objects.using(schema_editor.connection.alias).bulk_create(
        [position_model(key=key, position=position) for key, position in positions.items()],
        batch_size=1_000,
    )


class Migration(migrations.Migration):
    # The trees of translations are put into this order by ``published rebuild``, as after every
    # upgrade: documents follow the ranks, whatever the order of those trees is.
    dependencies = [
        ("content", "0003_sha256"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="PagePosition",
            fields=[
                ("key", models.UUIDField(primary_key=True, serialize=False)),
                ("position", models.BigIntegerField()),
            ],
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
