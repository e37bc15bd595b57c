"""Wagtail's own leaf blocks in the API."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Annotated, Any, Literal

from django.db.models import DateField, EmailField, URLField
from ninja import Schema
from pydantic import AfterValidator, BeforeValidator, Field
from wagtail import blocks
from wagtail.api.rich_text import APIRichText, RichTextInputFormat
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.embeds.blocks import EmbedBlock
from wagtail.fields import RichTextField
from wagtail.images.blocks import ImageBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.content.api.choice_labels import labelled
from cms.content.api.field_descriptions import EXAMPLES
from cms.content.api.numbers import Figure, WholeNumber
from cms.content.api.references.reference_ids import Wanted
from cms.content.api.references.relations import relation_type, relation_type_of
from cms.content.api.references.resolver import Resolver
from cms.content.api.rich_text_html import collect_links, rich_text_schema, rich_text_strings
from cms.content.api.shapes import DocumentFile, ImageFile
from cms.content.api.streams.values import Leaf, LeafText, Raw, register_leaf
from cms.content.models import ContentDocument, ContentImage
from cms.translation.texts.extraction import plain_string

_WHOLE = re.compile(r"-?\d+", re.ASCII)


class RichTextInput(Schema):
    """Rich text in a named format; a plain string is Wagtail's database HTML."""

    format: RichTextInputFormat = "db_html"
    content: str


class ImageChoice(Schema):
    """An image with its alternative text, or marked as decorative."""

    image: WholeNumber = Field(description="Id of the image.")
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


def _text(block: Any, raw: Raw) -> Raw:
    """Text; a number that came without quotation marks, as in YAML, is text too."""
    is_number = isinstance(raw, int | float) and not isinstance(raw, bool)
    return str(raw) if is_number else raw


def _whole_number(block: Any, raw: Raw) -> Raw:
    """A whole number, or the id of what is chosen; another id than a number stays."""
    if isinstance(raw, float) and raw.is_integer():
        return int(raw)
    return int(raw) if isinstance(raw, str) and _WHOLE.fullmatch(raw) else raw


def _figure(block: Any, raw: Raw) -> Raw:
    """A figure; a whole one without decimals, as files for people have it."""
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        return raw
    try:
        figure = float(raw)
    except ValueError:
        return raw
    return int(figure) if figure.is_integer() else figure


def _as_date(block: Any, raw: Raw) -> Raw:
    return raw.isoformat() if isinstance(raw, date) else raw


def _choice(block: Any, raw: Raw) -> Raw:
    """The value of the choice that it is, of the type that the choice has."""
    return block.normalize_choice(raw)


def _image(block: Any, raw: Raw) -> Raw:
    if not isinstance(raw, dict):
        return _whole_number(block, raw)
    return {**raw, "image": _whole_number(block, raw.get("image"))}


def _scalar(
    python_type: Any,
    stored: Callable[[Any, Raw], Raw],
    written: Any = None,
    example: Any = ...,
) -> Leaf:
    """A value that is stored as it is served; ``written`` is its type where it is sent."""

    def optional(kind: Any) -> Callable[[Any], Any]:
        return lambda block: kind if block.required else kind | None

    return Leaf(
        read_type=optional(python_type),
        write_type=optional(written or python_type),
        stored=stored,
        represent=lambda block, raw, resolver, path: raw if raw not in ("", None) else None,
        example=lambda block: example,
    )


def _choices(block: Any) -> dict[str | int, Any]:
    """The values of a choice, each with its label."""
    return {value: label for value, label in block.field.choices if value != ""}


def _choice_type(block: Any) -> Any:
    choice: Any = Literal[tuple(_choices(block))]
    return choice if block.required else choice | Literal[""]


def _labelled_choice_type(block: Any) -> Any:
    labels = labelled(_choices(block).items())
    return Annotated[_choice_type(block), Field(json_schema_extra=labels)]


def _choice_input(block: Any) -> Any:
    """The type of a choice that is sent: a number is taken as text too, as it once was served."""
    by_text = {str(value): value for value in _choices(block)}

    def typed(sent: Any) -> Any:
        return by_text.get(sent, sent) if isinstance(sent, str) else sent

    return Annotated[_choice_type(block), BeforeValidator(typed)]


TEXT = Leaf(
    read_type=lambda block: str,
    write_type=lambda block: str,
    represent=lambda block, raw, resolver, path: raw or "",
    stored=_text,
    texts=string_texts,
    write_default="",
)

ADDRESS = Leaf(
    read_type=lambda block: str,
    write_type=lambda block: str,
    stored=_text,
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
    register_leaf(blocks.IntegerBlock, _scalar(int, _whole_number, WholeNumber))
    register_leaf(blocks.FloatBlock, _scalar(float, _figure, Figure))
    register_leaf(blocks.DateBlock, _scalar(date, _as_date, example=EXAMPLES[DateField]))
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
            read_type=_labelled_choice_type,
            write_type=_choice_input,
            stored=_choice,
            represent=lambda block, raw, resolver, path: "" if raw is None else raw,
            example=lambda block: next(iter(_choices(block))),
        ),
    )
    register_leaf(
        blocks.RichTextBlock,
        Leaf(
            read_type=lambda block: Annotated[
                str, Field(json_schema_extra=rich_text_schema(block.features))
            ],
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
            read_type=lambda block: relation_type_of(block.target_models) | None,
            write_type=lambda block: WholeNumber | None,
            stored=_whole_number,
            represent=lambda block, raw, resolver, path: resolver.page(raw),
            collect=lambda block, raw, wanted: wanted.add(block.target_model, raw),
        ),
    )
    register_leaf(
        SnippetChooserBlock,
        Leaf(
            read_type=lambda block: relation_type(block.target_model) | None,
            write_type=lambda block: WholeNumber | None,
            stored=_whole_number,
            represent=lambda block, raw, resolver, path: resolver.snippet(block.target_model, raw),
            collect=lambda block, raw, wanted: wanted.add(block.target_model, raw),
        ),
    )
    register_leaf(
        DocumentChooserBlock,
        Leaf(
            read_type=lambda block: DocumentFile | None,
            write_type=lambda block: WholeNumber | None,
            stored=_whole_number,
            represent=lambda block, raw, resolver, path: resolver.document(raw),
            collect=lambda block, raw, wanted: wanted.add(ContentDocument, raw),
        ),
    )
    register_leaf(
        ImageBlock,
        Leaf(
            read_type=lambda block: ImageFile | None,
            write_type=lambda block: ImageChoice,
            stored=_image,
            represent=_represent_image,
            collect=_collect_image,
            texts=_image_texts,
        ),
    )
