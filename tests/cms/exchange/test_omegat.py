"""OmegaT in console mode on a file of ours, half of which somebody has translated.

OmegaT is GPL: it runs as a program of its own, where it is installed.
"""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

import pytest
from django.test import Client
from wagtail.models import Locale
from wagtail_localize.models import TranslationSource

from cms.translation.lifecycle.publishing import publish_translation
from cms.translation.models import LanguageStatus, Suggestion
from home.models import ContentPage
from tests.cms.exchange.carrying import bring, export, outcomes, written
from tests.factories.blocks import rich_text
from tests.factories.site import ExampleSite

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.any_database,
    pytest.mark.skipif(shutil.which("omegat") is None, reason="OmegaT is not installed"),
]

FIRST = "Den första meningen är klar."
SECOND = "Den andra meningen är kvar."
LINKED = 'Läs <a href="https://x.se/">planen</a> nu.'
MEMORY: Final = {
    "Kust och hav": "Riddo ja ábme",
    FIRST: "Vuostas cealkka le gárves.",
    "Läs <g0>planen</g0> nu.": "Låga <g0>plánav</g0> dál.",
}
"""Segments as OmegaT shows them, with what a translator wrote."""

_PROJECT: Final = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0">
<source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir>
<tm_dir>__DEFAULT__</tm_dir><glossary_dir>__DEFAULT__</glossary_dir>
<glossary_file>__DEFAULT__</glossary_file><dictionary_dir>__DEFAULT__</dictionary_dir>
<source_lang>SV</source_lang><target_lang>SMJ</target_lang>
<source_tok>org.omegat.tokenizer.DefaultTokenizer</source_tok>
<target_tok>org.omegat.tokenizer.DefaultTokenizer</target_tok>
<sentence_seg>true</sentence_seg>
<support_default_translations>true</support_default_translations>
<remove_tags>false</remove_tags>
</project></omegat>"""

_MEMORY: Final = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx11.dtd">
<tmx version="1.1"><header creationtool="OmegaT" o-tmf="OmegaT TMX" adminlang="EN-US"
datatype="plaintext" creationtoolversion="3.6" segtype="sentence" srclang="SV"/><body>{}</body>
</tmx>"""


@pytest.fixture
def page(swedish_site: ExampleSite) -> ContentPage:
    found = ContentPage(title="Kust och hav", slug="kust")
    found.introduction = (
        rich_text(f"{FIRST} {SECOND}") + rich_text(LINKED) + rich_text("Ingen har börjat.")
    )
    swedish_site.home.add_child(instance=found)
    found.save_revision().publish()
    return ContentPage.objects.get(pk=found.pk)


def translated_by_omegat(source: Path, folder: Path) -> Path:
    """The file as OmegaT writes it, with the segments of ``MEMORY`` translated."""
    project = folder / "project"
    for name in ("source", "target", "tm", "omegat", "glossary", "dictionary"):
        (project / name).mkdir(parents=True)
    written(project / "omegat.project", _PROJECT)
    units = "".join(
        f'<tu><tuv lang="SV"><seg>{escape(text)}</seg></tuv>'
        f'<tuv lang="SMJ"><seg>{escape(done)}</seg></tuv></tu>'
        for text, done in MEMORY.items()
    )
    written(project / "omegat" / "project_save.tmx", _MEMORY.format(units))
    shutil.copy(source, project / "source")
    subprocess.run(
        [
            "omegat",
            str(project),
            "--mode=console-translate",
            f"--config-dir={folder / 'settings'}",
        ],
        check=True,
        capture_output=True,
        timeout=120,
        env={"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8"},
    )
    return project / "target" / source.name


def test_the_half_that_nobody_translated_stays_marked_swedish(
    page: ContentPage, tmp_path: Path
) -> None:
    path = export(tmp_path, "xliff", prefill=True, keys=[page.translation_key])
    report = bring(translated_by_omegat(path, tmp_path))
    assert outcomes(report) == {
        "Kust och hav": "taken",
        "kust": "empty",
        f"{FIRST} {SECOND}": "kept",
        "Läs planen nu.": "taken",
        "Ingen har börjat.": "same",
    }
    kept = Suggestion.objects.get()
    assert kept.data == f"Vuostas cealkka le gárves. {SECOND}"
    assert kept.reason == "unfinished"
    locale = Locale.objects.get(language_code="smj")
    source = TranslationSource.objects.get(object_id=page.translation_key)
    target = publish_translation(source, locale)
    document = Client().get(f"/api/v3/pages/{target.pk}/").json()
    assert document["title"] == "Riddo ja ábme"
    assert "Låga <a" in document["introduction"]
    assert f"{FIRST} {SECOND}" in document["introduction"]
    assert document["languages"]["/introduction"] == "mul"
    assert "/title" not in document["languages"]
    row = LanguageStatus.objects.get(source=source, locale=locale)
    assert row.status == "partial"
    assert (row.strings, row.translated) == (4, 2)
