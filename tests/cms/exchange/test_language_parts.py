"""Words in another language in a sentence: what translators have of the mark, and what readers."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from wagtail.models import Locale
from wagtail_localize.models import TranslationSource

from cms.exchange.formats import FORMATS
from cms.exchange.units import Unit, UnitGroup
from cms.export.bundle.editable.reference_rewriter import swap_links
from cms.translation.lifecycle.publishing import publish_translation
from home.models import ContentPage
from tests.cms.exchange.carrying import bring, filled, in_lule_sami, translated
from tests.factories.blocks import rich_text
from tests.factories.site import ExampleSite

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

PLACE = '<a linktype="language" lang="smj">Jåhkåmåhkke</a>'
SOURCE = f'Läs om {PLACE} i <a href="https://www.norrbotten.se/plan">planen</a>.'
FINNISH = 'Lue <a id="a2">suunnitelmasta</a>: <a id="lang-smj-1">Jåhkåmåhkke</a>!'


@pytest.fixture
def page(swedish_site: ExampleSite) -> ContentPage:
    found = ContentPage(title="Kust", slug="kust", introduction=rich_text(SOURCE))
    swedish_site.home.add_child(instance=found)
    found.save_revision().publish()
    return ContentPage.objects.get(pk=found.pk)


def brought(page: ContentPage, text: str, language: str, name: str, folder: Path) -> Any:
    def fill(group: UnitGroup, unit: Unit) -> Unit:
        if "planen" in unit.source:
            return replace(unit, target=text, state="translated")
        if unit.path == "slug":
            return in_lule_sami(group, unit)
        return translated("Rannikko", unit)

    chosen = {"language": language, "keys": [page.translation_key]}
    return bring(filled(folder, fill, name, **chosen))


def published(page: ContentPage, language: str) -> str:
    source = TranslationSource.objects.get(object_id=page.translation_key)
    target: Any = publish_translation(source, Locale.objects.get(language_code=language))
    return str(ContentPage.objects.get(pk=target.pk).introduction)


@pytest.mark.parametrize("name", FORMATS)
def test_a_mark_may_be_moved(name: str, page: ContentPage, tmp_path: Path) -> None:
    assert brought(page, FINNISH, "fi", name, tmp_path).counts() == {"taken": 3}
    # Attributes stand in the order of the alphabet once wagtail-localize has written them.
    kept = '<a lang="smj" linktype="language">Jåhkåmåhkke</a>'
    assert f">suunnitelmasta</a>: {kept}!" in published(page, "fi")


def test_a_bundle_has_marks_as_they_are() -> None:
    assert swap_links(PLACE, lambda *_sent: pytest.fail("It leads to nothing.")) == PLACE


def test_a_lost_mark_is_refused_but_in_its_own_language(page: ContentPage, tmp_path: Path) -> None:
    without = 'Jåhkåmåhkke <a id="a2">planen</a>'
    for text in (without, FINNISH.replace("-smj-", "-sma-"), f'{FINNISH}<a id="lang-smj-1">x</a>'):
        report = brought(page, text, "fi", "xliff", tmp_path)
        assert report.counts() == {"refused": 3}
        assert any("mark of language" in result.reason for result in report.results)
    assert brought(page, without, "smj", "xliff", tmp_path).counts() == {"taken": 3}
    assert "Jåhkåmåhkke <a href=" in published(page, "smj")
