"""What the demo's files may say, and how a mistake in them is reported."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from wagtail import blocks

from norrbotten.content.blocks import BodyBlock
from norrbotten.demo import files
from norrbotten.demo.errors import DemoContentError, Place
from norrbotten.demo.references import References
from norrbotten.demo.rich_text import render_rich_text
from norrbotten.demo.streams import StreamBuilder

PLACE = Place("sv/sida.yaml", "body")


def build(source: list[Any], texts: Any = None) -> list[dict[str, Any]]:
    builder = StreamBuilder(References(), uuid4())
    block: blocks.BaseStreamBlock = BodyBlock()
    return builder.stream(block, source, source if texts is None else texts, PLACE)


def test_paragraphs_are_set_apart_by_empty_lines() -> None:
    html = render_rich_text("En rad\nsom fortsätter.\n\nEn till.", References(), PLACE)
    assert html == "<p>En rad som fortsätter.</p><p>En till.</p>"


def test_html_is_kept() -> None:
    html = render_rich_text("Först:\n\n<ul><li>Ett</li></ul>", References(), PLACE)
    assert html == "<p>Först:</p><ul><li>Ett</li></ul>"


def test_a_paragraph_may_begin_with_emphasis() -> None:
    assert render_rich_text("<em>Obs.</em>", References(), PLACE) == "<p><em>Obs.</em></p>"


@pytest.mark.parametrize(
    ("source", "texts", "message"),
    [
        ([{"rubrik": {}}], None, r"body\[0\]: Unknown block 'rubrik'"),
        ([{"heading": {"txt": "A"}}], None, r"body\[0\]\.heading: Unknown name 'txt'"),
        ([{"paragraph": "A"}], [], r"body: Expected 1 entries .* found 0"),
        ([{"paragraph": "A"}], [{"quote": {}}], r"Expected the block 'paragraph'"),
        ([{"paragraph": '<a href="page:finns-inte">A</a>'}], None, "no page 'finns-inte'"),
        ([{"link": {"text": "A", "document": "x.pdf"}}], None, "no contentdocument 'x.pdf'"),
        (
            [{"table": {"rows": [["A", "B"]]}}],
            [{"table": {"rows": [["A"]]}}],
            "not the rows and columns",
        ),
    ],
)
def test_a_mistake_names_file_field_and_remedy(source: list[Any], texts: Any, message: str) -> None:
    with pytest.raises(DemoContentError, match=rf"^sv/sida\.yaml, .*{message}"):
        build(source, texts)


def test_figures_come_from_the_swedish_file_and_texts_from_the_translation() -> None:
    (block,) = build(
        [{"key_figure": {"value": 5, "label": "år"}}], [{"key_figure": {"label": "years"}}]
    )
    assert block["value"]["value"] == 5
    assert block["value"]["label"] == "years"


def test_a_page_and_its_translation_agree_about_block_ids() -> None:
    builder = StreamBuilder(References(), uuid4())
    source = [{"accordion": {"items": [{"title": "A", "text": "B"}]}}]
    texts = [{"accordion": {"items": [{"title": "C", "text": "D"}]}}]
    swedish = builder.stream(BodyBlock(), source, source, PLACE)
    english = builder.stream(BodyBlock(), source, texts, PLACE)
    assert swedish[0]["id"] == english[0]["id"]
    assert swedish[0]["value"]["items"][0]["id"] == english[0]["value"]["items"][0]["id"]


def test_a_page_without_parent_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "CONTENT", tmp_path)
    (tmp_path / "sv" / "mapp").mkdir(parents=True)
    (tmp_path / "sv" / "start.yaml").write_text("title: Start")
    (tmp_path / "sv" / "mapp" / "sida.yaml").write_text("title: Sida")
    with pytest.raises(DemoContentError, match=r"sv/mapp/sida\.yaml: There is no parent page"):
        files.read_pages("sv")


def test_what_is_not_yaml_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "CONTENT", tmp_path)
    (tmp_path / "sv").mkdir()
    (tmp_path / "sv" / "start.yaml").write_text("title: [")
    with pytest.raises(DemoContentError, match=r"sv/start\.yaml: This is not YAML"):
        files.read_pages("sv")


def test_every_language_with_files_is_a_language_of_the_site() -> None:
    from norrbotten.languages.registry import LANGUAGES

    assert set(files.languages()) == set(LANGUAGES)
