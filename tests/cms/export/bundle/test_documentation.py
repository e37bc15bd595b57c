"""Tests that the examples of docs/bundle.md work as they stand there."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from cms.delivery.models import PublishedDocument
from cms.export.bundle.writing import BundleOptions, write_bundle
from home.models import ContentPage
from tests.factories.site import ExampleSite

DOCUMENT = Path(__file__).resolve().parents[4] / "docs" / "bundle.md"
LONGEST = 30
"""Lines of the mirror that docs/bundle.md shows."""

ENDS_OF_LINES = "\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}\N{NEXT LINE}"
"""Some libraries take these for ends of lines; in JSON they stand as they are."""

_PROOF = """
print(len(documents), len(files), best(next(iter(documents))[0], "smj")["language"])
for document in documents.values():
    for rendition in (document.get("image") or {"renditions": []})["renditions"]:
        assert (bundle / rendition["file"]).stat().st_size > 0
"""


@pytest.mark.any_database
def test_a_mirror_in_thirty_lines(example_site: ExampleSite, tmp_path: Path) -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    (program,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert len(program.splitlines()) <= LONGEST
    page = example_site.pages[ContentPage]
    page = ContentPage.objects.get(pk=page.pk)
    page.title = f"Rad{ENDS_OF_LINES}rad"
    page.save_revision().publish()
    write_bundle(tmp_path / "bundle", BundleOptions(with_media=True), lambda name: None)
    (tmp_path / "mirror.py").write_text(program + _PROOF, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-I", "-S", "mirror.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    documents, files, language = done.stdout.split()
    assert int(documents) == PublishedDocument.objects.filter(listed=True).count()
    assert int(files) > 0
    assert language in ("sv", "smj")
