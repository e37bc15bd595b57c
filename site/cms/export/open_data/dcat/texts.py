"""Descriptions of each dataset, in the two languages that somebody can vouch for."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Texts:
    """Title, description and keywords by the code of the language."""

    title: dict[str, str]
    description: dict[str, str]
    keywords: dict[str, tuple[str, ...]]


_STRATEGY: Final = {
    "sv": ("regional utveckling", "utvecklingsstrategi"),
    "en": ("regional development", "development strategy"),
}


def _with(**more: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    return {code: words + more[code] for code, words in _STRATEGY.items()}


CONTENT: Final = Texts(
    {
        "sv": "Regional utvecklingsstrategi, allt innehåll",
        "en": "Regional development strategy, all content",
    },
    {
        "sv": "Allt som är publicerat: strategier med insatsområden, mål och insatser, "
        "utvecklingsområden, berättelser och fakta, på de språk där de finns. Varje text säger "
        "vilket språk den är på.",
        "en": "Everything that is published: strategies with priority areas, goals and efforts, "
        "development areas, stories and facts, in the languages in which they exist. Every text "
        "says which language it is in.",
    },
    _with(sv=("nationella minoritetsspråk",), en=("national minority languages",)),
)

CORPUS: Final = Texts(
    {
        "sv": "Regional utvecklingsstrategi, parallell korpus",
        "en": "Regional development strategy, parallel corpus",
    },
    {
        "sv": "Varje publicerad text bredvid sina översättningar, för översättningsminnen och "
        "språkforskning. Bara det som är översatt och aktuellt; varje översättning säger om "
        "någon ännu ska granska den.",
        "en": "Every published text beside its translations, for translation memories and "
        "research. Only what is translated and up to date; every translation says whether "
        "somebody still has to review it.",
    },
    _with(
        sv=("parallell korpus", "översättningsminne", "nationella minoritetsspråk"),
        en=("parallel corpus", "translation memory", "national minority languages"),
    ),
)

INDICATORS: Final = Texts(
    {
        "sv": "Regional utvecklingsstrategi, indikatorer",
        "en": "Regional development strategy, indicators",
    },
    {
        "sv": "Uppmätta värden, och målens utgångs- och målvärden, med datum, enhet och källa.",
        "en": "Measured values, and the goals' baselines and targets, with date, unit and source.",
    },
    _with(sv=("indikatorer", "statistik"), en=("indicators", "statistics")),
)

SERVICE: Final = Texts(
    {"sv": "API för publicerat innehåll", "en": "API of the published content"},
    {
        "sv": "Hämtar sidor, fakta, bilder och ändringar på alla språk, utan nyckel.",
        "en": "Gives pages, facts, images and changes in all languages, without a key.",
    },
    _with(sv=("API",), en=("API",)),
)

AS_API: Final = {
    "sv": "Som JSON, genom API:et: ett dokument, en lista, en sökning eller det som ändrats.",
    "en": "As JSON, through the API: one document, a list, a search, or what has changed since.",
}
AS_LINES: Final = {
    "sv": "Allt i en ström, ett JSON-dokument per rad.",
    "en": "Everything in one stream, one JSON document a line.",
}
AS_BUNDLE: Final = {
    "sv": "Allt i ett paket, med scheman och förteckning.",
    "en": "Everything in one bundle, with schemas and a manifest.",
}
AS_TMX: Final = {"sv": "TMX 1.4b med alla språk.", "en": "TMX 1.4b with all languages."}
AS_CSV: Final = {
    "sv": "CSV med en rad per värde.",
    "en": "CSV with a row for each value.",
}
