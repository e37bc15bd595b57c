"""Template tags of goals and how far they are; ``{% load goal_charts %}``."""

from itertools import groupby
from typing import Any, Final

from django import template
from django.template import Context
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from cms.content.reader.charts.line_chart import line_chart
from cms.content.reader.interface_strings import interface_language
from cms.content.reader.marking import attributes, mark
from cms.content.reader.parts import DocumentNode
from cms.content.templatetags.reader import page_language
from strategy.reader.measures import Measure, read_measure, read_values
from strategy.reader.overview_page import is_followed
from strategy.reader.sentences import describe, describe_values, explain, moment, say

register = template.Library()

MOST_ROWS: Final = 60
"""Of values in a table; of more, the last of each year."""


@register.filter
def measure(row: DocumentNode) -> Measure | None:
    """The measure in a row of a goal; ``None`` where its indicator is not published."""
    return read_measure(row.data)


@register.simple_tag(takes_context=True)
def chart_in_words(context: Context, measure: Measure) -> dict[str, Any]:
    """``text``, the chart in a sentence, and ``language``, of the words in it."""
    language = interface_language(page_language(context))
    return {"text": describe(measure, language), "language": language}


@register.simple_tag(takes_context=True)
def values_chart(context: Context, indicator: DocumentNode) -> dict[str, Any]:
    """``chart`` of an indicator's values alone, ``latest``, and the same in words as above."""
    language = interface_language(page_language(context))
    values = read_values(indicator.data)
    return {
        "chart": line_chart(values),
        "latest": values[-1].value if values else None,
        "text": describe_values(values, language),
        "language": language,
    }


@register.filter
def is_shown_by(indicator: DocumentNode, document: DocumentNode) -> bool:
    """Tells whether a page measures itself by this indicator, and so has its chart already."""
    measured = (row["indicator"] for row in document["indicators"])
    return any(one["key"].data == indicator["key"].data for one in measured if one)


@register.simple_tag(takes_context=True)
def rule_in_words(context: Context, measure: Measure) -> dict[str, Any]:
    """``text``, why the state is as it is, and ``marks``, of the element that holds it."""
    document_language = page_language(context)
    language = interface_language(document_language)
    return {
        "text": explain(measure, language),
        "marks": attributes(language, document_language),
    }


@register.simple_tag(takes_context=True)
def some_of_all(context: Context, some: int, all_of_them: int) -> SafeString:
    """A count of things among all of them: 5 of 12."""
    document_language = page_language(context)
    language = interface_language(document_language)
    text = say(_("%(some)s of %(all)s"), language, some=str(some), all=str(all_of_them))
    return mark(conditional_escape(text), language, document_language)


@register.filter(name="is_followed")
def strategy_is_followed(strategy: DocumentNode) -> bool:
    """Tells whether a strategy has a page that shows how far its goals are."""
    return is_followed(strategy.data)


@register.filter
def leads_to(page: DocumentNode) -> SafeString:
    """``hreflang`` of a link to a page in another language, with a space before it."""
    if page.text_language == page.document_language:
        return SafeString()
    return format_html(' hreflang="{}"', page.text_language)


@register.simple_tag(takes_context=True)
def moment_of_latest(context: Context, measure: Measure) -> str:
    """The year of the latest value, or its day; empty where nothing was measured since."""
    return moment(measure.latest, page_language(context)) if measure.latest else ""


@register.filter
def whole_per_cent(measure: Measure) -> int:
    """The progress as a whole number of per cent; may be negative or above 100."""
    return round((measure.progress or 0) * 100)


@register.filter
def latest_node(row: DocumentNode) -> DocumentNode | str:
    """The row of the latest value, with its date, as the document has it."""
    values = row["indicator"]["values"]
    return max(values, key=lambda one: one["date"].data) if values else ""


@register.filter
def for_table(values: DocumentNode | str) -> list[DocumentNode]:
    """The values that a table shows: all, or where they are many the last of each year.

    Of more years than a table has room for, the latest.
    """
    if not isinstance(values, DocumentNode):
        return []
    rows = sorted(values, key=lambda one: str(one["date"].data))
    if len(rows) > MOST_ROWS:
        years = groupby(rows, key=lambda one: str(one["date"].data)[:4])
        rows = [list(found)[-1] for _year, found in years]
    return rows[-MOST_ROWS:]
