"""What is measured, as one CSV file: a row for each value, with its unit and source.

It is read from the published documents, so that nothing is in it that the API would not show.
"""

import csv
import json
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import Any, Final

from norrbotten.content.measures import Measures, measures_by_type
from norrbotten.delivery.models import PublishedDocument
from norrbotten.export.tables.defusing import defused
from norrbotten.languages.registry import SOURCE_LANGUAGE_CODE, fallback_chain

CONTENT_TYPE: Final = "text/csv; charset=utf-8"
COLUMNS: Final = (
    "key",
    "name",
    "unit",
    "better",
    "date",
    "value",
    "source",
    "source_url",
    "language",
)
"""``date`` is ISO 8601; ``value`` has a point for decimals and is in ``unit``; ``language`` is that
of name, unit and source, ``mul`` where they are in several."""

_AT_A_TIME: Final = 200
_DIGITS: Final = ".15g"


def indicators(locale: str = SOURCE_LANGUAGE_CODE) -> Iterator[bytes]:
    """The whole file in pieces, by name and date.

    Args:
        locale: code of the language; where an indicator is not in it, the first of its fallbacks
            stands in.
    """
    yield _lines([COLUMNS])
    measures = measures_by_type()
    chosen = _chosen(locale, list(measures))
    for start in range(0, len(chosen), _AT_A_TIME):
        bodies = dict(
            PublishedDocument.objects.filter(pk__in=chosen[start : start + _AT_A_TIME]).values_list(
                "pk", "body"
            )
        )
        for pk in chosen[start : start + _AT_A_TIME]:
            # One that went meanwhile is left out.
            if pk in bodies:
                document = json.loads(bytes(bodies[pk]))
                yield _lines(list(_rows(document, measures[document["meta"]["type"]])))


def _chosen(locale: str, types: Sequence[str]) -> list[int]:
    """Ids of the documents, one for each key, in the best language that there is."""
    order = [locale, *fallback_chain(locale)]
    best: dict[Any, tuple[int, str, int]] = {}
    for pk, key, code, title in PublishedDocument.objects.filter(
        type__in=types, locale__in=order, listed=True
    ).values_list("pk", "key", "locale", "title"):
        rank = order.index(code)
        if key not in best or rank < best[key][0]:
            best[key] = (rank, title, pk)
    in_order = sorted(best.items(), key=lambda item: (item[1][1], str(item[0])))
    return [pk for _key, (_rank, _title, pk) in in_order]


def _rows(document: dict[str, Any], measures: Measures) -> Iterator[list[str]]:
    texts = [str(document[name] or "") for name in (measures.name, measures.unit, measures.source)]
    name, unit, source = map(defused, texts)
    for value in document[measures.values]:
        yield [
            document["key"],
            name,
            unit,
            str(document[measures.better]),
            str(value[measures.date]),
            # A figure is no formula, whatever sign it has.
            format(value[measures.value], _DIGITS),
            source,
            defused(str(document[measures.source_url] or "")),
            _language(document, measures),
        ]


def _language(document: dict[str, Any], measures: Measures) -> str:
    languages = {
        document["languages"].get(f"/{name}", document["language"])
        for name in (measures.name, measures.unit, measures.source)
        if document[name]
    }
    return languages.pop() if len(languages) == 1 else "mul"


def _lines(rows: Sequence[Sequence[str]]) -> bytes:
    text = StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()
