"""``GET tree/{locale}/``: the whole tree of a language in its order, in one request."""

import hashlib
import zlib
from datetime import datetime
from threading import Lock
from typing import Any, Final, Literal, NamedTuple

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field
from wagtail.models import Page

from cms.content.api.delivered_types import delivered_models
from cms.content.api.parameters import refuse_unknown_parameters
from cms.content.api.shapes import KEY_EXAMPLE, Key, PageId, PagePath, Title, TitleLanguage
from cms.delivery.caching.tags import list_tags
from cms.delivery.endpoints.exports import version_of
from cms.delivery.endpoints.schemas import LanguageCode
from cms.delivery.endpoints.tree_items import tree_body
from cms.delivery.http.compression import chosen_encoding, deflate, gzip_of
from cms.delivery.http.document_responses import OF_A_LIST
from cms.delivery.http.requests import asked_by
from cms.delivery.http.responses import full, unchanged, validators
from cms.delivery.publishing.sequence import current_sequence

router = Router(tags=["tree"])

_PAGE_TYPES = tuple(model._meta.label for model in delivered_models() if issubclass(model, Page))
PageTypeLabel: Any = Literal[_PAGE_TYPES]


class TreeFilters(Schema):
    """The filters of a tree."""

    fallback: bool = Field(
        default=True,
        description="Whether a page of a fallback stands in where the language has none.",
    )


class TreeItem(Schema):
    """A page in its place."""

    key: Key
    id: PageId
    type: PageTypeLabel = Field(description="Label of the type.", examples=[_PAGE_TYPES[0]])
    title: Title
    language: TitleLanguage
    path: PagePath
    parent: Key | None = Field(
        description="Key of the page above in this tree; null at the top.",
        examples=[KEY_EXAMPLE],
    )
    position: int = Field(
        ge=0,
        le=2**53 - 1,
        description="Ordinal number among the pages below the same parent, as in its document.",
        examples=[2251799813685248],
    )
    depth: int = Field(ge=0, description="Number of pages above it in this tree.", examples=[2])
    in_menu: bool = Field(description="Whether editors want it in menus.", examples=[True])
    modified_at: datetime = Field(
        description="`modified_at` of its document.", examples=["2027-02-03T10:15:00Z"]
    )


class Tree(Schema):
    """The tree of a language."""

    items: list[TreeItem] = Field(
        description="Depth first: each page is followed by all that is below it, siblings in "
        "the editors' order."
    )


@router.get(
    "/{locale}/",
    response=Tree,
    summary="The tree of a language",
    operation_id="tree",
    url_name="tree",
)
def get_tree(
    request: HttpRequest, locale: LanguageCode, filters: Query[TreeFilters]
) -> HttpResponse:
    """Every page that stands for a language, with where it stands: for menus, order, sitemaps.

    In the language, or unless `fallback=false` in the first of its fallbacks that is live.
    """
    refuse_unknown_parameters(request, TreeFilters.model_fields)
    asked = asked_by(request)
    tree = tree_of(locale, fallback=filters.fallback)
    headers = validators(tree.digest, list_tags(locale), locale)
    encoding = chosen_encoding(asked.accept_encoding, OF_A_LIST)
    known = unchanged(headers, tree.digest, encoding, asked.if_none_match)
    if known is not None:
        return known.response()
    body = tree.compressed if encoding == "gzip" else tree.body
    return full(headers, body, tree.digest, encoding).response()


class KeptTree(NamedTuple):
    """A tree that was put together.

    Attributes:
        version: of the published content.
        digest: SHA-256 of its JSON; the strong ETag.
        deflated: a tenth of its size.
    """

    version: str
    digest: str
    deflated: bytes

    @property
    def body(self) -> bytes:
        """Its JSON."""
        return zlib.decompress(self.deflated, wbits=-zlib.MAX_WBITS)

    @property
    def compressed(self) -> bytes:
        """The same as a gzip stream."""
        return gzip_of(self.deflated)


_kept: Final[dict[tuple[str, bool], KeptTree]] = {}
_lock: Final = Lock()


def tree_of(locale: str, *, fallback: bool) -> KeptTree:
    """The tree of a language; put together once for each version of the content.

    Only what is published shows in it, so the number of the last change tells whether it is so yet.
    """
    version = version_of(current_sequence())
    with _lock:
        kept = _kept.get((locale, fallback))
    if kept is None or kept.version != version:
        body = tree_body(locale, fallback=fallback)
        kept = KeptTree(version, hashlib.sha256(body).hexdigest(), deflate(body))
        with _lock:
            _kept[locale, fallback] = kept
    return kept
