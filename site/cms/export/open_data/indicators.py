"""Measured values and targets as one CSV file: a row for each value, with unit and source.

It is read from the published documents, so that nothing is in it that the API would not show.
"""

import csv
import json
from codecs import BOM_UTF8
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any, Final, Literal

from cms.common.batches import batches
from cms.content.measures import Measures, aims_by_type, measures_by_type
from cms.delivery.models import PublishedDocument
from cms.exchange.parallel_texts.tables.defusing import defused
from cms.languages.registry import SOURCE_LANGUAGE_CODE, fallback_chain, get_language

CONTENT_TYPE: Final = "text/csv; charset=utf-8"
COLUMNS: Final = (
    "key",
    "name",
    "unit",
    "better",
    "kind",
    "date",
    "value",
    "goal",
    "goal_key",
    "source",
    "source_url",
    "language",
)
"""``kind`` is ``measured``, or ``baseline`` or ``target`` of the goal that ``goal`` names and
``goal_key`` is the key of; ``date`` is ISO 8601; ``value`` is in
``unit``; ``language`` is that of name, unit, source and goal, ``mul`` where they are in several."""

Decimal = Literal["point", "comma"]
"""The sign before decimals. Spreadsheets in most languages take 62.5 for a text."""
_SEPARATORS: Final[dict[Decimal, str]] = {"point": ",", "comma": ";"}
"""Of columns: what spreadsheets expect beside that sign."""
_SIGNS: Final[dict[Decimal, str]] = {"point": ".", "comma": ","}

_MEASURED: Final = "measured"
_AT_A_TIME: Final = 200
_DIGITS: Final = ".15g"
_END_OF_ROW: Final = b"\r\n"


@dataclass(frozen=True, slots=True)
class _Figure:
    """One value, measured or aimed at."""

    kind: str
    date: str
    value: float
    goal: str = ""
    goal_key: str = ""
    goal_language: str = ""


def decimal_of(locale: str) -> Decimal:
    """The sign with which a spreadsheet in a language reads and writes decimals."""
    return "comma" if get_language(locale).decimal_sign == "," else "point"


def indicators(
    locale: str = SOURCE_LANGUAGE_CODE, *, decimal: Decimal = "point"
) -> Iterator[bytes]:
    """The whole file in pieces, by name; first what was measured, by date, then goal by goal.

    It begins with a byte order mark, by which a spreadsheet knows UTF-8.

    Args:
        locale: code of the language; where an indicator or a goal is not in it, the first of its
            fallbacks stands in.
    """
    yield BOM_UTF8 + _lines([COLUMNS], decimal)
    aims = _aims(locale)
    measures = measures_by_type()
    for document in _documents(locale, list(measures)):
        named = measures[document["meta"]["type"]]
        figures = [*_measured(document, named), *aims.get(document["key"], ())]
        yield _lines([_row(document, named, figure, decimal) for figure in figures], decimal)


def write_indicators(locale: str, path: Path, decimal: Decimal = "point") -> int:
    """Writes the file; returns how many values it has."""
    values = -1
    with path.open("wb") as file:
        for piece in indicators(locale, decimal=decimal):
            file.write(piece)
            values += piece.count(_END_OF_ROW)
    return values


def _documents(locale: str, types: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Documents of some types, one for each key, in the best language that there is, by title."""
    for chosen in batches(_chosen(locale, types), _AT_A_TIME):
        bodies = dict(PublishedDocument.objects.filter(pk__in=chosen).values_list("pk", "body"))
        for pk in chosen:
            # One that went meanwhile is left out.
            if pk in bodies:
                yield json.loads(bytes(bodies[pk]))


def _chosen(locale: str, types: Sequence[str]) -> list[int]:
    """Ids of the documents."""
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


def _measured(document: dict[str, Any], measures: Measures) -> Iterator[_Figure]:
    for value in document[measures.values]:
        yield _Figure(_MEASURED, str(value[measures.date]), value[measures.value])


def _aims(locale: str) -> dict[str, list[_Figure]]:
    """Baselines and targets by the key of what is measured, goal by goal."""
    found: dict[str, list[_Figure]] = defaultdict(list)
    named_by_type = aims_by_type()
    for document in _documents(locale, list(named_by_type)):
        named = named_by_type[document["meta"]["type"]]
        goal = (document["title"], document["key"], _language_of(document, "title"))
        for aim in document[named.aims]:
            if measure := aim[named.measure]:
                found[measure["key"]] += [
                    _Figure(kind, _last_day(aim[year]), aim[value], *goal)
                    for kind, year, value in (
                        ("baseline", named.baseline_year, named.baseline_value),
                        ("target", named.target_year, named.target_value),
                    )
                ]
    return found


def _last_day(year: int) -> str:
    """The day that the values of a year describe."""
    return f"{year:04}-12-31"


def _row(
    document: dict[str, Any], measures: Measures, figure: _Figure, decimal: Decimal
) -> list[str]:
    texts = [str(document[name] or "") for name in (measures.name, measures.unit, measures.source)]
    name, unit, source = map(defused, texts)
    return [
        document["key"],
        name,
        unit,
        str(document[measures.better]),
        figure.kind,
        figure.date,
        # A figure is no formula, whatever sign it has.
        format(figure.value, _DIGITS).replace(".", _SIGNS[decimal]),
        defused(figure.goal),
        figure.goal_key,
        source,
        defused(str(document[measures.source_url] or "")),
        _language(document, measures, figure),
    ]


def _language(document: dict[str, Any], measures: Measures, figure: _Figure) -> str:
    languages = {
        _language_of(document, name)
        for name in (measures.name, measures.unit, measures.source)
        if document[name]
    }
    if figure.goal_language:
        languages.add(figure.goal_language)
    return languages.pop() if len(languages) == 1 else "mul"


def _language_of(document: dict[str, Any], name: str) -> str:
    return str(document["languages"].get(f"/{name}", document["language"]))


def _lines(rows: Sequence[Sequence[str]], decimal: Decimal) -> bytes:
    text = StringIO(newline="")
    csv.writer(text, delimiter=_SEPARATORS[decimal]).writerows(rows)
    return text.getvalue().encode()
