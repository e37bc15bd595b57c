"""Which pages and snippets there are, in which language, and what of them is live."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Model, Q
from wagtail.models import DraftStateMixin, Page


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
        _add(versions, Page, page_keys, locales, Q(alias_of__isnull=True))
    for model, keys in snippets:
        _add(versions, model, keys, locales, Q())
    return versions


def _add(
    versions: Versions,
    model: type[Model],
    keys: Iterable[UUID],
    locales: Collection[int] | None,
    condition: Q,
) -> None:
    objects: Any = model._default_manager.filter(condition, translation_key__in=list(keys))
    if locales is not None:
        objects = objects.filter(locale__in=locales)
    if not issubclass(model, DraftStateMixin):
        # What has no drafts is live as soon as it is there, whenever that was.
        for identity, key, locale in objects.values_list("pk", "translation_key", "locale"):
            versions[key, locale] = Version(identity, _ALL_ALONG)
        return
    rows = objects.order_by().values_list(
        "pk",
        "translation_key",
        "locale",
        "live",
        F("live_revision__created_at"),
        "last_published_at",
        "first_published_at",
    )
    for identity, key, locale, live, revised, last, first in rows:
        since = (revised or last or first or _ALL_ALONG) if live else None
        versions[key, locale] = Version(identity, since)
