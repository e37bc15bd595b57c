"""Indicators as CSV: each value with its unit and source, of what is published alone."""

import csv
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from norrbotten.content.measures import measures_by_type
from norrbotten.export.indicators import COLUMNS, indicators
from norrbotten.export.tables.defusing import restored
from strategy.models import Indicator
from tests.factories.site import ExampleSite
from tests.factories.snippets import IndicatorFactory
from tests.factories.translations import translate

pytestmark = pytest.mark.django_db


def measured(name: str, *values: float, **fields: Any) -> Indicator:
    indicator: Indicator = IndicatorFactory(
        name=name,
        unit="procent",
        source="=Källan",
        source_url="https://example.org/",
        better="lower",
        **fields,
    )
    indicator.values.all().delete()
    for year, value in enumerate(values, start=2020):
        indicator.values.create(date=date(year, 12, 31), value=value)
    indicator.save_revision().publish()
    found: Indicator = Indicator.objects.get(pk=indicator.pk)
    return found


def rows(locale: str = "sv", name: str = "") -> list[dict[str, str]]:
    text = b"".join(indicators(locale)).decode()
    return [row for row in csv.DictReader(StringIO(text, newline="")) if name in row["name"]]


def test_a_row_for_each_value(swedish_site: ExampleSite) -> None:
    indicator = measured("Arbete", 71.4, -3, 0.1 + 0.2)
    first, second, third = rows(name="Arbete")
    assert first | {"source": restored(first["source"])} == {
        "key": str(indicator.translation_key),
        "name": "Arbete",
        "unit": "procent",
        "better": "lower",
        "date": "2020-12-31",
        "value": "71.4",
        "source": "=Källan",
        "source_url": "https://example.org/",
        "language": "sv",
    }
    assert first["source"] == "'=Källan"
    assert (second["value"], third["value"]) == ("-3", "0.3")
    assert tuple(first) == COLUMNS


def test_one_without_values_has_no_row(swedish_site: ExampleSite) -> None:
    measured("Tomt")
    assert rows(name="Tomt") == []


def test_a_language_and_what_stands_in_for_it(swedish_site: ExampleSite) -> None:
    both = measured("Arbete", 1)
    translate(both, "fi")
    partly = measured("Resor", 2)
    translate(partly, "fi", lambda path, text: f"fi {text}" if path == "name" else None)
    measured("Skolor", 3)
    found = {row["name"]: (row["unit"], row["value"], row["language"]) for row in rows("fi")}
    assert found["Arbete [fi]"] == ("procent [fi]", "1", "fi")
    assert found["fi Resor"] == ("procent", "2", "mul")
    assert found["Skolor"] == ("procent", "3", "sv")
    # Meänkieli falls back on Finnish before Swedish.
    assert {row["name"] for row in rows("fit")} == set(found)


def test_a_draft_is_in_no_file(swedish_site: ExampleSite) -> None:
    indicator = measured("Arbete", 1)
    indicator.name = "Hemlig"
    indicator.save_revision()
    measured("Dold", 1).unpublish()
    assert len(rows(name="Arbete")) == 1
    assert rows(name="Hemlig") == rows(name="Dold") == []


def test_indicators_are_found_by_what_they_state(swedish_site: ExampleSite) -> None:
    assert list(measures_by_type()) == [Indicator._meta.label]


def test_the_command(swedish_site: ExampleSite, tmp_path: Path) -> None:
    measured("Arbete", 1, 2)
    said = StringIO()
    path = tmp_path / "indicators.csv"
    call_command("export_indicators", str(path), stdout=said)
    number = len(rows())
    assert said.getvalue() == f"Wrote {number} values to {path}.\n"
    assert path.read_bytes() == b"".join(indicators())
    for arguments, why in (
        ([str(path), "--locale", "xx"], "Unknown language 'xx'"),
        ([str(tmp_path / "a.txt")], "does not end with .csv"),
        (["/dev/null/a.csv"], "/dev/null"),
    ):
        with pytest.raises(CommandError, match=why):
            call_command("export_indicators", *arguments)
