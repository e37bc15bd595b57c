"""Facets of what is stored already: lists are whole at once, before all is rendered anew."""

import json
from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from cms.common.batches import batches
from cms.content.api.collections import RANK, facets_of, has_facets

AT_A_TIME = 500


def fill(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    models: Any = apps
    documents = models.get_model("delivery", "PublishedDocument").objects
    facets = models.get_model("delivery", "DocumentFacet").objects
    entries = models.get_model("delivery", "Entry").objects
    labels = documents.order_by("type").values_list("type", flat=True).distinct()
    rows = documents.filter(type__in=[label for label in labels if has_facets(label)])
    for some in batches(rows.values_list("pk", "type", "body").iterator(), AT_A_TIME):
        found = {pk: said(label, body) for pk, label, body in some}
        facets.bulk_create(
            [
                facets.model(document_id=pk, name=name, value=value)
                for pk, pairs in found.items()
                for name, value in sorted(pairs)
            ],
            batch_size=AT_A_TIME,
        )
        ranks = {pk: value for pk, pairs in found.items() for name, value in pairs if name == RANK}
        placed = list(entries.filter(document__in=ranks))
        for entry in placed:
            entry.rank = ranks[entry.document_id].encode()
        entries.bulk_update(placed, ["rank"], batch_size=AT_A_TIME)


def said(label: str, body: Any) -> frozenset[tuple[str, str]]:
    """The facets of a stored document; of one of another shape the worker finds them."""
    try:
        return facets_of(label, json.loads(bytes(body)))
    except (KeyError, TypeError, ValueError):
        return frozenset()


class Migration(migrations.Migration):
    dependencies = [("delivery", "0005_facets")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
