"""Template tags of charts; ``{% load charts %}``. They link ``content/charts.css``."""

from decimal import Decimal
from typing import Any, Final

from django import template
from django.template import Context

from cms.content.reader.charts.line_chart import LineChart
from cms.content.reader.charts.value_axis import ValueAxis
from cms.content.reader.figures import figure_text
from cms.content.reader.marking import direction
from cms.content.reader.parts import DocumentNode
from cms.content.templatetags.reader import page_language

register = template.Library()

_WIDEST: Final = 16
"""Of the figures beside a chart, in digits: for so many there are classes in the style sheet."""
_WRITTEN_OUT: Final = 12
"""Powers of ten up to this one are written as a number."""
_SUPERSCRIPT: Final = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


@register.inclusion_tag("content/charts/line.html", takes_context=True)
def line_chart(
    context: Context,
    chart: LineChart,
    *,
    identity: str,
    name: DocumentNode,
    words: dict[str, Any],
    unit: DocumentNode | str = "",
    latest: float | str | None = None,
    target: float | str | None = None,
) -> dict[str, Any]:
    """A line chart as SVG.

    Args:
        identity: an id of its own on the page.
        name: of what is measured.
        words: the chart in a sentence: ``text`` and its ``language``.
        latest, target: the figures that stand beside the last value and the target.
    """
    language = page_language(context)
    decimals = chart.values.decimals
    labels = [figure_text(tick.value, language, decimals=decimals) for tick in chart.values.ticks]
    aimed_at = _written(target, chart.values, language)
    return {
        "chart": chart,
        "identity": identity,
        "name": name,
        "name_language": _other(name["title"].text_language, language),
        "words": words["text"],
        "words_language": _other(words["language"], language),
        "unit": unit,
        "multiplier": _multiplier(chart.values, language),
        "ticks": [
            {"y": tick.y, "label": text}
            for tick, text in zip(chart.values.ticks, labels, strict=True)
        ],
        "target": aimed_at,
        "latest": _written(latest, chart.values, language),
        "left": min(max(map(len, labels)), _WIDEST),
        "right": min(len(aimed_at), _WIDEST) if chart.is_target_last else 0,
        "document": context.get("document"),
    }


def _written(figure: float | str | None, axis: ValueAxis, language: str) -> str:
    # What a template does not find it gives as an empty text.
    return figure_text(axis.shortened(figure), language) if isinstance(figure, int | float) else ""


def _other(code: str, surrounding: str) -> str:
    """A language that is to be said: SVG has ``lang`` and no ``dir``."""
    return "" if code == surrounding else code


def _multiplier(axis: ValueAxis, language: str) -> str:
    if not axis.exponent:
        return ""
    if abs(axis.exponent) > _WRITTEN_OUT:
        return "10" + str(axis.exponent).translate(_SUPERSCRIPT)
    return figure_text(Decimal(1).scaleb(axis.exponent), language)


@register.inclusion_tag("content/charts/progress.html", takes_context=True)
def progress_bar(
    context: Context, share: float | None, expected: float | None = None
) -> dict[str, Any]:
    """A small bar as SVG: how far something has come, beside the same in words.

    Args:
        share: 0 at the beginning, 1 at the end; below or above, the bar is empty or full.
        expected: the share at which it should be; a mark stands there.
    """
    is_mirrored = direction(page_language(context)) == "rtl"
    done = min(max(share or 0.0, 0.0), 1.0) * 100
    mark = None if expected is None else min(max(expected, 0.0), 1.0) * 100
    return {
        "start": round(100 - done, 1) if is_mirrored else 0,
        "done": round(done, 1),
        "mark": mark if mark is None else round(100 - mark if is_mirrored else mark, 1),
    }
