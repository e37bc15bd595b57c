"""Queries for the strings of sources and their translations, as the loader of strings asks them."""

from typing import Any, Final

from django.db.models import F, QuerySet
from wagtail_localize.models import StringSegment, StringTranslation

from cms.common.prepared_query import PreparedQuery
from cms.translation.models import ApprovedText, SourceChange


def _segments(**chosen: Any) -> QuerySet[Any, Any]:
    rows: QuerySet[Any, Any] = (
        StringSegment.objects.filter(**chosen)
        .order_by("source", "order", "pk")
        .values_list(
            "source",
            "context__object",
            "context",
            "string",
            "string__data",
            "context__path",
            "context__field_path",
        )
    )
    return rows


def _translations(**chosen: Any) -> QuerySet[Any, Any]:
    rows: QuerySet[Any, Any] = StringTranslation.objects.filter(**chosen).values_list(
        "context__object",
        "context__path",
        "locale",
        "context",
        "translation_of",
        "translation_of__data",
        "pk",
        "data",
        "created_at",
        "updated_at",
        "translation_type",
        "tool_name",
        "last_translated_by",
        "has_error",
        F("review__state"),
        F("locale__translator_group__needs_approval"),
    )
    return rows


def _former(**chosen: Any) -> QuerySet[Any, Any]:
    return (
        SourceChange.objects.filter(**chosen, current__isnull=False)
        .order_by("-changed_at", "-pk")
        .values_list("context", "current", "previous", "previous__data", "changed_at")
    )


FIND_SEGMENTS: Final = PreparedQuery(lambda sources: _segments(source__in=sources))
FIND_SEGMENTS_IN: Final = PreparedQuery(
    lambda sources, contexts: _segments(source__in=sources, context__in=contexts)
)
FIND_TRANSLATIONS: Final = PreparedQuery(
    lambda keys, locales: _translations(context__object__in=keys, locale__in=locales)
)
FIND_TRANSLATIONS_IN: Final = PreparedQuery(
    lambda contexts, locales: _translations(context__in=contexts, locale__in=locales)
)
FIND_FORMER: Final = PreparedQuery(lambda keys: _former(context__object__in=keys))
FIND_FORMER_IN: Final = PreparedQuery(lambda contexts: _former(context__in=contexts))
FIND_APPROVED: Final = PreparedQuery(
    lambda keys, locales: ApprovedText.objects.filter(
        context__object__in=keys,
        locale__in=locales,
        locale__translator_group__needs_approval=True,
    ).values_list(
        "context__object",
        "context__path",
        "locale",
        "context",
        "string",
        "string__data",
        "data",
        "first_at",
        "approved_at",
        "is_machine",
    )
)
