"""Tests that everything the documentation shows and names is there."""

import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
DOCUMENTS = [PROJECT / "README.md", PROJECT / "CHANGELOG.md", *(PROJECT / "docs").glob("*.md")]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    headings = {anchor(line) for line in re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)}
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if target.startswith("#"):
            assert target[1:] in headings, target
        elif "://" not in target:
            assert (document.parent / target.partition("#")[0]).exists(), target


def anchor(heading: str) -> str:
    """The anchor of a heading in an address."""
    return re.sub(r"[^\w\s-]", "", heading.lower()).replace(" ", "-")


def test_every_picture_is_shown_and_described() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in (PROJECT / "docs").glob("*.md"))
    shown = re.findall(r"!\[([^\]]+)\]\(pictures/([\w.-]+)\)", text)
    assert {name for _alt, name in shown} == {
        path.name for path in (PROJECT / "docs" / "pictures").iterdir()
    }
    assert all(len(alt) > 40 for alt, _name in shown)
