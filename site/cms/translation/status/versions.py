"""The versions of pages and snippets: in which languages they exist, and what is live."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Model
from wagtail.models import DraftStateMixin, Page

from cms.common.prepared_query import PreparedQuery


@dataclass(frozen=True, slots=True)
class Version:
    """A page or snippet in one language.

    Attributes:
        live_since: when the texts that are live were read from the translators' strings; ``None``
            for one that is not live.
    """

    id: int
    live_since: datetime | None


_ALL_ALONG = datetime.max.replace(tzinfo=UTC)
"""For what is live and nobody knows since when: it holds whatever is translated."""

Versions = dict[tuple[UUID, int], Version]
"""By translation key and the id of the locale."""


def versions_of(
    keys_by_type: dict[int, set[UUID]], locales: Collection[int] | None = None
) -> Versions:
    """Every version of some pages and snippets; an alias is none.

    One query for all pages and one for each type of snippet.

    Args:
        keys_by_type: translation keys by the id of their content type.
        locales: ids of the locales that are wanted; all without it.
    """
    page_keys: set[UUID] = set()
    snippets: list[tuple[type[Any], set[UUID]]] = []
    for content_type, keys in keys_by_type.items():
        model = ContentType.objects.get_for_id(content_type).model_class()
        if model is None:
            continue
        if issubclass(model, Page):
            page_keys |= keys
        else:
            snippets.append((model, keys))
    versions: Versions = {}
    if page_keys:
        _add(versions, Page, page_keys, locales)
    for model, keys in snippets:
        _add(versions, model, keys, locales)
    return versions


def _add(
    versions: Versions, model: type[Model], keys: set[UUID], locales: Collection[int] | None
) -> None:
    for identity, key, locale, *state in _query(model)(keys):
        if locales is None or locale in locales:
            versions[key, locale] = Version(identity, _live_since(*state))


def _live_since(
    live: bool = True,
    revised: datetime | None = None,
    last: datetime | None = None,
    first: datetime | None = None,
) -> datetime | None:
    """The time since which it is live: what has no drafts is live as soon as it is there."""
    return (revised or last or first or _ALL_ALONG) if live else None


@cache
def _query(model: type[Model]) -> PreparedQuery:
    """Finds the versions of some translation keys; of what has drafts with what is live."""
    objects: Any = model._default_manager.order_by()
    if issubclass(model, Page):
        objects = objects.filter(alias_of__isnull=True)
    columns: list[Any] = ["pk", "translation_key", "locale"]
    if issubclass(model, DraftStateMixin):
        revised = F("live_revision__created_at")
        columns += ["live", revised, "last_published_at", "first_published_at"]
    return PreparedQuery(
        lambda keys: objects.filter(translation_key__in=keys).values_list(*columns)
    )
