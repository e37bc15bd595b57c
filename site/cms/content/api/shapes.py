"""The shapes that every document is made of, as the contract with other sites has them.

Types whose values look alike everywhere carry their example and, where it is always the same, what
they mean; ``cms.delivery.openapi.document`` puts the examples of a shape together from these.
"""

from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import Field

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


FileDigest = Field(
    description="SHA-1 of the file that an editor has put there, in hexadecimal; null where it is "
    "not known. Where it changes, fetch the file anew, whatever its address.",
    examples=["5a2c0d3f7b1e48c6a9d0e2f4b6c8d1a3e5f70912"],
)


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
    format: str = Field(description="`webp`, `jpeg` or `png`.", examples=["webp"])


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
    digest: str | None = FileDigest
    focal_point: FocalPoint | None = Field(
        description="What a crop should keep; null where no editor has marked it."
    )
    renditions: list[RenditionFile] = Field(description="Several widths, ascending, per format.")


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
    digest: str | None = FileDigest


class Breadcrumb(Schema):
    """A page on the way from the start page to this one."""

    id: PageId
    title: Title
    path: PagePath


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
