"""A table whose headers are marked, and whose cells are translated one by one."""

from typing import Any, Final, Literal

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from ninja import Schema
from pydantic import Field, model_validator
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail_localize.segments import StringSegmentValue

from cms.content.admin.table_grid import TableGrid
from cms.content.api.streams.values import Leaf, LeafText, register_leaf
from cms.translation.texts.extraction import plain_string

CELL_PATH = "cells"
CAPTION_PATH = "caption"


def _is_text(cell: Any) -> bool:
    """Figures, dashes and empty cells are the same in every language."""
    return isinstance(cell, str) and any(character.isalpha() for character in cell)


class HeaderTableBlock(TableBlock):
    """A table whose headers are marked; Wagtail's, with support for wagtail-localize.

    All cells share one segment path and are told apart by their order, so that a row which
    is moved keeps its translations.
    """

    @cached_property
    def field(self) -> forms.CharField:
        """The field with cells that can be filled in by keyboard and touch."""
        return forms.CharField(widget=TableGrid(), **self.field_options)

    def get_translatable_segments(self, value: Any) -> list[StringSegmentValue]:
        """The caption, then each cell with letters in it, row by row."""
        if not value:
            return []
        segments = []
        if value.get("table_caption"):
            segments.append(StringSegmentValue(CAPTION_PATH, value["table_caption"]))
        segments += [
            StringSegmentValue(CELL_PATH, cell)
            for row in value.get("data", ())
            for cell in row
            if _is_text(cell)
        ]
        return segments

    def restore_translated_segments(
        self, value: Any, segments: list[StringSegmentValue]
    ) -> dict[str, Any]:
        """The table with its texts replaced, in the order in which they were taken out."""
        ordered = sorted(segments, key=lambda segment: segment.order)
        restored = dict(value)
        for segment in ordered:
            if segment.path == CAPTION_PATH:
                restored["table_caption"] = segment.render_text()
        texts = iter([segment.render_text() for segment in ordered if segment.path == CELL_PATH])
        restored["data"] = [
            [next(texts, cell) if _is_text(cell) else cell for cell in row]
            for row in value.get("data", ())
        ]
        return restored

    class Meta:
        icon = "table"
        label = _("Table")
        template = "content/blocks/table.html"


class TableValue(Schema):
    """A table: rows of cells, and which of them are headers."""

    caption: str = Field(
        description="What the table shows; empty without a caption.",
        examples=["People in the county"],
    )
    header_row: bool = Field(description="The first row holds headers.", examples=[True])
    header_column: bool = Field(
        description="The first cell of each row is a header.", examples=[False]
    )
    rows: list[list[str]] = Field(
        description="Cells, row by row, without HTML; an empty cell is an empty text.",
        examples=[[["Year", "People"], ["2025", "248000"]]],
    )


HeaderChoice = Literal["row", "column", "both", "neither"]

_FLAGS: Final[dict[HeaderChoice, tuple[bool, bool]]] = {
    "row": (True, False),
    "column": (False, True),
    "both": (True, True),
    "neither": (False, False),
}
"""First row and first column as headers or not, by the word that Wagtail's editor stores."""


class TableInputValue(Schema):
    """A table as Wagtail's editor writes it.

    ``table_header_choice`` alone says what is a header; the two others follow from it.
    """

    data: list[list[str | None]]
    table_caption: str = ""
    first_row_is_table_header: bool = False
    first_col_is_header: bool = False
    table_header_choice: HeaderChoice = "row"

    @model_validator(mode="after")
    def with_one_word_on_headers(self) -> "TableInputValue":
        """Refuses members that contradict one another; makes the others follow from one."""
        sent = self.model_fields_set
        flags = (self.first_row_is_table_header, self.first_col_is_header)
        if not sent & {"first_row_is_table_header", "first_col_is_header"}:
            pass
        elif "table_header_choice" not in sent:
            by_flags = {flags: choice for choice, flags in _FLAGS.items()}
            self.table_header_choice = by_flags[flags]
        elif any(
            getattr(self, name) != follows
            for name, follows in zip(
                ("first_row_is_table_header", "first_col_is_header"),
                _FLAGS[self.table_header_choice],
                strict=True,
            )
            if name in sent
        ):
            raise ValueError(
                f"table_header_choice is {self.table_header_choice!r}, and the other members say "
                "another thing. Leave them out."
            )
        self.first_row_is_table_header, self.first_col_is_header = _FLAGS[self.table_header_choice]
        return self


def _stored(block: Any, raw: Any) -> Any:
    """With text in every cell; a number without quotation marks, as in YAML, is text too."""
    if not isinstance(raw, dict) or "data" not in raw:
        return raw
    rows = [[cell if cell is None else str(cell) for cell in row] for row in raw["data"] or ()]
    return {**raw, "data": rows}


def _represent(block: Any, raw: Any, resolver: Any, path: str) -> dict[str, Any]:
    stored = raw or {}
    return {
        "caption": stored.get("table_caption") or "",
        "header_row": bool(stored.get("first_row_is_table_header")),
        "header_column": bool(stored.get("first_col_is_header")),
        "rows": [[cell or "" for cell in row] for row in stored.get("data", ())],
    }


def _texts(block: Any, raw: Any) -> list[LeafText]:
    """Cells share one content path, so each is looked up by its own text."""
    stored = raw or {}
    texts = [
        LeafText(CELL_PATH, f"/rows/{row_number}/{column_number}", [plain_string(cell)])
        for row_number, row in enumerate(stored.get("data", ()))
        for column_number, cell in enumerate(row)
        if _is_text(cell)
    ]
    if stored.get("table_caption"):
        texts.append(LeafText(CAPTION_PATH, "/caption", [plain_string(stored["table_caption"])]))
    return texts


register_leaf(
    HeaderTableBlock,
    Leaf(
        read_type=lambda block: TableValue,
        write_type=lambda block: TableInputValue,
        represent=_represent,
        stored=_stored,
        texts=_texts,
    ),
)
