"""The records of pages, snippets and files, in an order that does not change."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, Page, Revision

from cms.common.keyset_pages import keyset_batches
from cms.content.order.positions import positions_of
from cms.delivery.publishing.moments import find_modified
from cms.export.bundle.editable.records import (
    Record,
    Recorder,
    Rows,
    as_value,
    moment,
    publication_record,
    rows_at_hand,
    stored_rows,
)
from cms.export.bundle.editable.references import Names, reference
from cms.export.bundle.editable.scope import Scope
from cms.export.bundle.editable.shapes import snippet_models
from cms.export.bundle.media import is_there

AT_A_TIME = 200

FindRows = Callable[[Any, list[Any]], list[Rows]]

FILE_FIELDS = {
    "image": (
        "title",
        "description",
        "credit",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
        "created_at",
    ),
    "document": ("title", "created_at"),
}
"""What is known of an image or file beside its name, its collection and its tags."""

MISSING = {"image": ("width", "height", "size", "sha256"), "document": ("size", "sha256")}
"""Facts that a record states under ``missing`` of a file that storage and bundle lack.

Without a file nobody could measure it.
"""


def page_records(scope: Scope) -> Iterator[Record]:
    """Pages in the order of the tree: each after the one above it and the one before it."""
    writer = PageWriter(scope)
    for batch in keyset_batches(
        scope.chosen(Page).select_related("locale"), "path", size=AT_A_TIME
    ):
        yield from writer.records(batch)


class PageWriter:
    """Makes the records of pages, some hundred at a time.

    Attributes:
        bare: paths of pages that were written for the sake of those below them alone.
    """

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.bare: set[str] = set()

    def records(self, batch: list[Page]) -> Iterator[Record]:
        """A record for each, with its language at hand; before it those above it that have none."""
        names = Names(self.scope.chosen)
        specific = _specific(batch)
        ancestors = self._ancestors(batch)
        for page in batch:
            names.collect(Page, page.alias_of_id)
        names.find()
        contents = _contents(specific, names)
        drafts = _drafts(specific.values(), names, self.scope)
        modified = _modified(specific.values())
        positions = positions_of([*batch, *ancestors.values()])
        for page in batch:
            for end in range(2 * Page.steplen, len(page.path), Page.steplen):
                above = ancestors[page.path[:end]]
                if not above.is_chosen and above.path not in self.bare:
                    self.bare.add(above.path)
                    bare = _bare(above, ancestors)
                    yield bare | {"position": positions.get(above.translation_key)}
            code = page.locale.language_code
            record = publication_record(specific[page.pk], code, modified.get(page.pk))
            record["parent"] = _above(page, ancestors)
            record["position"] = positions.get(page.translation_key)
            if page.alias_of_id:
                record["alias_of"] = names.name(Page, page.alias_of_id)
            record["fields"] = contents[page.pk]
            if page.pk in drafts:
                record["draft"] = drafts[page.pk]
            yield record

    def _ancestors(self, batch: list[Page]) -> dict[str, Any]:
        """Every page above, by path, with whether it is in the bundle itself."""
        steps = {
            page.path[:end]
            for page in batch
            for end in range(Page.steplen, len(page.path), Page.steplen)
        }
        chosen = set(
            self.scope.chosen(Page).filter(path__in=steps).order_by().values_list("pk", flat=True)
        )
        found = {}
        for page in Page.objects.filter(path__in=steps).select_related("locale"):
            page.is_chosen = page.pk in chosen
            found[page.path] = page
        return found


def _above(page: Page, ancestors: dict[str, Any]) -> str | None:
    above = ancestors[page.path[: -Page.steplen]]
    return reference(above.translation_key, above.locale.language_code) if above.depth > 1 else None


def _bare(page: Page, ancestors: dict[str, Any]) -> Record:
    """A record of a page that is not live, without any field that nobody has published."""
    record = publication_record(
        page.specific_class(translation_key=page.translation_key, live=False), ""
    )
    record["locale"] = page.locale.language_code
    record["parent"] = _above(page, ancestors)
    record["fields"] = {"title": page.slug, "slug": page.slug}
    return record


def _specific(pages: Iterable[Page]) -> dict[int, Any]:
    """Pages by id, with what their types add: one query for each type."""
    by_type: dict[int, list[int]] = defaultdict(list)
    for page in pages:
        by_type[page.content_type_id].append(page.pk)
    found: dict[int, Any] = {}
    for kind, identities in by_type.items():
        model: Any = ContentType.objects.get_for_id(kind).model_class()
        found.update(model._base_manager.in_bulk(identities))
    return found


def _contents(
    instances: dict[int, Any], names: Names, rows: FindRows = stored_rows
) -> dict[int, Record]:
    """The fields of pages or snippets, by id.

    Args:
        rows: finds what belongs to each of one type.
    """
    by_type: dict[Any, list[Any]] = defaultdict(list)
    for instance in instances.values():
        by_type[type(instance)].append(instance)
    made: dict[int, Record] = {}
    for model, group in by_type.items():
        records = Recorder(model, names).records(group, rows(model, group))
        made.update(zip((instance.pk for instance in group), records, strict=True))
    return made


def _modified(instances: Iterable[Any]) -> dict[int, datetime]:
    """The last change of the documents of some pages, or of snippets of one type, by id."""
    named = [(one._meta.label, one.pk) for one in instances]
    return {pk: moment for (_label, pk), moment in find_modified(named).items()}


def _rows_of_drafts(model: Any, group: list[Any]) -> list[Rows]:
    return [rows_at_hand(instance) for instance in group]


def all_snippet_records(scope: Scope) -> Iterator[Record]:
    """Snippets by type, those first that others refer to; each type by key and language."""
    for model in snippet_models():
        snippets = scope.chosen(model).select_related("locale")
        order = ("translation_key", "locale__language_code")
        for batch in keyset_batches(snippets, *order, size=AT_A_TIME):
            yield from snippet_records(batch, scope)


def snippet_records(batch: list[Any], scope: Scope) -> Iterator[Record]:
    """A record for each snippet, with its language at hand."""
    names = Names(scope.chosen)
    contents = _contents({snippet.pk: snippet for snippet in batch}, names)
    drafts = _drafts(batch, names, scope)
    modified = _modified(batch)
    for snippet in batch:
        code = snippet.locale.language_code
        record = publication_record(snippet, code, modified.get(snippet.pk))
        record["fields"] = contents[snippet.pk]
        if snippet.pk in drafts:
            record["draft"] = drafts[snippet.pk]
        yield record


def _drafts(instances: Iterable[Any], names: Names, scope: Scope) -> dict[int, Record]:
    """Reads drafts, with the time that was set for their publication, by id."""
    if not scope.private:
        return {}
    changed = [one for one in instances if one.has_unpublished_changes and one.latest_revision_id]
    revisions = Revision.objects.in_bulk([one.latest_revision_id for one in changed])
    drafts = {one.pk: revisions[one.latest_revision_id].as_object() for one in changed}
    contents = _contents(drafts, names, _rows_of_drafts)
    return {
        one.pk: {
            "fields": contents[one.pk],
            "go_live_at": moment(drafts[one.pk].go_live_at),
            "expire_at": moment(drafts[one.pk].expire_at),
            "scheduled_at": moment(revisions[one.latest_revision_id].approved_go_live_at),
        }
        for one in changed
    }


def file_records(scope: Scope, kind: str, *, with_media: bool) -> Iterator[Record]:
    """Images (``image``) or files (``document``), by name.

    Args:
        with_media: whether the files come along, and a record says which of them cannot.
    """
    model = get_image_model() if kind == "image" else get_document_model()
    collections = collection_names()
    chosen = scope.chosen(model).order_by("file").prefetch_related("tags")
    for instance in chosen.iterator(chunk_size=AT_A_TIME):
        yield {
            "file": instance.file.name,
            "collection": collections[instance.collection_id],
            "tags": sorted(tag.name for tag in instance.tags.all()),
            **{name: as_value(model._meta.get_field(name), instance) for name in FILE_FIELDS[kind]},
            **(_missing(instance, kind) if with_media else {}),
        }


def _missing(instance: Any, kind: str) -> Record:
    if is_there(instance.file.name):
        return {}
    fields = {"size": "file_size"}
    return {"missing": {name: getattr(instance, fields.get(name, name)) for name in MISSING[kind]}}


def collection_names() -> dict[int, list[Any]]:
    """The way from the root to each collection, by its id; empty for the root itself.

    Of several that have one name beside each other, the second is a step ``[name, 2]``: one of
    them may be closed, and what lies in it must not come out in the other.
    """
    by_path: dict[str, list[Any]] = {}
    found: dict[int, list[Any]] = {}
    beside: Counter[tuple[str, str]] = Counter()
    for collection in Collection.objects.order_by("path"):
        parent = collection.path[: -Collection.steplen]
        beside[parent, collection.name] += 1
        number = beside[parent, collection.name]
        step = collection.name if number == 1 else [collection.name, number]
        above = by_path.get(parent)
        by_path[collection.path] = [] if above is None else [*above, step]
        found[collection.pk] = by_path[collection.path]
    return found
