"""Keeps translation sources in step with what is published in the source language."""

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone
from modelcluster.models import ClusterableModel, get_serializable_data_for_fields
from wagtail.models import DraftStateMixin, Locale, Page, TranslatableMixin, get_translatable_models
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.models import Translation, TranslationSource, get_schema_version

from cms.common.prepared_query import PreparedQuery
from cms.languages.registry import SOURCE_LANGUAGE_CODE
from cms.translation.models import FollowedSource
from cms.translation.sources.recording import record_changes
from cms.translation.sources.segments import refresh_segments
from cms.translation.status.counting import recount
from cms.translation.status.judgement import UNCOUNTED_PATHS
from cms.translation.texts.judging import KnownTexts


def is_followed(instance: Any) -> bool:
    """Tells whether others are translated from this page or snippet, or may be."""
    if not isinstance(instance, TranslatableMixin):
        return False
    if isinstance(instance, Page) and (instance.alias_of_id or instance.depth < 2):
        return False
    locale: Locale = instance.locale
    if locale.language_code != SOURCE_LANGUAGE_CODE:
        return bool(_FIND_OTHERS([instance.translation_key], [locale.pk]))
    # What is the translation of something is no source, whatever its language.
    return not _FIND_ORIGIN([instance.translation_key], [locale.pk])


_FIND_OTHERS: Final = PreparedQuery(
    lambda keys, locales: Translation.objects.filter(
        source__object__in=keys, source__locale__in=locales
    ).values_list("pk")[:1]
)
_FIND_ORIGIN: Final = PreparedQuery(
    lambda keys, locales: Translation.objects.filter(
        source__object__in=keys, target_locale__in=locales, enabled=True
    ).values_list("pk")[:1]
)


@transaction.atomic(savepoint=False)
def follow(instance: Any, texts: KnownTexts | None = None) -> TranslationSource:
    """Updates the source of all translations from what is live, and counts them again.

    What was translated stays: a changed string keeps its old translation for comparison, and a
    string that only moved to another block of the page takes its translation along.

    Args:
        texts: what its languages say, where it is at hand.
    """
    # What was published may differ from the object at hand, which may even be a draft.
    live = type(instance)._default_manager.select_related("locale").get(pk=instance.pk)
    known = (
        TranslationSource.objects.filter(object=live.translation_key, locale=live.locale)
        .select_related("followed")
        .first()
    )
    followed = getattr(known, "followed", None)
    known_since = followed.changed_at if followed else known and known.last_updated_at
    digest_before = digest_of(live, known.content_json) if known else ""
    now = timezone.now()
    source = _updated(known, live, now)
    digest = digest_of(live, source.content_json)
    FollowedSource.objects.bulk_create(
        [
            FollowedSource(
                source=source,
                published_at=_published_at(live) or now,
                digest=digest,
                changed_at=known_since if known_since and digest == digest_before else now,
            )
        ],
        update_conflicts=True,
        unique_fields=["source"],
        update_fields=["published_at", "digest", "changed_at"],
    )
    recount([source.pk], texts=texts)
    return source


def _updated(known: TranslationSource | None, live: Any, now: datetime) -> TranslationSource:
    """Updates a source to what the page or snippet says now, and records the changes.

    What is new is made by wagtail-localize. Where it has a source already it would read the page
    twice more, and write it anew from the source, before it looks for the texts.
    """
    if known is None or known.specific_content_type_id != _content_type(live).pk:
        return TranslationSource.update_or_create_from_instance(live)[0]
    content = content_of(live)
    if json.loads(content) != json.loads(known.content_json):
        known.object_repr = str(live)[:200]
        known.content_json = content
        known.schema_version = schema_version(live._meta.app_label)
        known.last_updated_at = now
        known.save(
            update_fields=["object_repr", "content_json", "schema_version", "last_updated_at"]
        )
        record_changes(*refresh_segments(known, live), now)
    return known


@cache
def schema_version(app_label: str) -> str:
    """Name of an application's last migration, read once: none runs while this process works."""
    return str(get_schema_version(app_label))


def _content_type(instance: Any) -> ContentType:
    return ContentType.objects.get_for_model(type(instance))


def content_of(instance: Any) -> str:
    """Everything that a page or snippet holds, as wagtail-localize keeps it."""
    if isinstance(instance, ClusterableModel):
        return str(instance.to_json())
    return json.dumps(get_serializable_data_for_fields(instance), cls=DjangoJSONEncoder)


def unfollowed() -> Iterator[Any]:
    """Pages and snippets whose publication has not been followed.

    What publishes ends in ``follow``; a machine that stopped in between leaves what is found here.
    """
    for model in get_translatable_models():
        if model._meta.abstract or not issubclass(model, DraftStateMixin):
            continue
        yield from _unfollowed(Page if issubclass(model, Page) else model)


def _unfollowed(model: type[Any]) -> Iterator[Any]:
    followed = FollowedSource.objects.filter(
        source__object_id=models.OuterRef("translation_key"),
        source__locale=models.OuterRef("locale"),
        published_at=models.OuterRef("last_published_at"),
    )
    found = model._default_manager.filter(
        ~models.Exists(followed), live=True, locale__language_code=SOURCE_LANGUAGE_CODE
    )
    if issubclass(model, Page):
        found = found.filter(depth__gt=1, alias_of=None).specific()
    for instance in found.order_by("pk").iterator(chunk_size=100):
        if is_followed(instance):
            yield instance


def _published_at(instance: Any) -> datetime | None:
    published: datetime | None = getattr(instance, "last_published_at", None)
    return published


def digest_of(instance: models.Model, content_json: str) -> str:
    """Digest of everything that translations take over from the source; slugs are not."""
    content = json.loads(content_json)
    names = sorted({field.field_name for field in get_translatable_fields(type(instance))})
    kept = {name: content.get(name) for name in names if name not in UNCOUNTED_PATHS}
    return hashlib.sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()
