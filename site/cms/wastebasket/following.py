"""Has everything follow that a page is there again: indexes, counts, documents, its log."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils import timezone
from modelsearch.backends import get_search_backends
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Page,
    PageLogEntry,
    PageViewRestriction,
    ReferenceIndex,
    Site,
    TranslatableMixin,
)

from cms.common.batches import batches
from cms.content.api.references.dependencies import page_token, snippet_token
from cms.delivery.tracking.transaction import invalidate
from cms.translation.status.counting import recount_objects
from cms.wastebasket.inserting import changed_since
from cms.wastebasket.models import DeletedPage, DeletedRows
from cms.wastebasket.stored_rows import AT_A_TIME, insert_rows, present, unpack

BROUGHT_BACK: Final = "cms_wastebasket.bring_back"
"""Action of the log."""


def follow(
    deleted: DeletedPage,
    page: Page,
    pages: set[int],
    owners: dict[type[Model], set[Any]],
    facts: Mapping[Any, Collection[Any]],
) -> None:
    """Has everything follow that some pages are there again.

    Args:
        page: the one that was chosen to be deleted.
        pages: it, what was below it, and what was taken down with it.
        owners: of other pages and facts that are tied to these anew, their keys by model.
        facts: keys of facts that came back with them, by model.
    """
    linking = _index_references(deleted)
    keys, redirects = _index_facts(facts), []
    for some in batches(sorted(pages), AT_A_TIME):
        rows = Page.objects.filter(pk__in=some).order_by("path")
        _index_words(rows)
        keys += list(rows.values_list("translation_key", flat=True))
        leading = Redirect.objects.filter(redirect_page__in=some)
        redirects += list(leading.values_list("pk", "old_path"))
    recount_objects(keys)
    tokens = {page_token(key) for key in keys} | _tokens(owners) | _tokens(linking)
    tokens |= _tokens({model: set(found) for model, found in facts.items()})
    is_closed = PageViewRestriction.objects.filter(page__path__startswith=page.path).exists()
    has_site = Site.objects.filter(root_page__path__startswith=page.path).exists()
    invalidate(
        *tokens,
        closures=(page.pk,) if is_closed else (),
        everything=has_site,
        redirects=tuple(redirects),
    )


def _index_facts(facts: Mapping[Any, Collection[Any]]) -> list[UUID]:
    """Has the indexes know some facts again; returns their translation keys."""
    found = []
    for model, keys in facts.items():
        instances = list(model._base_manager.filter(pk__in=keys).select_related("locale"))
        found += [one.translation_key for one in instances]
        for backend in get_search_backends(with_auto_update=True):
            backend.add_bulk(model, instances)
    return found


def _index_words(pages: Any) -> None:
    of_types: dict[type[Model], list[int]] = defaultdict(list)
    for pk, content_type in pages.values_list("pk", "content_type"):
        model = ContentType.objects.get_for_id(content_type).model_class()
        if model is not None:
            of_types[model].append(pk)
    for backend in get_search_backends(with_auto_update=True):
        for model, ids in of_types.items():
            backend.add_bulk(
                model, list(model._default_manager.filter(pk__in=ids).select_related("locale"))
            )


def _index_references(deleted: DeletedPage) -> dict[type[Model], set[Any]]:
    """Puts back what Wagtail's reference index said; returns who refers to the pages, by model.

    What was published since is read anew. A reference to something that is gone stays away.
    """
    linking: dict[type[Model], set[Any]] = defaultdict(set)
    for pack in deleted.rows.filter(kind=DeletedRows.Kind.REFERENCE):
        content = unpack(pack.packed)
        columns = content["columns"]
        rows = [dict(zip(columns, row, strict=True)) for row in content["rows"]]
        sources = _there(rows, "base_content_type_id", "object_id")
        targets = _there(rows, "to_content_type_id", "to_object_id")
        changed = {
            content_type: changed_since(_model(content_type), keys, deleted.deleted_at)
            for content_type, keys in sources.items()
        }
        written = []
        for row in rows:
            source, key = row["base_content_type_id"], int(row["object_id"])
            is_there = key in sources[source]
            if is_there:
                linking[_model(source)].add(key)
            if (
                is_there
                and key not in changed[source]
                and int(row["to_object_id"]) in targets[row["to_content_type_id"]]
            ):
                written.append([row[column] for column in columns])
        insert_rows(ReferenceIndex, columns, written, ignore=True)
        for content_type, keys in changed.items():
            for one in _model(content_type)._base_manager.filter(pk__in=keys):
                ReferenceIndex.create_or_update_for_object(getattr(one, "specific", one))
    return linking


def _model(content_type: int) -> Any:
    return ContentType.objects.get_for_id(content_type).model_class()


def _there(rows: Iterable[dict[str, Any]], type_column: str, column: str) -> dict[int, set[int]]:
    """The keys that are there of what some rows name, by content type."""
    named: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        named[row[type_column]].add(int(row[column]))
    return {kind: present(_model(kind), keys) for kind, keys in named.items()}


def _tokens(owners: dict[type[Model], set[Any]]) -> set[str]:
    found: set[str] = set()
    for model, keys in owners.items():
        if not issubclass(model, TranslatableMixin):
            continue
        token = page_token if issubclass(model, Page) else snippet_token
        for some in batches(sorted(keys), AT_A_TIME):
            rows = model._base_manager.filter(pk__in=some).order_by()
            found.update(token(key) for key in rows.values_list("translation_key", flat=True))
    return found


def log_return(deleted: DeletedPage, pages: Iterable[int], user: Any) -> None:
    """Logs it with each page, and has its log say no longer that it is deleted."""
    now = timezone.now()
    for some in batches(sorted(pages), AT_A_TIME):
        PageLogEntry.objects.filter(page__in=some, deleted=True).update(deleted=False)
        found = Page.objects.filter(pk__in=some).values_list("pk", "draft_title", "content_type")
        PageLogEntry.objects.bulk_create(
            PageLogEntry(
                page_id=pk,
                label=title,
                content_type_id=content_type,
                action=BROUGHT_BACK,
                user_id=user.pk if user else None,
                data={"deleted_at": deleted.deleted_at.isoformat()},
                timestamp=now,
            )
            for pk, title, content_type in found
        )
