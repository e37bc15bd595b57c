"""Turns a stream as a file writes it into the raw value that a StreamField takes.

In a file, a stream is a list of ``{block type: value}``. Texts are read from one value and
everything else (figures, choices, links) from another: for a Swedish page both are its own, for a
translation the texts are the translation's and the rest is the Swedish page's.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid5

from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.images.blocks import ImageBlock

from norrbotten.demo.errors import Place
from norrbotten.demo.references import References
from norrbotten.demo.rich_text import render_rich_text

TEXT_BLOCKS = (blocks.CharBlock, blocks.TextBlock)


class StreamBuilder:
    """Builds the streams of one page.

    Block ids follow from the page's key and the block's place, so that a page and its translation
    agree about them, as wagtail-localize expects.
    """

    def __init__(self, references: References, owner: UUID) -> None:
        self.references = references
        self.owner = owner

    def stream(
        self, block: blocks.BaseStreamBlock, source: list[Any], texts: Any, place: Place
    ) -> list[dict[str, Any]]:
        """Return the raw value of a stream.

        Raises:
            DemoContentError: a block is unknown, or ``texts`` is built otherwise than ``source``.
        """
        texts = self._same_length(source, texts, place)
        raw = []
        for position, (entry, entry_texts) in enumerate(zip(source, texts, strict=True)):
            here = place.at(position)
            block_type, value = _single(entry, here)
            text_type, text_value = _single(entry_texts, here)
            if block_type not in block.child_blocks:
                known = ", ".join(block.child_blocks)
                raise here.error(f"Unknown block {block_type!r}. There are: {known}.")
            if text_type != block_type:
                raise here.error(
                    f"Expected the block {block_type!r} as in the Swedish file, "
                    f"found {text_type!r}."
                )
            raw.append(
                {
                    "type": block_type,
                    "value": self.value(
                        block.child_blocks[block_type], value, text_value, here.inside(block_type)
                    ),
                    "id": self._block_id(here),
                }
            )
        return raw

    def value(self, block: blocks.Block, source: Any, texts: Any, place: Place) -> Any:
        """Return the raw value of any block."""
        match block:
            case ImageBlock():
                return self._image(block, source or {}, texts or {}, place)
            case TableBlock():
                return self._table(source, texts or {}, place)
            case blocks.RichTextBlock():
                return render_rich_text(texts or "", self.references, place)
            case blocks.BaseStructBlock():
                return self._struct(block, source or {}, texts or {}, place)
            case blocks.ListBlock():
                return self._list(block, source or [], texts, place)
            case blocks.BaseStreamBlock():
                return self.stream(block, source or [], texts, place)
            case blocks.ChooserBlock():
                return self._choice(block, source, place)
            case _ if isinstance(block, TEXT_BLOCKS):
                return texts or ""
            case _:
                return source

    def _struct(
        self,
        block: blocks.BaseStructBlock,
        source: Mapping[str, Any],
        texts: Mapping[str, Any],
        place: Place,
    ) -> dict[str, Any]:
        _refuse_unknown(block.child_blocks, source, place)
        _refuse_unknown(source, texts, place)
        return {
            name: self.value(child, source.get(name), texts.get(name), place.inside(name))
            for name, child in block.child_blocks.items()
            if name in source or isinstance(child, (*TEXT_BLOCKS, blocks.RichTextBlock))
        }

    def _list(
        self, block: blocks.ListBlock, source: list[Any], texts: Any, place: Place
    ) -> list[dict[str, Any]]:
        # A list of choices holds nothing to translate: a translation leaves it out.
        if isinstance(block.child_block, blocks.ChooserBlock):
            texts = source
        texts = self._same_length(source, texts, place)
        return [
            {
                "type": "item",
                "value": self.value(block.child_block, entry, entry_texts, place.at(position)),
                "id": self._block_id(place.at(position)),
            }
            for position, (entry, entry_texts) in enumerate(zip(source, texts, strict=True))
        ]

    def _image(
        self, block: ImageBlock, source: Mapping[str, Any], texts: Mapping[str, Any], place: Place
    ) -> dict[str, Any]:
        _refuse_unknown(block.child_blocks, source, place)
        return {
            "image": self._choice(block.child_blocks["image"], source["image"], place),
            "alt_text": texts.get("alt_text", ""),
            "decorative": source.get("decorative", False),
        }

    def _table(
        self, source: Mapping[str, Any], texts: Mapping[str, Any], place: Place
    ) -> dict[str, Any]:
        _refuse_unknown(("caption", "header_row", "header_column", "rows"), source, place)
        rows, row_texts = source["rows"], texts.get("rows", [])
        if [len(row) for row in rows] != [len(row) for row in row_texts]:
            raise place.error("The table has not the rows and columns of the Swedish file.")
        header_row = source.get("header_row", False)
        header_column = source.get("header_column", False)
        return {
            "data": [[str(cell) for cell in row] for row in row_texts],
            "cell": [],
            "mergeCells": [],
            "first_row_is_table_header": header_row,
            "first_col_is_header": header_column,
            "table_header_choice": {
                (True, True): "both",
                (True, False): "row",
                (False, True): "column",
                (False, False): "neither",
            }[header_row, header_column],
            "table_caption": texts.get("caption", ""),
        }

    def _choice(self, block: blocks.ChooserBlock, name: Any, place: Place) -> Any:
        if name is None:
            return None
        return self.references.resolve(block.model_class, name, place).pk

    def _same_length(self, source: list[Any], texts: Any, place: Place) -> list[Any]:
        found = texts or []
        if len(found) != len(source):
            raise place.error(
                f"Expected {len(source)} entries as in the Swedish file, found {len(found)}."
            )
        return list(found)

    def _block_id(self, place: Place) -> str:
        return str(uuid5(self.owner, place.field))


def _single(entry: Any, place: Place) -> tuple[str, Any]:
    if not isinstance(entry, dict) or len(entry) != 1:
        raise place.error("Expected one block: its type, a colon and its value.")
    return next(iter(entry.items()))


def _refuse_unknown(known: Any, given: Any, place: Place) -> None:
    if not isinstance(given, Mapping):
        raise place.error(f"Expected names and their values, found {given!r}.")
    for name in given:
        if name not in known:
            raise place.error(f"Unknown name {name!r}. There are: {', '.join(known)}.")
