"""Keeps the trees of all languages alike, and says where they are not.

A translation moves with its source where its language has a page to move under. What cannot be
followed without deciding for somebody else, such as taking a page off the site in a language, is
reported instead.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.coreutils import find_available_slug
from wagtail.models import Page, TranslatableMixin, get_translatable_models
from wagtail_localize.models import TranslationSource


class Reason(models.TextChoices):
    """The ways in which a live translation differs from its source."""

    UNPUBLISHED = "unpublished", _("The page it is translated from is no longer published.")
    DELETED = "deleted", _("The page it is translated from was deleted.")
    MOVED = "moved", _("The page it is translated from lies under another page.")


@dataclass(frozen=True, slots=True)
class Divergence:
    """A translation that is live and whose source went another way.

    Attributes:
        target_id: id of the translated page or snippet.
        content_type_id: of what kind it is.
        edit_url: where it is edited; empty where nobody can.
    """

    target_id: int
    content_type_id: int
    title: str
    locale_code: str
    reason: Reason
    edit_url: str


@transaction.atomic
def follow_position(page: Page) -> None:
    """Moves the translations of a page under the translations of its parent, in the same order.

    A translation whose language lacks that parent stays where it is, and is reported.
    """
    if page.depth <= 2:
        return  # A start page stands under the root, as in every language.
    parent_key = page.get_parent().translation_key
    parents = {
        parent.locale_id: parent
        for parent in Page.objects.filter(translation_key=parent_key, alias_of=None)
    }
    for target in page.get_translations().filter(alias_of=None):
        parent = parents.get(target.locale_id)
        if parent is not None and not parent.is_descendant_of(target):
            _place(page, target, parent)


def _place(page: Page, target: Page, parent: Page) -> None:
    """Puts the target behind the nearest sibling before the page that has a translation there."""
    siblings = {
        sibling.translation_key: sibling
        for sibling in Page.objects.child_of(parent).exclude(pk=target.pk)
    }
    before: list[UUID] = list(
        Page.objects.child_of(page.get_parent())
        .filter(path__lt=page.path)
        .order_by("-path")
        .values_list("translation_key", flat=True)
    )
    sibling = next((siblings[key] for key in before if key in siblings), None)
    previous = target.get_prev_sibling()
    is_there = target.is_child_of(parent) and (previous and previous.pk) == (sibling and sibling.pk)
    if is_there:
        return
    slug = find_available_slug(parent, target.slug, ignore_page_id=target.pk)
    if slug != target.slug:
        target.slug = slug
        target.save(update_fields=["slug"], clean=False)
    fresh = Page.objects.get(pk=target.pk)
    if sibling is None:
        fresh.move(Page.objects.get(pk=parent.pk), pos="first-child")
    else:
        fresh.move(Page.objects.get(pk=sibling.pk), pos="right")


def divergences(
    locales: Collection[int] | None = None, unreadable: Collection[int] = ()
) -> list[Divergence]:
    """Finds live translations that differ from their source, in a fixed number of queries.

    Args:
        locales: ids of the locales to look at; all without them.
        unreadable: ids of pages that whoever asks may not read; they are left out.
    """
    found = [one for one in _pages(locales) if one.target_id not in unreadable]
    for model in get_translatable_models():
        if not issubclass(model, Page) and hasattr(model, "live"):
            found += _snippets(model, locales)
    return found


@dataclass(frozen=True, slots=True)
class _PageRow:
    id: int
    key: UUID
    path: str
    live: bool
    title: str
    content_type: int
    locale: int
    code: str


def _pages(locales: Collection[int] | None) -> Iterator[Divergence]:
    sources: dict[UUID, int] = dict(
        TranslationSource.objects.filter(translations__isnull=False).values_list("object", "locale")
    )
    rows = [
        _PageRow(*row)
        for row in Page.objects.filter(alias_of=None)
        .order_by("path")
        .values_list(
            "pk",
            "translation_key",
            "path",
            "live",
            "title",
            "content_type",
            "locale",
            F("locale__language_code"),
        )
    ]
    by_place = {(row.key, row.locale): row for row in rows}
    by_path = {row.path: row for row in rows}
    finder = AdminURLFinder()
    for row in rows:
        source_locale = sources.get(row.key)
        if source_locale is None or row.locale == source_locale or not row.live:
            continue
        if locales is not None and row.locale not in locales:
            continue
        reason = _reason(row, by_place.get((row.key, source_locale)), by_path)
        if reason is not None:
            yield Divergence(
                row.id, row.content_type, row.title, row.code, reason, _edit_url(finder, row)
            )


def _reason(row: _PageRow, source: _PageRow | None, by_path: dict[str, _PageRow]) -> Reason | None:
    if source is None:
        return Reason.DELETED
    if not source.live:
        return Reason.UNPUBLISHED
    own_parent = by_path.get(row.path[: -Page.steplen])
    parent = by_path.get(source.path[: -Page.steplen])
    if own_parent is None or parent is None or own_parent.key == parent.key:
        return None
    return Reason.MOVED


def _edit_url(finder: AdminURLFinder, row: _PageRow) -> str:
    return finder.get_edit_url(Page(pk=row.id, content_type_id=row.content_type)) or ""


def _snippets(
    model: type[TranslatableMixin], locales: Collection[int] | None
) -> Iterator[Divergence]:
    manager: Any = model._default_manager
    origin = TranslationSource.objects.filter(
        object=models.OuterRef("translation_key"),
        translations__target_locale=models.OuterRef("locale"),
    ).values("locale")[:1]
    targets = manager.filter(live=True).annotate(source_locale=models.Subquery(origin))
    targets = targets.filter(source_locale__isnull=False).select_related("locale")
    if locales is not None:
        targets = targets.filter(locale__in=locales)
    targets = list(targets)
    live = {
        (key, locale): is_live
        for key, locale, is_live in manager.filter(
            translation_key__in=[target.translation_key for target in targets]
        ).values_list("translation_key", "locale", "live")
    }
    finder = AdminURLFinder()
    for target in targets:
        is_live = live.get((target.translation_key, target.source_locale))
        if not is_live:
            reason = Reason.DELETED if is_live is None else Reason.UNPUBLISHED
            yield Divergence(
                target.pk,
                target.cached_content_type.pk if hasattr(target, "cached_content_type") else 0,
                str(target),
                target.locale.language_code,
                reason,
                finder.get_edit_url(target) or "",
            )
