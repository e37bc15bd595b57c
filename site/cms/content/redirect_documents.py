"""A redirect as a document of its own: the path that leads on, and where it leads.

It has no language: a path stands in the address, and its target in whatever language that is.
"""

from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from typing import Any, Final, Literal
from uuid import UUID, uuid5

from django.http import Http404
from django.urls import Resolver404, reverse
from django.utils.encoding import iri_to_uri, uri_to_iri
from ninja import Schema
from pydantic import Field
from wagtail.api.v2.utils import get_full_url
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from cms.content.api.moments import BEFORE_ALL
from cms.content.api.shapes import Key, Locale
from cms.content.site_roots import Root, site_roots

REDIRECT_TYPE: Final = "redirects.Redirect"
"""The type of these documents; there is no model that is called so."""

_NAMESPACE: Final = UUID("5b0c2f0e-6a35-5a7b-9d0b-6c1f4f6c7e11")


class RedirectMeta(Schema):
    """Type and addresses of a redirect."""

    type: Literal["redirects.Redirect"] = Field(
        description="Label of the type.", examples=[REDIRECT_TYPE]
    )
    locale: Locale | None = Field(description="Null: a redirect has no language.", examples=[None])
    detail_url: str = Field(
        description="Where the API has what an editor sees of this redirect.",
        examples=["https://cms.example.org/api/v3/redirects/3/"],
    )
    html_url: str = Field(
        description="Address that leads on: of the site of the redirect, else of the default one.",
        examples=["https://cms.example.org/en/old-address"],
    )


class RedirectDocument(Schema):
    """A path that leads to another, or out of the site. A page at the same path comes first."""

    id: int = Field(description="Wagtail's id of the redirect.", examples=[3])
    meta: RedirectMeta
    type: Literal["redirects.Redirect"] = Field(
        description="Label of the type.", examples=[REDIRECT_TYPE]
    )
    key: Key
    path: str = Field(
        description="Path that leads on, percent-encoded, without a slash at its end; it leads on "
        "with one too.",
        examples=["/en/old-address"],
    )
    target: str = Field(
        description="Path of a published page of the same site, or an address.",
        examples=["/en/new-address/"],
    )
    permanent: bool = Field(
        description="Whether it leads on for good (301) or for the time being (302).",
        examples=[True],
    )
    published_at: datetime = Field(
        description="When it was entered, or left by a page.", examples=["2027-01-15T08:30:00Z"]
    )
    modified_at: datetime = Field(
        description="The last time that anything of it but this changed.",
        examples=["2027-02-03T10:15:00Z"],
    )


def redirect_key(redirect: Redirect) -> UUID:
    """The key of a redirect: made of its path and, where it has one, its site.

    A site is named by the key of its start page, which stays when its address changes and when
    the content moves to another machine.
    """
    site = redirect.site
    return key_of_path(redirect.old_path, site and site.root_page.translation_key)


def key_of_path(old_path: str, start_page: UUID | None) -> UUID:
    """The key of a redirect, by the path that Wagtail stores and the start page of its site."""
    return uuid5(_NAMESPACE, f"{start_page or ''} {old_path}")


def redirect_path(old_path: str) -> str:
    """The path of a redirect as documents have it, from that which Wagtail stores."""
    return str(iri_to_uri(old_path))


def stored_path(path: str) -> str:
    """The path that Wagtail stores, from that of a document."""
    return str(uri_to_iri(path))


def redirect_documents(redirects: Collection[Redirect]) -> list[dict[str, Any]]:
    """The documents of redirects to public pages and to addresses, as JSON values.

    A fixed number of queries for any number of them. Each has its site and page at hand.
    """
    roots = site_roots()
    _give_root_paths((redirect.redirect_page for redirect in redirects), roots)
    default = next((root.address for root in roots if root.is_default), None)
    sites = {root.address.site_id: root.address for root in roots}
    return [_document(redirect, sites.get(redirect.site_id, default)) for redirect in redirects]


def _give_root_paths(pages: Iterable[Page | None], roots: list[Root]) -> None:
    paths = [root.address for root in roots]
    for page in pages:
        if page is not None:
            # Where Wagtail keeps them for as long as it has the page in hand.
            page._wagtail_cached_site_root_paths = paths  # noqa: SLF001


def _document(redirect: Redirect, home: Any) -> dict[str, Any]:
    path = redirect_path(redirect.old_path)
    created_at = (redirect.created_at or BEFORE_ALL).astimezone(UTC)
    detail = reverse("wagtailapi_v3:detail_redirect", kwargs={"redirect_id": redirect.pk})
    document = RedirectDocument(
        id=redirect.pk,
        meta=RedirectMeta(
            type=REDIRECT_TYPE,
            locale=None,
            detail_url=get_full_url(None, detail),
            html_url=f"{home.root_url if home else ''}{path}",
        ),
        type=REDIRECT_TYPE,
        key=redirect_key(redirect),
        path=path,
        target=_target(redirect, home),
        permanent=redirect.is_permanent,
        published_at=created_at,
        # Who stores the document knows; see ``cms.delivery.publishing.rendering``.
        modified_at=created_at,
    )
    return document.model_dump(mode="json")


def _target(redirect: Redirect, home: Any) -> str:
    page = redirect.redirect_page
    if page is None:
        return str(redirect.redirect_link)
    parts = page.get_url_parts()
    if parts is None or parts[2] is None:
        raise LookupError(f"The redirect from {redirect.old_path} leads to a page of no site.")
    site, address, path = parts
    target = f"{str(path).rstrip('/')}{route}" if (route := _route(redirect)) else str(path)
    return target if home is not None and site == home.site_id else f"{address}{target}"


def _route(redirect: Redirect) -> str:
    """The part behind the address of the page; empty where its type has no such route."""
    route = str(redirect.redirect_page_route_path)
    if route:
        page: Any = redirect.redirect_page
        try:
            page.specific_deferred.resolve_subpage(route)
        except (AttributeError, Http404, Resolver404):
            return ""
    return route
