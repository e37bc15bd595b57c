"""Tests that everything the documentation shows and names is there."""

import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
README = (PROJECT / "README.md").read_text(encoding="utf-8")
GLOSSARY = (PROJECT / "docs" / "glossary.md").read_text(encoding="utf-8")
LONGEST_README = 170
"""Lines: what a newcomer reads in five minutes."""
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
    pages = (path.read_text(encoding="utf-8") for path in (PROJECT / "docs").glob("*.md"))
    shown = re.findall(r"!\[([^\]]+)\]\((?:docs/)?pictures/([\w.-]+)\)", "".join((README, *pages)))
    assert {name for _alt, name in shown} == {
        path.name for path in (PROJECT / "docs" / "pictures").iterdir()
    }
    assert all(len(alt) > 40 for alt, _name in shown)


def test_the_readme_is_short_and_names_both_commands() -> None:
    assert len(README.splitlines()) <= LONGEST_README
    assert "make run" in README
    assert "make test" in README


def test_the_readme_leads_to_every_page_of_the_documentation() -> None:
    pages = {path.name for path in (PROJECT / "docs").glob("*.md")}
    assert set(re.findall(r"\]\(docs/([\w-]+\.md)\)", README)) == pages


def test_every_target_of_make_that_is_named_is_there() -> None:
    targets = set(
        re.findall(r"^([\w-]+):", (PROJECT / "Makefile").read_text("utf-8"), re.MULTILINE)
    )
    for document in DOCUMENTS:
        text = document.read_text(encoding="utf-8")
        for line in re.findall(r"(?:^|`)make ([\w -]+)", text, re.MULTILINE):
            named = {word for word in line.split() if word.islower()}
            assert named <= targets, f"{document.name}: make {line}"


def test_every_variable_has_its_line() -> None:
    source = (PROJECT / "site/cms/settings/environment.py").read_text(encoding="utf-8")
    table = (PROJECT / "docs" / "settings.md").read_text(encoding="utf-8")
    variables = re.findall(r'(?:_text|whole_number)\(\s*"([A-Z_]+)"', source)
    assert len(variables) > 10
    assert [variable for variable in variables if f"`{variable}`" not in table] == []


def test_the_glossary_has_thirty_words_in_order_one_line_each() -> None:
    lines = [line for line in GLOSSARY.splitlines() if line.startswith("- ")]
    words = [re.fullmatch(r"- \*\*([a-z ]+)\*\*: \S.+\.", line) for line in lines]
    assert all(words), [line for line, word in zip(lines, words, strict=True) if word is None]
    names = [word[1] for word in words if word is not None]
    assert len(names) == len(set(names)) == 30
    assert names == sorted(names)
    # Nothing but the heading and one sentence stands beside them.
    assert len(GLOSSARY.split("\n- ")[0].splitlines()) <= 3
    assert GLOSSARY.count("\n- ") == 30
    assert len(GLOSSARY.splitlines()) <= 33


def test_every_word_of_the_glossary_is_in_use() -> None:
    folders = ("site/cms", "home", "strategy")
    code = "\n".join(
        path.read_text(encoding="utf-8").lower()
        for folder in folders
        for path in (PROJECT / folder).rglob("*.py")
    )
    words = re.findall(r"^- \*\*([a-z ]+)\*\*", GLOSSARY, re.MULTILINE)
    assert [word for word in words if not re.search(rf"\b{word}", code)] == []
