"""Facts on what is published: only that is announced."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Min
from django.utils import timezone

from cms.content.measures import measures_by_type
from cms.content.visibility import public_pages
from cms.delivery.models import PublishedDocument
from cms.languages.registry import LANGUAGES, SOURCE_LANGUAGE_CODE


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts on what is published.

    Attributes:
        languages: codes of the languages in which something is, in the order of the registry.
        indicator_languages: of these, those in which an indicator is.
        issued: the day of the first publication; ``None`` where nothing is published.
        modified: the day of the last one.
    """

    languages: tuple[str, ...]
    indicator_languages: tuple[str, ...]
    issued: date | None
    modified: date | None

    @property
    def is_parallel(self) -> bool:
        """Tells whether something is there in the source language and in another."""
        return SOURCE_LANGUAGE_CODE in self.languages and len(self.languages) > 1


def facts() -> Facts:
    """Counts what is published, in two queries."""
    types: dict[str, set[str]] = defaultdict(set)
    listed = PublishedDocument.objects.filter(listed=True).order_by()
    for code, label in listed.values_list("locale", "type").distinct():
        types[code].add(label)
    measured = set(measures_by_type())
    dates = public_pages().aggregate(first=Min("first_published_at"), last=Max("last_published_at"))
    return Facts(
        languages=_in_order(types),
        indicator_languages=_in_order([code for code in types if types[code] & measured]),
        issued=dates["first"] and timezone.localdate(dates["first"]),
        modified=dates["last"] and timezone.localdate(dates["last"]),
    )


def _in_order(codes: Collection[str]) -> tuple[str, ...]:
    return tuple(code for code in LANGUAGES if code in codes)
