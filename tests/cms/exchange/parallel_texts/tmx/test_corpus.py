"""The parallel corpus: valid, in all languages, and nothing in it but what is public."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError
from lxml import etree

from cms.exchange.formats.tmx_writing import header_element, written
from cms.exchange.parallel_texts.strings import TARGET_LANGUAGES, ParallelQuery
from cms.exchange.parallel_texts.tmx.writing import corpus
from home.models import ContentPage
from tests.cms.exchange.formats.test_schemas import schemas
from tests.cms.export.running import Run
from tests.cms.export.small import (
    add_page,
    ask_for_review,
    draft,
    give,
    label_of,
    retitle,
    rewrite,
)
from tests.factories.site import ExampleSite

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
MARKED = (
    'Se <a href="https://example.org/?a=1&amp;b=2"><b>planen</b></a>,'
    "<br/>&lt;nu&gt; &amp; <i>sen</i>."
)


@pytest.fixture
def page(swedish_site: ExampleSite) -> ContentPage:
    return add_page(swedish_site)


def tree_of(query: ParallelQuery | None = None) -> Any:
    return etree.fromstring(b"".join(corpus(query or ParallelQuery(TARGET_LANGUAGES))))


def units_of(tree: Any, page: Any) -> list[Any]:
    return [
        unit for unit in tree.iter("tu") if properties(unit)["x-key"] == str(page.translation_key)
    ]


def properties(element: Any) -> dict[str, str]:
    return {prop.get("type"): prop.text for prop in element.findall("prop")}


def variants(unit: Any) -> dict[str, str]:
    return {
        variant.get(LANGUAGE): "".join(variant.find("seg").itertext())
        for variant in unit.findall("tuv")
    }


def test_it_is_valid(swedish_site: ExampleSite) -> None:
    page = add_page(swedish_site, text=MARKED)
    for code in TARGET_LANGUAGES:
        give(page, code)
    ask_for_review("fi(Kust)")
    tree = tree_of()
    dtd = etree.DTD(str(schemas("tmx") / "tmx14.dtd"))
    assert dtd.validate(tree), dtd.error_log
    assert [set(variants(unit)) for unit in units_of(tree, page)] == [{"sv", *TARGET_LANGUAGES}] * 2
    for unit in tree.iter("tu"):
        unit.find("tuv").getparent().remove(unit.find("tuv").getnext())
        unit.attrib.pop("tuid")
        unit.set("unknown", "")
    assert not dtd.validate(tree)


def test_a_unit_says_where_it_is_and_since_when(page: ContentPage) -> None:
    give(page, "smj")
    ask_for_review("smj(Kust)")
    tree = tree_of()
    assert tree.find("header").get("srclang") == "sv"
    assert properties(tree.find("header"))["x-languages"] == "sv en fi fit se smj sma yi rom"
    title, paragraph = units_of(tree, page)
    assert variants(title) == {"sv": "Kust", "smj": "smj(Kust)"}
    assert properties(title) | {"x-field": ""} == {
        "x-key": str(page.translation_key),
        "x-type": "home.ContentPage",
        "x-page": "/sv/kust/",
        "x-title": "Kust",
        "x-path": "title",
        "x-field": "",
    }
    translated = title.findall("tuv")[1]
    assert properties(translated) == {"x-state": "needs-review"}
    assert properties(paragraph.findall("tuv")[1]) == {"x-state": "translated"}
    assert translated.get("changedate") == title.get("changedate")
    assert len(title.get("changedate")) == len("20261124T123005Z")


def test_codes_hold_the_html_that_they_stand_for(swedish_site: ExampleSite) -> None:
    page = add_page(swedish_site, text=MARKED)
    give(page, "smj")
    _title, paragraph = units_of(tree_of(), page)
    for variant in paragraph.findall("tuv"):
        segment = variant.find("seg")
        codes = [(code.tag, code.text) for code in segment]
        assert codes == [
            ("bpt", '<a id="a1">'),
            ("bpt", "<b>"),
            ("ept", "</b>"),
            ("ept", "</a>"),
            ("ph", "<br/>"),
            ("bpt", "<i>"),
            ("ept", "</i>"),
        ]
    assert "<nu> & " in variants(paragraph)["smj"]


def test_only_what_is_live_and_up_to_date(page: ContentPage) -> None:
    give(page, "smj")
    give(page, "fi")
    draft(page, "se")
    give(page, "yi").unpublish()
    assert [set(variants(unit)) for unit in units_of(tree_of(), page)] == [{"sv", "smj", "fi"}] * 2
    page = retitle(page, "Strand")
    [paragraph] = units_of(tree_of(), page)
    assert variants(paragraph)["sv"] == "Havet är kallt."
    rewrite(page, "Havet är varmt.")
    assert units_of(tree_of(), page) == []


def test_who_may_see_more_gets_no_more(page: ContentPage) -> None:
    draft(page, "smj")
    everything = ParallelQuery(TARGET_LANGUAGES, open_languages=frozenset(TARGET_LANGUAGES))
    assert units_of(tree_of(everything), page) == []


def test_languages_and_types_are_chosen(page: ContentPage, run: Run, tmp_path: Path) -> None:
    give(page, "smj")
    give(page, "fi")
    path = tmp_path / "corpus.tmx"
    said = run("export_texts", path, "--locale", "fi", "--type", label_of(page))
    assert said == f"Wrote 2 texts in 2 languages to {path}.\n"
    assert [set(variants(unit)) for unit in etree.parse(path).iter("tu")] == [{"sv", "fi"}] * 2
    assert run("export_texts", path, "--type", "home.HomePage").startswith("Wrote 0 texts")
    assert list(etree.parse(path).iter("tu")) == []


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["x.doc"], "x.doc ends with none of: .xlsx, .csv, .tmx."),
        (["x.tmx", "--locale", "xx"], "Unknown language 'xx'"),
        (["x.tmx", "--type", "home.Nope"], "Unknown type 'home.Nope'"),
        (["/dev/null/x.tmx"], "/dev/null"),
    ],
)
def test_what_cannot_be_is_named(arguments: list[str], why: str, run: Run, db: None) -> None:
    with pytest.raises(CommandError, match=why.replace(".", r"\.")):
        run("export_texts", *arguments)


# translate-toolkit is GPL: it runs as a program of its own.
OPEN = """
import sys
from translate.storage import tmx
with open(sys.argv[1], "rb") as file:
    store = tmx.tmxfile(file, sourcelanguage="sv", targetlanguage="smj")
for unit in store.units:
    print(unit.source, "=", unit.target)
"""


@pytest.mark.any_database
def test_a_researcher_opens_it_in_a_foreign_program(
    page: ContentPage, run: Run, tmp_path: Path
) -> None:
    give(page, "smj")
    path = tmp_path / "corpus.tmx"
    run("export_texts", path, "--locale", "smj")
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", OPEN, str(path)],
        check=True,
        capture_output=True,
        text=True,
    )
    assert "Kust = smj(Kust)\nHavet är kallt. = smj(Havet är kallt.)\n" in done.stdout


def test_it_comes_in_pieces() -> None:
    header = header_element("sv", datetime(2026, 11, 24, tzinfo=UTC), {})
    units = (etree.Element("tu", {"tuid": f"{number}" * 20}) for number in range(5_000))
    pieces = list(written(header, units))
    assert len(pieces) > 3
    assert max(map(len, pieces)) < 200_000
    assert len(etree.fromstring(b"".join(pieces)).findall("body/tu")) == 5_000
