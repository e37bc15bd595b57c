"""Brings a deleted page back: its rows with their keys, and the rows beside them as they were.

What somebody has changed since stays as they left it. Nothing of it passes through ``save``: dates,
authors and drafts are those of before.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any, Final
from uuid import uuid4

from django.db.models import F, Model
from django.utils import timezone
from modelcluster.fields import ParentalKey
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page, PageViewRestriction, Revision, Site
from wagtail_localize.models import Translation

from cms.common.batches import batches
from cms.content.order.positions import keep_place
from cms.content.order.trees import order_beside
from cms.content.redirects import leave_redirects
from cms.delivery.tracking.transaction import tracked_transaction
from cms.translation.lifecycle.closed_pages import restrictions_of
from cms.translation.lifecycle.synchronisation import start_synchronisation
from cms.translation.models import TakenDown
from cms.wastebasket.following import follow, log_return
from cms.wastebasket.inserting import Inserter, Row, changed_since, model_of, taken_keys
from cms.wastebasket.models import DeletedPage, DeletedRows
from cms.wastebasket.placing import CannotComeBack, Place, find_place, move_next_to
from cms.wastebasket.related import facts_among
from cms.wastebasket.stored_rows import (
    AT_A_TIME,
    columns_of,
    present,
    read_rows,
    unpack,
    update_row,
)

Kind = DeletedRows.Kind


@dataclass(slots=True)
class Returned:
    """The outcome for one deleted page.

    Attributes:
        page: the page, as it is there again.
        place: where it stands.
        redirects_left_out: redirects whose path leads elsewhere by now.
        links_left_out: places on pages that were published since, to which it was tied.
        rekeyed: pages that another page has taken the place of as a translation.
    """

    page: Page
    place: Place
    redirects_left_out: int = 0
    links_left_out: int = 0
    rekeyed: int = 0


@dataclass(slots=True)
class _Beside:
    """The rows beside a page that were put back.

    Attributes:
        pages: keys of pages that are live again.
        owners: keys of others, by model.
    """

    pages: set[int] = field(default_factory=set)
    owners: dict[type[Model], set[Any]] = field(default_factory=dict)


def bring_back(deleted: DeletedPage, parent: Page, user: Any, *, as_drafts: bool) -> Returned:
    """Brings a page back below another, and empties its place in the wastebasket.

    Args:
        user: who does it, for the log.
        as_drafts: whether what was live comes back as a draft, and what was scheduled unscheduled.

    Raises:
        CannotComeBack: it may not stand there, or its language is gone.
    """
    with tracked_transaction():
        deleted = DeletedPage.objects.select_for_update().get(pk=deleted.pk)
        if not Locale.objects.filter(language_code=deleted.locale).exists():
            raise CannotComeBack(f"{deleted.locale} is gone.")
        parent = Page.objects.get(pk=parent.pk)
        place = find_place(deleted, parent)
        adapter = _Adapter(deleted, place, as_drafts=as_drafts)
        done = Inserter(deleted, adapter).insert()
        if place.next_to is not None:
            move_next_to(deleted.page_id, place.next_to)
        _count_children(parent)
        pages: set[int] = done.keys[Page]
        beside = _put_beside(deleted, pages, user, as_drafts=as_drafts, rekeyed=adapter.rekeyed)
        page = _in_order(deleted, pages, adapter.rekeyed)
        if page.url_path != deleted.details["url_path"] and not _is_taken(deleted):
            leave_redirects(page, deleted.details["url_path"])
        Site.clear_site_root_paths_cache()
        DeletedPage.objects.filter(parent_id__in=pages).update(place=F("parent_id"))
        beside.owners.update(done.owners)
        follow(deleted, page, pages | beside.pages, beside.owners, facts_among(done.keys))
        log_return(deleted, pages, user)
        deleted.delete()
    return Returned(
        page=page,
        place=place,
        redirects_left_out=done.left_out.get(Redirect, 0),
        links_left_out=sum(done.left_out[model] for model in done.left_out if _ties(model)),
        rekeyed=len(adapter.rekeyed),
    )


def _ties(model: type[Model]) -> bool:
    """Tells whether rows of a model tie two pages together."""
    return any(isinstance(one, ParentalKey) for one in model._meta.local_concrete_fields)


class _Adapter:
    """Adapts rows to the place to which they come back, and to what was asked."""

    def __init__(self, deleted: DeletedPage, place: Place, *, as_drafts: bool) -> None:
        self._place, self._as_drafts = place, as_drafts
        self._path: str = deleted.details["path"]
        self._url_path: str = deleted.details["url_path"]
        self._root = deleted.page_id
        self.rekeyed = taken_keys(deleted)

    def __call__(self, model: type[Model], row: Row) -> None:
        """Changes what must be another."""
        if model is Page:
            self._adapt_page(row)
        elif model is Revision and self._as_drafts:
            row["approved_go_live_at"] = None

    def _adapt_page(self, row: Row) -> None:
        row["path"] = f"{self._place.path}{row['path'].removeprefix(self._path)}"
        row["depth"] = len(row["path"]) // Page.steplen
        below = row["url_path"].removeprefix(self._url_path)
        row["url_path"] = f"{self._place.url_path}{below}"
        if row["id"] == self._root:
            row["slug"] = self._place.slug
        if row["id"] in self.rekeyed:
            key: Any = uuid4()
            is_text = isinstance(row["translation_key"], str)
            row["translation_key"] = key.hex if is_text else key
        is_over = row["expire_at"] is not None and _as_time(row["expire_at"]) <= timezone.now()
        if row["live"] and (self._as_drafts or is_over):
            stored: Any = type(row["live"])  # A number, where the database has no other.
            row["live"], row["has_unpublished_changes"] = stored(0), stored(1)
            row["live_revision_id"] = None
            row["expired"] = stored(is_over)


def _as_time(stored: Any) -> Any:
    moment: Any = Page._meta.get_field("expire_at").to_python(stored)
    return moment if timezone.is_aware(moment) else moment.replace(tzinfo=UTC)


def _count_children(parent: Page) -> None:
    children = Page.objects.filter(depth=parent.depth + 1, path__startswith=parent.path)
    Page.objects.filter(pk=parent.pk).update(numchild=children.count())


def _in_order(deleted: DeletedPage, pages: set[int], rekeyed: Iterable[int]) -> Page:
    """Has ranks, and the trees of translations, follow that some pages are there again."""
    for one in Page.objects.filter(pk__in={deleted.page_id, *rekeyed}).select_related("locale"):
        keep_place(one)
    keys: set[Any] = set()
    for some in batches(sorted(pages), AT_A_TIME):
        rows = Page.objects.filter(pk__in=some).order_by()
        keys.update(rows.values_list("translation_key", flat=True))
    order_beside(sorted(keys))
    page: Page = Page.objects.get(pk=deleted.page_id)
    return page


def _is_taken(deleted: DeletedPage) -> bool:
    return bool(Page.objects.filter(url_path=deleted.details["url_path"]).exists())


def _put_beside(
    deleted: DeletedPage, pages: set[int], user: Any, *, as_drafts: bool, rekeyed: dict[int, Any]
) -> _Beside:
    """Puts rows that stayed back to what they were, where nobody has changed them since."""
    done = _Beside()
    taken = set(rekeyed.values())
    for pack in deleted.rows.filter(kind=Kind.CHANGED).iterator(chunk_size=1):
        if (model := model_of(pack.model)) is None:
            continue
        for key, columns in _unchanged(model, unpack(pack.packed)):
            if model is Page:
                _put_page_back(key, columns, done, deleted, as_drafts=as_drafts)
            elif model is Translation:
                _follow_again(key, deleted, user, taken)
            elif not (model is Revision and as_drafts) and not changed_since(
                model, {key}, deleted.deleted_at
            ):
                update_row(model, key, columns)
                done.owners.setdefault(model, set()).add(key)
    for pack in deleted.rows.filter(kind=Kind.ADDED).iterator(chunk_size=1):
        added = unpack(pack.packed)
        if pack.model == TakenDown._meta.label:
            TakenDown.objects.filter(pk__in=added, page__in=done.pages).delete()
        elif pack.model == PageViewRestriction._meta.label:
            _open_again(added)
    return done


_STATE: Final = frozenset({"live", "has_unpublished_changes", "live_revision_id", "expired"})


def _put_page_back(
    key: int, columns: Row, done: _Beside, deleted: DeletedPage, *, as_drafts: bool
) -> None:
    left: set[str] = set()
    if as_drafts:
        left = set(_STATE)
    elif Page.objects.filter(pk=key, latest_revision_created_at__gt=deleted.deleted_at).exists():
        left = {"has_unpublished_changes"}  # Somebody has gone on writing.
    if columns.get("live") and "live" not in left:
        done.pages.add(key)
    written = {name: value for name, value in columns.items() if name not in left}
    if written:
        update_row(Page, key, written)


def _follow_again(key: int, deleted: DeletedPage, user: Any, taken: set[Any]) -> None:
    """Has a translation follow its source again; what was written by hand meanwhile is kept.

    Args:
        taken: translation keys of which there is another page by now.
    """
    translation = Translation.objects.select_related("source", "target_locale").get(pk=key)
    if translation.source.object_id.hex in taken:
        return
    page = Page.objects.filter(
        translation_key=translation.source.object_id, locale=translation.target_locale_id
    ).first()
    written = page is not None and page.latest_revision_created_at
    if written and page.latest_revision_created_at > deleted.deleted_at:
        start_synchronisation(translation, user)
    else:
        Translation.objects.filter(pk=key).update(enabled=True)


def _unchanged(model: type[Model], changes: Iterable[Any]) -> Iterator[tuple[Any, Row]]:
    """Rows that still are as the deletion left them, with what they held before."""
    changes = [(key, columns) for key, columns in changes]
    now = dict(read_rows(model, [key for key, _columns in changes]))
    names = columns_of(model)
    for key, columns in changes:
        if key not in now:
            continue
        there = dict(zip(names, now[key], strict=True))
        if any(there.get(name) != left for name, (_before, left) in columns.items()):
            continue
        before = {name: was for name, (was, _left) in columns.items()}
        if all(_is_there(model, name, value) for name, value in before.items()):
            yield key, before


def _is_there(model: type[Model], column: str, value: Any) -> bool:
    """Tells whether a row that a column is to name is there."""
    for one in model._meta.local_concrete_fields:
        if one.column == column and one.remote_field and value is not None:
            other: Any = one.remote_field.model
            return bool(present(other, {value}))
    return True


def _open_again(added: list[int]) -> None:
    """Takes away restrictions that pages were given to stay closed, where others close them."""
    for restriction in PageViewRestriction.objects.filter(pk__in=added):
        groups = set(restriction.groups.values_list("pk", flat=True))
        for cause in restrictions_of(restriction.page_id).exclude(pk=restriction.pk):
            if (
                cause.restriction_type == restriction.restriction_type
                and cause.password == restriction.password
                and set(cause.groups.values_list("pk", flat=True)) == groups
            ):
                PageViewRestriction.objects.filter(pk=restriction.pk).delete()
                break
