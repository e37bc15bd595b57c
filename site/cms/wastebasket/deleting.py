"""Keeps what a deletion takes away, in the transaction of the deletion."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Comment,
    GroupPagePermission,
    Page,
    PageViewRestriction,
    ReferenceIndex,
    Revision,
)

from cms.common.batches import batches
from cms.wastebasket.models import DeletedPage, DeletedRows
from cms.wastebasket.related import Related, facts_among, related_to
from cms.wastebasket.stored_rows import AT_A_TIME, Values, columns_of, pack, read_rows
from cms.wastebasket.watching import Changes, Watch

Kind = DeletedRows.Kind

SIBLINGS: Final = 100
"""Of the siblings on each side those that are remembered, the nearest first."""

_COUNTED: Final[dict[str, type[Model]]] = {
    "revisions": Revision,
    "redirects": Redirect,
    "restrictions": PageViewRestriction,
    "comments": Comment,
}
"""The things that come back of which a person is told, by its name in ``details``."""


@contextmanager
def keeping_deleted(page: Page, user: Any) -> Iterator[None]:
    """Puts a page that is deleted within into the wastebasket, with everything that goes with it.

    What is deleted by rows alone, as a site is emptied, is not kept, and neither is a page of no
    type of its own, such as the one with which Wagtail welcomes.
    """
    page = Page.objects.get(pk=page.pk)
    if page.depth == 1 or page.specific_class in (None, Page):
        yield
        return
    with transaction.atomic():
        rows = Page.objects.filter(path__startswith=page.path).order_by("path")
        pages = list(rows.values_list("pk", flat=True))
        keys = set(rows.values_list("translation_key", flat=True))
        related = related_to(pages)
        facts = facts_among(related.deleted)
        for model, gone in facts.items():
            found = model._base_manager.filter(pk__in=gone)
            keys.update(found.values_list("translation_key", flat=True))
        watch = Watch(related, keys)
        kept = _kept(page, user, related)
        writer = _Writer(kept)
        for model, gone in related.deleted.items():
            writer.write(Kind.GONE, model, read_rows(model, gone))
        writer.write(Kind.REFERENCE, ReferenceIndex, _references({Page: pages, **facts}))
        yield
        changes = watch.changes()
        for model, changed in changes.changed.items():
            writer.pack(Kind.CHANGED, model, changed)
        for model, rows_gone in changes.gone.items():
            writer.write(Kind.GONE, model, rows_gone)
        for model, added in changes.added.items():
            writer.pack(Kind.ADDED, model, added)
        kept.details["taken_down"] = _languages(_taken_down(changes))
        kept.save(update_fields=["details"])


def _kept(page: Page, user: Any, related: Related) -> DeletedPage:
    parent = Page.objects.get(path=page.path[: -page.steplen])
    pages = related.deleted[Page]
    for some in batches(pages, AT_A_TIME):
        # What was deleted below it before is seen by who works on what is above it.
        DeletedPage.objects.filter(place__in=some).update(place=parent)
    model: Any = page.specific_class
    details = {name: len(related.deleted.get(model, {})) for name, model in _COUNTED.items()}
    kept = DeletedPage.objects.create(
        page_id=page.pk,
        key=page.translation_key,
        title=page.get_admin_display_title(),
        type=model._meta.label,
        locale=page.locale.language_code,
        owner_id=page.owner_id,
        parent_id=parent.pk,
        place=parent,
        pages=len(pages),
        details=details | _state(list(pages)) | _position(page),
        deleted_by=user if user is not None and user.pk else None,
    )
    own = GroupPagePermission.objects.filter(page=page, permission__codename="add_page")
    kept.groups.set(own.values_list("group", flat=True))
    return kept


def _state(pages: list[int]) -> dict[str, int]:
    """The number of pages that were live, and of revisions that were to go live."""
    live = scheduled = 0
    of_pages = ContentType.objects.get_for_model(Page)
    for some in batches(pages, AT_A_TIME):
        live += Page.objects.filter(pk__in=some, live=True).count()
        scheduled += Revision.objects.filter(
            base_content_type=of_pages,
            object_id__in=[str(pk) for pk in some],
            approved_go_live_at__isnull=False,
        ).count()
    return {"live": live, "scheduled": scheduled}


def _position(page: Page) -> dict[str, Any]:
    """The place among its siblings, and its address."""
    siblings = Page.objects.filter(
        depth=page.depth, path__startswith=page.path[: -page.steplen]
    ).values_list("pk", flat=True)
    return {
        "path": page.path,
        "url_path": page.url_path,
        "slug": page.slug,
        "before": list(siblings.filter(path__lt=page.path).order_by("-path")[:SIBLINGS]),
        "behind": list(siblings.filter(path__gt=page.path).order_by("path")[:SIBLINGS]),
    }


def _references(owners: Mapping[Any, Iterable[Any]]) -> Iterator[tuple[Any, Values]]:
    """Rows of Wagtail's reference index, from pages and facts and to them."""
    found: set[int] = set()
    for model, keys in owners.items():
        kind = ContentType.objects.get_for_model(model)
        for some in batches([str(pk) for pk in keys], AT_A_TIME):
            index = ReferenceIndex.objects.order_by()
            for one in (
                index.filter(base_content_type=kind, object_id__in=some),
                index.filter(to_content_type=kind, to_object_id__in=some),
            ):
                found.update(one.values_list("pk", flat=True))
    yield from read_rows(ReferenceIndex, sorted(found))


def _taken_down(changes: Changes) -> list[int]:
    return [key for key, columns in changes.changed.get(Page, ()) if columns.get("live", (0, 1))[0]]


def _languages(pages: list[int]) -> list[str]:
    found = Page.objects.filter(pk__in=pages).order_by("locale__language_code")
    return list(found.values_list("locale__language_code", flat=True).distinct())


class _Writer:
    """Stores packs of rows, one behind the other."""

    def __init__(self, kept: DeletedPage) -> None:
        self._kept = kept
        self._number = 0

    def write(
        self, kind: DeletedRows.Kind, model: type[Model], rows: Iterable[tuple[Any, Values]]
    ) -> None:
        """Rows of a model with their keys, each pack with the names of the columns."""
        for some in batches(rows, AT_A_TIME):
            content = {"columns": columns_of(model), "rows": [values for _key, values in some]}
            self.pack(kind, model, content, [key for key, _values in some])

    def pack(
        self, kind: DeletedRows.Kind, model: type[Model], content: Any, keys: Iterable[Any] = ()
    ) -> None:
        """Anything else that is said of a model's rows."""
        DeletedRows.objects.create(
            deleted_page=self._kept,
            number=self._number,
            kind=kind,
            model=model._meta.label,
            keys=pack(list(keys)),
            packed=pack(content),
        )
        self._number += 1
