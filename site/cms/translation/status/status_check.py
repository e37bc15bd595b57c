"""Checks that each stored status is what a count from scratch gives."""

from collections.abc import Iterator
from typing import Final

from wagtail.models import Locale
from wagtail_localize.models import TranslationSource

from cms.common.keyset_pages import keyset_batches
from cms.translation.models import LanguageStatus, LanguageTexts, Status
from cms.translation.status.counting import COUNTED, count_anew
from cms.translation.texts.judging import known_texts

_BATCH: Final = 200
_REMEDY: Final = "Count anew: manage.py translations refresh."


def status_faults() -> Iterator[str]:
    """Finds statuses that are wrong, a sentence each."""
    codes = dict(Locale.objects.values_list("pk", "language_code"))
    for sources in keyset_batches(
        TranslationSource.objects.only("pk", "object_repr"), "pk", size=_BATCH
    ):
        titles = {source.pk: source.object_repr for source in sources}
        stored = {
            (row.source_id, row.locale_id): row
            for row in LanguageStatus.objects.filter(source__in=list(titles))
        }
        for row in count_anew(list(titles)):
            found = stored.pop((row.source_id, row.locale_id), None)
            wrong = [
                name
                for name in COUNTED
                if found is None or getattr(found, name) != getattr(row, name)
            ]
            if wrong:
                name = f"{titles[row.source_id]!r} ({codes.get(row.locale_id)})"
                fields = ", ".join(wrong)
                yield f"{name}: {fields} of its status is not what is counted now. {_REMEDY}"
        for source, locale in stored:
            yield f"{titles[source]!r} ({codes.get(locale)}): nobody translates it. {_REMEDY}"
    yield from _complete_beside_source(codes)


def _complete_beside_source(codes: dict[int, str]) -> Iterator[str]:
    complete = LanguageStatus.objects.filter(status=Status.COMPLETE)
    places = set(complete.values_list("source__object", "locale"))
    rows = LanguageTexts.objects.filter(is_source=False).only("key", "locale")
    for batch in keyset_batches(rows, "pk", size=_BATCH):
        known = known_texts({row.key for row in batch})
        for row in batch:
            code = codes[row.locale_id]
            if (row.key, row.locale_id) in places and known.of(row.key, code).foreign():
                yield f"{row.key} ({code}): complete beside a text of another language. {_REMEDY}"
