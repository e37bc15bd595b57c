"""The parallel table: nine languages side by side, read back as it was, and no formula in it."""

import csv
from io import StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.exchange.parallel_texts.tables import csv_writing, xlsx_writing
from cms.exchange.parallel_texts.tables.defusing import defused, is_dangerous, restored
from cms.languages.registry import LANGUAGES
from home.models import ContentPage
from tests.cms.exchange.formats.samples import TEXT
from tests.cms.exchange.parallel_texts.tables.samples import QUERY, string_of
from tests.cms.export.running import Run
from tests.cms.export.small import add_page, draft, give, retitle
from tests.factories.site import ExampleSite

pytestmark = pytest.mark.shared_out

FORMULAS = ["=1+1", "+46 920", "-5 grader", "@SUMMA(A1)", "\t=1+1", " =cmd|' /C calc'!A1", "＝1"]
HARMLESS = ["Kust", "5-6", "a=b", "", "”=”", "'", "'=1+1", "''", "’n"]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_formula_is_left(text: str) -> None:
    assert is_dangerous(text)
    assert defused(text) == f"'{text}"


@pytest.mark.parametrize("text", [*FORMULAS, *HARMLESS])
def test_every_text_comes_back(text: str) -> None:
    assert restored(defused(text)) == text
    assert not is_dangerous(defused(text))


@given(st.one_of(TEXT, st.text("=+-@' \t\nab'")))
def test_any_text_comes_back(text: str) -> None:
    assert restored(defused(text)) == text
    assert not is_dangerous(defused(text))


TEXTS = st.lists(st.tuples(TEXT, TEXT, TEXT), min_size=1, max_size=4)


@given(TEXTS)
def test_a_csv_file_read_back_holds_the_same(
    tmp_path_factory: pytest.TempPathFactory, texts: list[tuple[str, str, str]]
) -> None:
    path = tmp_path_factory.mktemp("table") / "table.csv"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            csv_writing, "parallel_strings", lambda query: [[string_of(*each)] for each in texts]
        )
        assert csv_writing.write_csv(QUERY, path, lambda done: None) == len(texts)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [tuple(restored(row[code]) for code in ("sv", "smj", "yi")) for row in rows] == texts
    assert not any(is_dangerous(cell) for row in rows for cell in row.values())


@pytest.mark.django_db
@given(TEXTS)
def test_a_spreadsheet_read_back_holds_the_same(
    tmp_path_factory: pytest.TempPathFactory, texts: list[tuple[str, str, str]]
) -> None:
    path = tmp_path_factory.mktemp("table") / "table.xlsx"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            xlsx_writing, "parallel_strings", lambda query: [[string_of(*each)] for each in texts]
        )
        assert xlsx_writing.write_xlsx(QUERY, path, lambda done: None) == len(texts)
    rows = rows_of(path)
    headings = ("sv · svenska", "smj · julevsámegiella", "yi · ייִדיש")
    assert [tuple(row[name].value for name in headings) for row in rows] == texts
    assert all(cell.data_type in "sn" for row in rows for cell in row.values())


def rows_of(path: Path) -> list[dict[str, Any]]:
    sheet: Any = openpyxl.load_workbook(path).worksheets[0]
    headings, *rows = sheet.iter_rows()
    return [
        {heading.value: cell for heading, cell in zip(headings, row, strict=True)} for row in rows
    ]


@pytest.mark.django_db
def test_a_text_longer_than_a_cell_is_cut_and_says_so(tmp_path: Path, monkeypatch: Any) -> None:
    text = "a" * 40_000
    monkeypatch.setattr(
        xlsx_writing, "parallel_strings", lambda query: [[string_of(text, "b", "c")]]
    )
    xlsx_writing.write_xlsx(QUERY, tmp_path / "long.xlsx", lambda done: None)
    [row] = rows_of(tmp_path / "long.xlsx")
    cell = row["sv · svenska"].value
    assert (len(cell), cell[-2:]) == (32_767, "a…")


@pytest.fixture
def page(swedish_site: ExampleSite) -> ContentPage:
    return add_page(swedish_site)


def read_csv(path: Path, page: ContentPage) -> list[dict[str, str]]:
    rows = csv.DictReader(StringIO(path.read_bytes().decode("utf-8-sig")))
    return [row for row in rows if row["key"] == str(page.translation_key)]


@pytest.mark.django_db
def test_a_reviewer_gets_the_table_with_nine_languages(
    page: ContentPage, run: Run, tmp_path: Path
) -> None:
    give(page, "en")
    give(page, "yi")
    draft(page, "smj")
    page = retitle(page, "=Strand")
    path = tmp_path / "texts.xlsx"
    assert "in 9 languages" in run("export_texts", path)
    book = openpyxl.load_workbook(path)
    sheet: Any = book.worksheets[0]
    headings = [cell.value for cell in sheet[1]]
    assert headings[:4] == ["Page", "Path", "Type", "Field"]
    assert [heading for heading in headings if " · " in heading] == [
        f"{code} · {language.name}" for code, language in LANGUAGES.items()
    ]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("F2", f"A1:W{sheet.max_row}")
    assert sheet.column_dimensions["E"].width > 40
    assert sheet.column_dimensions["W"].hidden
    title, paragraph = [row for row in rows_of(path) if row["Page"].value == "=Strand"]
    assert title["sv · svenska"].data_type == "s"
    assert title["sv · svenska"].quotePrefix
    english = title["en · English"]
    assert english.value == "en(Kust)"
    after = {cell.coordinate: cell for row in sheet for cell in row}
    assert after[f"G{english.row}"].value == "out of date"
    assert english.fill.fgColor.rgb.endswith("FFD9B3")
    assert paragraph["en · English"].fill.fill_type is None
    assert after[f"G{paragraph['en · English'].row}"].value == "published"
    yiddish = paragraph["yi · ייִדיש"]
    assert (yiddish.alignment.readingOrder, yiddish.alignment.horizontal) == (2, "right")
    assert paragraph["smj · julevsámegiella"].fill.fgColor.rgb.endswith("DCEBFA")
    about = {row[0].value: row[1].value for row in book.worksheets[1] if row[0].value}
    assert about["yi"] == "ייִדיש"
    assert about["missing"] == "Not translated."


@pytest.mark.django_db
def test_a_program_gets_the_same_as_csv(page: ContentPage, run: Run, tmp_path: Path) -> None:
    give(page, "en")
    draft(page, "smj")
    path = tmp_path / "texts.csv"
    run("export_texts", path, "--locale", "smj", "--locale", "en")
    [title, _paragraph] = read_csv(path, page)
    assert " ".join(title) == "page path type field sv en en_status smj smj_status key place"
    assert title | {"field": ""} == {
        "page": "Kust",
        "path": "/sv/kust/",
        "type": "home.ContentPage",
        "field": "",
        "sv": "Kust",
        "en": "en(Kust)",
        "en_status": "published",
        "smj": "smj(Kust)",
        "smj_status": "draft",
        "key": str(page.translation_key),
        "place": "title",
    }


@pytest.mark.django_db
def test_for_the_world_there_is_no_draft(page: ContentPage, run: Run, tmp_path: Path) -> None:
    draft(page, "smj")
    path = tmp_path / "texts.csv"
    run("export_texts", path, "--published")
    assert [row["smj_status"] for row in read_csv(path, page)] == ["unpublished"] * 2
    assert "smj(Kust)" not in path.read_text(encoding="utf-8")
