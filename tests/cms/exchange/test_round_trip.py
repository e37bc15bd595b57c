"""Tests of export, any edit and import: nothing is lost, and nothing else changes."""

import re
import unicodedata
from dataclasses import replace
from html import escape
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Page
from wagtail_localize.models import StringTranslation

from cms.common.characters import is_visible
from cms.exchange.exporting import unit_groups
from cms.exchange.formats import FORMATS
from cms.exchange.selection import Selection
from cms.exchange.units import Unit, UnitGroup
from cms.translation.fragments import tokens
from cms.translation.models import LanguageStatus
from tests.cms.exchange.carrying import bring, export, filled, in_lule_sami, stored
from tests.cms.exchange.formats.samples import TEXT
from tests.factories.site import ExampleSite
from tests.harness.sampling import examples

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

ALL = sorted(FORMATS)


def pages() -> list[Any]:
    columns = ("pk", "path", "live", "title", "slug", "latest_revision", "last_published_at")
    return list(Page.objects.order_by("pk").values_list(*columns))


@pytest.mark.parametrize("name", ALL)
def test_an_untouched_file_changes_nothing(
    name: str, example_site: ExampleSite, tmp_path: Path
) -> None:
    before = (stored(), pages(), list(LanguageStatus.objects.order_by("pk").values()))
    report = bring(export(tmp_path, name, language="fi"))
    assert set(report.counts()) <= {"unchanged", "empty"}
    assert report.counts()["unchanged"] > 5
    after = (stored(), pages(), list(LanguageStatus.objects.order_by("pk").values()))
    assert after == before


@pytest.mark.parametrize("name", ALL)
def test_every_text_of_every_type_comes_back(
    name: str, example_site: ExampleSite, tmp_path: Path
) -> None:
    report = bring(filled(tmp_path, in_lule_sami, name, language="se"))
    assert set(report.counts()) == {"taken"}, [
        str(result) for result in report.results if result.outcome != "taken"
    ][:5]
    for group in unit_groups(Selection("se")):
        for unit in group.units:
            assert unit.target == in_lule_sami(group, unit).target
            assert unit.state == "translated"
    rows = LanguageStatus.objects.filter(locale__language_code="se", source_live=True)
    assert {row.status for row in rows} == {"draft"}
    assert all(row.translated == row.strings for row in rows)
    again = bring(export(tmp_path, name, language="se"))
    assert set(again.counts()) == {"unchanged"}


def can_be_texts(texts: list[str]) -> bool:
    """Each shows something, and together they form no tag, which is refused as HTML."""
    if not all(map(is_visible, texts)):
        return False
    together = "".join([texts[0], texts[-1], " ".join(texts), "".join(texts)])
    return re.search(r"</?[a-zA-Z!][^<>]*>", together) is None


def possible_translation(unit: Unit, texts: list[str], shuffle: Random) -> str:
    """Any text that may stand in the field, with the links of the source in any order."""
    written = [escape(text, quote=False) for text in texts]
    if unit.is_plain:
        return "".join(written)
    links = [
        token.code for token in tokens(unit.source) if token.value == "a" and token.kind == "open"
    ]
    shuffle.shuffle(links)
    pieces = [f'<a id="{code}">{written[0]}</a>' for code in links if not code.startswith("a-")]
    return f"<b>{written[0]}<i>{written[-1]}</i></b><br/>" + " ".join([*written, *pieces])


@settings(
    max_examples=examples(6, 200),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    name=st.sampled_from(ALL),
    texts=st.lists(TEXT, min_size=1, max_size=3).filter(can_be_texts),
    share=st.integers(1, 4),
    seed=st.integers(0, 1000),
)
def test_any_translation_arrives_as_it_was_written(
    name: str, texts: list[str], share: int, seed: int, example_site: ExampleSite, tmp_path: Path
) -> None:
    shuffle = Random(seed)
    given_texts: dict[tuple[Any, str, str], str] = {}

    def fill(group: UnitGroup, unit: Unit) -> Unit:
        if unit.path == "slug" or shuffle.randrange(share):
            return unit
        text = possible_translation(unit, texts, shuffle)
        if unit.max_length is not None and len(text) > unit.max_length:
            return unit
        given_texts[group.key, unit.path, unit.source] = unicodedata.normalize("NFC", text)
        return replace(unit, target=text, state="final")

    savepoint = transaction.savepoint()
    try:
        others = stored() - stored("fi")
        kept = {row[1:5] for row in stored("fi")}
        path = filled(tmp_path, fill, name, language="fi")
        report = bring(path)
        assert not {"refused", "unknown", "source-changed"} & set(report.counts()), [
            str(result) for result in report.results if result.reason
        ][:3]
        now = {row[1:5] for row in stored("fi")}
        for place in {row[:3] for row in now | kept}:
            texts_now = {row[3] for row in now if row[:3] == place}
            texts_before = {row[3] for row in kept if row[:3] == place}
            wanted = given_texts.get(place)
            assert texts_now == ({wanted} if wanted is not None else texts_before)
        assert set(given_texts) <= {row[:3] for row in now}
        assert stored() - stored("fi") == others
        assert not StringTranslation.objects.filter(has_error=True).exists()
    finally:
        transaction.savepoint_rollback(savepoint)
