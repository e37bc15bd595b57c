"""A link in a sentence: moved by a translator, damaged by a tool, and what readers get of it."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from wagtail.models import Locale
from wagtail_localize.models import TranslationSource

from cms.exchange.formats import FORMATS
from cms.exchange.units import Unit, UnitGroup
from cms.translation.lifecycle.publishing import publish_translation
from cms.translation.models import LanguageStatus
from home.models import ContentPage
from tests.cms.exchange.carrying import bring, export, filled, in_lule_sami, stored
from tests.factories.blocks import rich_text
from tests.factories.site import ExampleSite

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

SOURCE = 'Läs <a href="https://www.norrbotten.se/plan">planen</a> <b>nu</b>.'
MOVED = '<b>Dál</b> låga <a id="a1">plánav</a>!'


@pytest.fixture
def page(swedish_site: ExampleSite) -> ContentPage:
    found = ContentPage(title="Kust", slug="kust", introduction=rich_text(SOURCE))
    swedish_site.home.add_child(instance=found)
    found.save_revision().publish()
    return ContentPage.objects.get(pk=found.pk)


def published(page: ContentPage) -> ContentPage:
    source = TranslationSource.objects.get(object_id=page.translation_key)
    target: ContentPage = publish_translation(source, Locale.objects.get(language_code="smj"))
    return ContentPage.objects.get(pk=target.pk)


def with_sentence(text: str) -> Any:
    def fill(group: UnitGroup, unit: Unit) -> Unit:
        done = in_lule_sami(group, unit)
        return replace(done, target=text) if "planen" in unit.source else done

    return fill


@pytest.mark.parametrize("name", FORMATS)
def test_a_link_may_be_moved(name: str, page: ContentPage, tmp_path: Path) -> None:
    report = bring(filled(tmp_path, with_sentence(MOVED), name, keys=[page.translation_key]))
    assert report.counts() == {"taken": 3}
    assert '<b>Dál</b> låga <a href="https://www.norrbotten.se/plan">plánav</a>!' in (
        published(page).introduction
    )


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Låga plánav dál.", "“a1” is missing"),
        ('<a id="a1">Låga</a> <a id="a1">plánav</a>', "“a1” is there twice"),
        ('<a id="a1">Låga</a> <a id="a2">plánav</a>', "no link “a2”"),
    ],
)
def test_a_link_that_is_lost_is_refused(
    text: str, said: str, name: str, page: ContentPage, tmp_path: Path
) -> None:
    before = stored()
    report = bring(filled(tmp_path, with_sentence(text), name, keys=[page.translation_key]))
    assert report.counts() == {"refused": 3}
    [refused] = [str(result) for result in report.results if said in result.reason]
    assert refused.startswith("line ")
    assert "Läs planen nu." in refused
    assert stored() == before


# translate-toolkit is GPL: it runs as a program of its own. Each target is the source's markup.
COPY = """
import sys
from translate.storage import factory, xliff2
path, is_2 = sys.argv[1], sys.argv[2] == "xliff2"
store = xliff2.Xliff2File.parsefile(path) if is_2 else factory.getobject(path)
for unit in store.units:
    if unit.source and not unit.target:
        unit.rich_target = unit.rich_source
        unit.markfuzzy(False)
store.savefile(path)
"""


@pytest.mark.any_database
@pytest.mark.parametrize("name", ["xliff", "xliff2", "po"])
def test_a_foreign_program_copies_links_and_we_publish_them(
    name: str, page: ContentPage, tmp_path: Path
) -> None:
    path = export(tmp_path, name, keys=[page.translation_key])
    subprocess.run(
        [sys.executable, "-W", "ignore", "-c", COPY, str(path), name],
        check=True,
        capture_output=True,
    )
    report = bring(path, accept_identical=True)
    # The address stays as it is in the source.
    assert report.counts() == {"taken": 2, "empty": 1}, [str(one) for one in report.results]
    assert 'href="https://www.norrbotten.se/plan"' in published(page).introduction
    [row] = LanguageStatus.objects.filter(
        source__object_id=page.translation_key, locale__language_code="smj"
    )
    assert row.status == "complete"
