"""Wagtail's own leaf blocks in the API."""

from dataclasses import replace
from datetime import date
from typing import Annotated, Any, Literal

from django.db.models import DateField, EmailField, URLField
from ninja import Schema
from pydantic import AfterValidator, Field
from wagtail import blocks
from wagtail.api.rich_text import APIRichText, RichTextInputFormat
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.embeds.blocks import EmbedBlock
from wagtail.fields import RichTextField
from wagtail.images.blocks import ImageBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.content.api.field_descriptions import EXAMPLES
from cms.content.api.references.reference_ids import Wanted
from cms.content.api.references.relations import relation_type
from cms.content.api.references.resolver import Resolver
from cms.content.api.rich_text_html import collect_links, rich_text_strings
from cms.content.api.shapes import DocumentFile, ImageFile, Relation
from cms.content.api.streams.values import Leaf, LeafText, Raw, register_leaf
from cms.content.models import ContentDocument, ContentImage
from cms.translation.texts.extraction import plain_string


class RichTextInput(Schema):
    """Rich text in a named format; a plain string is Wagtail's database HTML."""

    format: RichTextInputFormat = "db_html"
    content: str


class ImageChoice(Schema):
    """An image with its alternative text, or marked as decorative."""

    image: int = Field(description="Id of the image.")
    alt_text: str = ""
    decorative: bool = False


def string_texts(block: Any, raw: Raw) -> list[LeafText]:
    """The one string of a text block."""
    return [LeafText("", "", [plain_string(raw)])] if raw else []


def _rich_text_texts(block: Any, raw: Raw) -> list[LeafText]:
    return [LeafText("", "", rich_text_strings(raw))] if raw else []


def _rich_text_input(block: Any) -> Any:
    """The type that is written, judged in its place in the JSON: an error names block and field."""

    def judged(value: str | RichTextInput) -> str | RichTextInput:
        sent = value if isinstance(value, str) else value.dict()
        APIRichText.convert_input(sent, features=block.features)
        return value

    return Annotated[str | RichTextInput, AfterValidator(judged)]


def _image_texts(block: Any, raw: Raw) -> list[LeafText]:
    text = (raw or {}).get("alt_text")
    return [LeafText("alt_text", "/alt", [plain_string(text)])] if text else []


def _collect_image(block: Any, raw: Raw, wanted: Wanted) -> None:
    wanted.add(ContentImage, raw.get("image") if isinstance(raw, dict) else raw)


def _represent_image(block: Any, raw: Raw, resolver: Resolver, path: str) -> dict[str, Any] | None:
    if not isinstance(raw, dict):
        return None
    alt = "" if raw.get("decorative") else raw.get("alt_text") or ""
    return resolver.image(raw.get("image"), alt=alt)


def _scalar(python_type: Any, empty: Any = None, example: Any = ...) -> Leaf:
    """A value that is stored as it is served."""

    def optional(block: Any) -> Any:
        return python_type if block.required and empty is None else python_type | None

    return Leaf(
        read_type=optional,
        write_type=optional,
        represent=lambda block, raw, resolver, path: raw if raw not in ("", None) else None,
        example=lambda block: example,
    )


def _choices(block: Any) -> tuple[str, ...]:
    return tuple(value for value, _label in block.field.choices if value != "")


def _choice_type(block: Any) -> Any:
    choice: Any = Literal[_choices(block)]
    return choice if block.required else choice | Literal[""]


TEXT = Leaf(
    read_type=lambda block: str,
    write_type=lambda block: str,
    represent=lambda block, raw, resolver, path: raw or "",
    texts=string_texts,
    write_default="",
)

ADDRESS = Leaf(
    read_type=lambda block: str,
    write_type=lambda block: str,
    represent=lambda block, raw, resolver, path: raw or "",
    write_default="",
    example=lambda block: EXAMPLES[URLField],
)


def register_leaves() -> None:
    """Registers what Wagtail brings; called once, before any schema is built."""
    register_leaf(blocks.CharBlock, TEXT)
    register_leaf(blocks.TextBlock, TEXT)
    register_leaf(blocks.URLBlock, ADDRESS)
    register_leaf(blocks.EmailBlock, replace(ADDRESS, example=lambda block: EXAMPLES[EmailField]))
    register_leaf(EmbedBlock, ADDRESS)
    register_leaf(blocks.IntegerBlock, _scalar(int))
    register_leaf(blocks.FloatBlock, _scalar(float))
    register_leaf(blocks.DateBlock, _scalar(date, example=EXAMPLES[DateField]))
    register_leaf(
        blocks.BooleanBlock,
        Leaf(
            read_type=lambda block: bool,
            write_type=lambda block: bool,
            represent=lambda block, raw, resolver, path: bool(raw),
            write_default=False,
            example=lambda block: bool(block.get_default()),
        ),
    )
    register_leaf(
        blocks.ChoiceBlock,
        Leaf(
            read_type=_choice_type,
            write_type=_choice_type,
            represent=lambda block, raw, resolver, path: str(raw or ""),
            example=lambda block: _choices(block)[0],
        ),
    )
    register_leaf(
        blocks.RichTextBlock,
        Leaf(
            read_type=lambda block: str,
            write_type=_rich_text_input,
            represent=lambda block, raw, resolver, path: resolver.rich_text(
                raw or "", path, features=block.features
            ),
            collect=lambda block, raw, wanted: collect_links(raw or "", wanted),
            texts=_rich_text_texts,
            write_default="",
            example=lambda block: EXAMPLES[RichTextField],
        ),
    )
    register_leaf(
        blocks.PageChooserBlock,
        Leaf(
            read_type=lambda block: Relation | None,
            write_type=lambda block: int | None,
            represent=lambda block, raw, resolver, path: resolver.page(raw),
            collect=lambda block, raw, wanted: wanted.add(block.target_model, raw),
        ),
    )
    register_leaf(
        SnippetChooserBlock,
        Leaf(
            read_type=lambda block: relation_type(block.target_model) | None,
            write_type=lambda block: int | None,
            represent=lambda block, raw, resolver, path: resolver.snippet(block.target_model, raw),
            collect=lambda block, raw, wanted: wanted.add(block.target_model, raw),
        ),
    )
    register_leaf(
        DocumentChooserBlock,
        Leaf(
            read_type=lambda block: DocumentFile | None,
            write_type=lambda block: int | None,
            represent=lambda block, raw, resolver, path: resolver.document(raw),
            collect=lambda block, raw, wanted: wanted.add(ContentDocument, raw),
        ),
    )
    register_leaf(
        ImageBlock,
        Leaf(
            read_type=lambda block: ImageFile | None,
            write_type=lambda block: ImageChoice,
            represent=_represent_image,
            collect=_collect_image,
            texts=_image_texts,
        ),
    )
