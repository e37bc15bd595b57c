"""Requests that are done by themselves, as soon as the language is counted complete."""

from collections.abc import Iterable
from typing import Final

from django.db.models import Exists, OuterRef
from django.utils import timezone

from cms.translation.models import LanguageStatus, Status, TranslationRequest

_OPEN: Final = TranslationRequest.objects.filter(outcome="")

IS_REQUESTED: Final = Exists(
    _OPEN.filter(source=OuterRef("source"), locale=OuterRef("locale")).order_by()
)
"""Of a status, that somebody waits for it: a column of its query, and no query of its own."""


def end_requests(done: Iterable[LanguageStatus], gone: Iterable[tuple[int, int]]) -> None:
    """Ends the open requests of some sources and locales.

    Args:
        done: what is complete now.
        gone: sources and locales of which there is nothing to be translated any more.
    """
    outcomes = TranslationRequest.Outcome
    ends = [(outcomes.DONE, row.source_id, row.locale_id) for row in done]
    ends += [(outcomes.WITHDRAWN, source, locale) for source, locale in gone]
    for outcome, source, locale in ends:
        _OPEN.filter(source=source, locale=locale).update(outcome=outcome, ended_at=timezone.now())


def end_missed_requests() -> None:
    """Ends what was asked in the moment in which it was counted complete."""
    complete = LanguageStatus.objects.filter(
        source=OuterRef("source"), locale=OuterRef("locale"), status=Status.COMPLETE
    )
    _OPEN.filter(Exists(complete)).update(
        outcome=TranslationRequest.Outcome.DONE, ended_at=timezone.now()
    )
