"""Indicators as CSV: each value with its unit and source, of what is published alone."""

import codecs
import csv
import shutil
import subprocess
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from cms.content.measures import aims_by_type, measures_by_type
from cms.exchange.parallel_texts.tables.defusing import restored
from cms.export.open_data.indicators import COLUMNS, decimal_of, indicators, write_indicators
from strategy.models import GoalPage, Indicator
from strategy.models.goals import GoalIndicator
from tests.factories.pages import GoalPageFactory
from tests.factories.site import ExampleSite
from tests.factories.snippets import IndicatorFactory
from tests.factories.translations import translate

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]


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
    text = b"".join(indicators(locale)).decode("utf-8-sig")
    return [row for row in csv.DictReader(StringIO(text, newline="")) if name in row["name"]]


def test_a_row_for_each_value(swedish_site: ExampleSite) -> None:
    indicator = measured("Arbete", 71.4, -3, 0.1 + 0.2)
    first, second, third = rows(name="Arbete")
    assert first | {"source": restored(first["source"])} == {
        "key": str(indicator.translation_key),
        "name": "Arbete",
        "unit": "procent",
        "better": "lower",
        "kind": "measured",
        "date": "2020-12-31",
        "value": "71.4",
        "goal": "",
        "goal_key": "",
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


def aim(goal: GoalPage, indicator: Indicator, baseline: float, target: float) -> GoalPage:
    goal.indicators.add(
        GoalIndicator(
            indicator=indicator,
            baseline_value=baseline,
            baseline_year=2019,
            target_value=target,
            target_year=2030,
        )
    )
    goal.save_revision().publish()
    return GoalPage.objects.get(pk=goal.pk)


def figures(locale: str = "sv", name: str = "") -> list[tuple[str, ...]]:
    columns = ("kind", "date", "value", "goal", "language")
    return [tuple(row[column] for column in columns) for row in rows(locale, name)]


def test_baselines_and_targets_are_of_goals(swedish_site: ExampleSite) -> None:
    indicator = measured("Arbete", 71.4)
    first = GoalPage.objects.get(title="Fler i arbete")
    first.indicators.clear()
    first = aim(first, indicator, 70, 80.5)
    second: GoalPage = GoalPageFactory(parent=first.get_parent(), title="=Alla", slug="alla")
    aim(second, indicator, 60, -1)
    assert figures(name="Arbete") == [
        ("measured", "2020-12-31", "71.4", "", "sv"),
        ("baseline", "2019-12-31", "60", "'=Alla", "sv"),
        ("target", "2030-12-31", "-1", "'=Alla", "sv"),
        ("baseline", "2019-12-31", "70", "Fler i arbete", "sv"),
        ("target", "2030-12-31", "80.5", "Fler i arbete", "sv"),
    ]
    assert [row["goal_key"] for row in rows(name="Arbete")] == [
        "",
        *2 * [str(second.translation_key)],
        *2 * [str(first.translation_key)],
    ]
    # A goal that nobody sees is in no file, nor is one of an indicator that nobody sees.
    second.unpublish()
    assert len(rows(name="Arbete")) == 3
    indicator.unpublish()
    assert rows(name="Arbete") == []


def test_an_indicator_that_was_not_measured_yet_has_its_goals(swedish_site: ExampleSite) -> None:
    goal = GoalPage.objects.get(title="Fler i arbete")
    aim(goal, measured("Nytt"), 1, 2)
    assert [figure[0] for figure in figures(name="Nytt")] == ["baseline", "target"]


def test_a_goal_in_another_language_than_its_indicator(swedish_site: ExampleSite) -> None:
    indicator = measured("Arbete", 1)
    translate(indicator, "fi")
    aim(GoalPage.objects.get(title="Fler i arbete"), indicator, 1, 2)
    found = figures("fi", "Arbete [fi]")
    assert [figure[3:] for figure in found] == [("", "fi"), *2 * [("Fler i arbete", "mul")]]


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


def test_they_are_found_by_what_they_state(swedish_site: ExampleSite) -> None:
    assert list(measures_by_type()) == [Indicator._meta.label]
    assert list(aims_by_type()) == [GoalPage._meta.label]


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


@pytest.mark.parametrize(
    ("decimal", "separator", "written"), [("point", ",", "-62.5"), ("comma", ";", "-62,5")]
)
def test_a_spreadsheet_reads_it(
    decimal: Any, separator: str, written: str, swedish_site: ExampleSite
) -> None:
    measured('Åäö; "čŋ", \N{LINE SEPARATOR}x', -62.5, 3)
    content = b"".join(indicators(decimal=decimal))
    assert content.startswith(codecs.BOM_UTF8)
    text = content.decode("utf-8-sig")
    assert csv.Sniffer().sniff(text[:2_000], delimiters=",;").delimiter == separator
    found = list(csv.DictReader(StringIO(text, newline=""), delimiter=separator))
    assert all(None not in row and None not in row.values() for row in found)
    values = [row["value"] for row in found if "čŋ" in row["name"]]
    assert values == [written, "3"]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize(
    ("locale", "of_office"), [("sv", "59,34,76,1,,1053"), ("en", "44,34,76,1,,2057")]
)
def test_libreoffice_reads_it(
    locale: str, of_office: str, swedish_site: ExampleSite, tmp_path: Path
) -> None:
    measured("Åäö", -62.5)
    path = tmp_path / "indicators.csv"
    write_indicators(locale, path, decimal_of(locale))
    subprocess.run(
        [
            *["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/office"],
            *[f"--infilter=CSV:{of_office}", "--convert-to", "fods", "--outdir", str(tmp_path)],
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    sheet = (tmp_path / "indicators.fods").read_text(encoding="utf-8")
    assert "<text:p>key</text:p>" in sheet
    assert "<text:p>Åäö</text:p>" in sheet
    assert 'office:value-type="float" office:value="-62.5"' in sheet
    assert 'office:date-value="2020-12-31"' in sheet


def test_the_sign_is_that_of_the_language() -> None:
    assert {code: decimal_of(code) for code in ("sv", "fi", "se", "en")} == {
        "sv": "comma",
        "fi": "comma",
        "se": "comma",
        "en": "point",
    }
