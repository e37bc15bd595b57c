"""The shapes that every document is made of, as the contract with other sites has them."""

from uuid import UUID

from ninja import Schema
from pydantic import Field

from norrbotten.translation.progress import PublicStatus


class Relation(Schema):
    """A related page or snippet in the document's language, else in its best fallback."""

    id: int
    key: UUID = Field(description="The same in all languages.")
    type: str = Field(
        description="For example `strategy.GoalPage`.", examples=["strategy.GoalPage"]
    )
    title: str
    path: str | None = Field(
        description="Path on a site, with its language; null for a snippet.",
        examples=["/sv/utvecklingsomraden/kultur/"],
    )
    language: str = Field(
        description="BCP 47 code of the language that the title is really in.", examples=["sv"]
    )


class FocalPoint(Schema):
    """What matters most in an image, as shares of its width and height from the top left."""

    x: float = Field(ge=0, le=1)
    y: float = Field(ge=0, le=1)


class RenditionFile(Schema):
    """One size and format of an image."""

    url: str = Field(description="Absolute address.")
    width: int = Field(description="Pixels.")
    height: int = Field(description="Pixels.")
    format: str = Field(description="`webp`, `jpeg` or `png`.", examples=["webp"])


class ImageFile(Schema):
    """An image with the text that stands for it, in the document's language."""

    id: int
    alt: str = Field(description="Alternative text; empty for a decorative image.")
    credit: str = Field(description="Who made it and under which licence; empty if unknown.")
    width: int = Field(description="Pixels of the original.")
    height: int = Field(description="Pixels of the original.")
    focal_point: FocalPoint | None
    renditions: list[RenditionFile] = Field(description="Several widths, ascending, per format.")


class DocumentFile(Schema):
    """A file to download."""

    id: int
    title: str
    url: str = Field(description="Absolute address.")
    filename: str
    size: int | None = Field(description="Bytes.")


class Breadcrumb(Schema):
    """A page on the way from the start page to this one."""

    id: int
    title: str
    path: str


class TranslationLink(Schema):
    """A language in which the page is live and really translated."""

    locale: str = Field(description="BCP 47 code.", examples=["smj"])
    id: int
    path: str
    detail_url: str
    status: PublicStatus = Field(
        description="`source` is what is translated from; `complete` and up to date; `partial`: "
        "some text is still in the source language; `outdated`: the source has changed since."
    )
