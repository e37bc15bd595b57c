"""Fills Wagtail's index of who refers to whom, some hundred pages, snippets and files at a time.

As ``manage.py rebuild_references_index`` does, which asks three times for each by itself and counts
to where it is from the beginning each time. May go when it does neither.
"""

from typing import Any, Final

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import ReferenceIndex

from cms.common.keyset_pages import keyset_batches
from cms.export.bundle.importing.belonging import prefetch_children, prefetch_streams

AT_A_TIME: Final = 200

_Reference = tuple[str, int, str, str, str]
"""Who refers, to what type and id, by which field, and where in it."""


@transaction.atomic
def index_references() -> None:
    """Makes the index anew, of everything that is there."""
    everything = ReferenceIndex.objects.all()
    # Without looking at what goes, as Wagtail does.
    everything._raw_delete(using=everything.db)  # noqa: SLF001
    for model in apps.get_models():
        if ReferenceIndex.is_indexed(model):
            for batch in keyset_batches(model._default_manager.all(), "pk", size=AT_A_TIME):
                _index(model, batch)


def _index(model: Any, batch: list[Any]) -> None:
    prefetch_children(batch)
    prefetch_streams(batch)
    kinds = ContentType.objects.get_for_models(model, for_concrete_models=False)
    base = ReferenceIndex._get_base_content_type(model)  # noqa: SLF001 - see above
    # What a page has as a page stands there when its type's turn comes.
    known: set[_Reference] = set(
        ReferenceIndex.objects.filter(
            base_content_type=base, object_id__in=[str(one.pk) for one in batch]
        ).values_list("object_id", "to_content_type", "to_object_id", "model_path", "content_path")
    )
    found: set[_Reference] = {
        (str(one.pk), *reference)
        for one in batch
        for reference in ReferenceIndex._extract_references_from_object(one)  # noqa: SLF001
    }
    ReferenceIndex.objects.bulk_create(
        [
            ReferenceIndex(
                content_type=kinds[model],
                base_content_type=base,
                object_id=object_id,
                to_content_type_id=to_kind,
                to_object_id=to_id,
                model_path=model_path,
                content_path=content_path,
                content_path_hash=ReferenceIndex._get_content_path_hash(  # noqa: SLF001
                    content_path
                ),
            )
            for object_id, to_kind, to_id, model_path, content_path in sorted(found - known)
        ],
        batch_size=AT_A_TIME,
        ignore_conflicts=True,
    )
