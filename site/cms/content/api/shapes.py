"""The shapes that every document is made of, as the contract with other sites has them.

Types whose values look alike everywhere carry their example and, where it is always the same, what
they mean; ``cms.delivery.openapi.document`` puts the examples of a shape together from these.
"""

from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field, create_model
from typing_extensions import TypeAliasType

from cms.content.images.sizes import image_sizes
from cms.translation.texts.judging import PublicStatus

KEY_EXAMPLE = "f80b49f2-6c1d-4c3e-9d57-0a4f7f1f2b6e"

PageId = Annotated[
    int, Field(description="Wagtail's id of the page in this one language.", examples=[87])
]
Key = Annotated[
    UUID,
    Field(description="The same in all languages.", examples=[KEY_EXAMPLE]),
]
PagePath = Annotated[
    str,
    Field(
        description="Path on a site, with its language.",
        examples=["/en/development-areas/culture/"],
    ),
]
Locale = Annotated[str, Field(description="BCP 47 code.", examples=["en"])]
Title = Annotated[str, Field(description="Title of the page.", examples=["Culture"])]
TitleLanguage = Annotated[
    str,
    Field(description="BCP 47 code of the language that the title is really in.", examples=["en"]),
]


FileSha256 = Field(
    description="SHA-256 of the file that an editor has put there, in hexadecimal; of an image the "
    "original, of which its renditions are made. Where it changes, fetch the file or the "
    "renditions anew, whatever their addresses. Null where the file is lost and was never read.",
    examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
)


def type_member(label: str) -> tuple[Any, Any, Any]:
    """The member ``type`` of the documents of one type: type, description and resolver."""

    def resolve(owner: Any) -> str:
        return label

    note = Field(
        description="Label of the type, as in `meta.type`: by it documents are told apart.",
        examples=[label],
    )
    return Literal[label], note, staticmethod(resolve)


def named_type(name: str, kind: Any) -> Any:
    """A type that the description of the API gives a name of its own, wherever it stands."""
    make: Any = TypeAliasType
    return make(name, kind)


def put_first(schema: Any, *names: str) -> Any:
    """The schema, with some of its members before all others."""
    fields = schema.__pydantic_fields__
    rest = {name: fields.pop(name) for name in tuple(fields) if name not in names}
    first = {name: fields.pop(name) for name in names if name in fields}
    # Pydantic takes the order over when it makes the schema, which it has not done yet.
    fields.update(first | rest)
    return schema


class Relation(Schema):
    """A related page or snippet in the document's language, else in its best fallback."""

    id: int = Field(
        description="Wagtail's id of the page or snippet in this one language.", examples=[87]
    )
    key: Key
    type: str = Field(
        description="For example `strategy.GoalPage`.", examples=["strategy.CulturePage"]
    )
    title: str = Field(
        description="Title of the page, or name of the snippet.", examples=["Culture"]
    )
    path: str | None = Field(
        description="Path on a site, with its language; null for a snippet.",
        examples=["/en/development-areas/culture/"],
    )
    language: str = Field(
        description="BCP 47 code of the language that the title is really in.", examples=["en"]
    )


class FocalPoint(Schema):
    """What matters most in an image, as shares of its width and height from the top left."""

    x: float = Field(
        ge=0, le=1, description="Share of the width, from the left, 0–1.", examples=[0.5]
    )
    y: float = Field(
        ge=0, le=1, description="Share of the height, from the top, 0–1.", examples=[0.3333]
    )


class RenditionFile(Schema):
    """One size and format of an image."""

    url: str = Field(
        description="Absolute address.",
        examples=["https://cms.example.org/media/images/river.width-800.format-webp.webp"],
    )
    width: int = Field(description="Width in pixels.", examples=[800])
    height: int = Field(description="Height in pixels.", examples=[533])
    format: str = Field(description="`webp`, `jpeg`, `png`, `gif` or `avif`.", examples=["webp"])


class OriginalFile(RenditionFile):
    """An image as it is stored: upright, without what it does not show; see docs/files.md."""

    url: str = Field(
        description="Absolute address.",
        examples=["https://cms.example.org/media/original_images/river.jpg"],
    )
    width: int = Field(description="Width in pixels.", examples=[2400])
    height: int = Field(description="Height in pixels.", examples=[1600])
    format: str = Field(
        description="`webp`, `jpeg`, `png`, `gif`, `avif` or `heic`; browsers do not show the "
        "last.",
        examples=["jpeg"],
    )
    size: int | None = Field(
        description="Size in bytes; null where it is not known.", examples=[1482044]
    )


_NAMED: dict[str, Any] = {
    name: (
        RenditionFile | None,
        Field(description=f"`{spec}`; null where the worker has not made it, or cannot."),
    )
    for name, spec in image_sizes().items()
}
ImageSizes: Any = create_model(
    "ImageSizes",
    __base__=Schema,
    __doc__="Sizes of an image that have a name, cropped around the focal point.",
    **_NAMED,
)


class ImageFile(Schema):
    """An image with the text that stands for it, in the document's language."""

    id: int = Field(description="Wagtail's id of the image.", examples=[12])
    alt: str = Field(
        description="Alternative text; empty for a decorative image.",
        examples=["A river between snowy mountains."],
    )
    credit: str = Field(
        description="Who made it and under which licence; empty if unknown.",
        examples=["Anna Andersson, CC BY 4.0"],
    )
    width: int = Field(description="Width of the original in pixels.", examples=[2400])
    height: int = Field(description="Height of the original in pixels.", examples=[1600])
    sha256: str | None = FileSha256
    focal_point: FocalPoint | None = Field(
        description="What a crop should keep; null where no editor has marked it."
    )
    original: OriginalFile = Field(description="The file of which all others are made.")
    sizes: ImageSizes = Field(description="Sizes that have a name, by it.")
    renditions: list[RenditionFile] = Field(
        description="Several widths, ascending, per format. The worker makes them: until then, and "
        "where none can be made, the original alone."
    )


class DocumentFile(Schema):
    """A file to download."""

    id: int = Field(description="Wagtail's id of the file.", examples=[4])
    title: str = Field(description="What editors call it.", examples=["Culture plan"])
    url: str = Field(
        description="Absolute address.",
        examples=["https://cms.example.org/documents/4/culture-plan.pdf"],
    )
    filename: str = Field(
        description="Name under which it is downloaded.", examples=["culture-plan.pdf"]
    )
    size: int | None = Field(
        description="Size in bytes; null where it is not known.", examples=[182044]
    )
    sha256: str | None = FileSha256


class Breadcrumb(Schema):
    """A page on the way from the start page to this one."""

    id: PageId
    key: Key
    title: Title
    path: PagePath
    language: TitleLanguage


class TranslationLink(Schema):
    """A language in which the page is live and really translated."""

    locale: Locale
    id: PageId
    path: PagePath
    detail_url: str = Field(
        description="Address of the document in that language.",
        examples=["https://cms.example.org/api/v3/pages/87/"],
    )
    status: PublicStatus = Field(
        description="`source` is what is translated from; `complete` and up to date; `partial`: "
        "some text is still in the source language; `outdated`: the source has changed since.",
        examples=["complete"],
    )
