"""``/feeds/{language}/{collection}.atom``: the newest members of a collection, such as stories."""

import json
from datetime import datetime
from typing import Any, Final

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.utils.feedgenerator import Atom1Feed

from cms.common.site_address import site_address
from cms.content.api.collections import Collection, registered_collections
from cms.delivery.http.document_queries import ListQuery, listed_documents
from cms.languages.registry import LANGUAGES
from cms.reader.site_tree import site_tree

_NEWEST: Final = 30


class CollectionFeed(Feed[dict[str, Any], Any]):
    """The newest documents of a collection that are in a language, as an Atom feed."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, locale: str, name: str) -> tuple[Collection, str]:
        """The collection and the language that an address names."""
        del request
        found = next((one for one in registered_collections() if one.name == name), None)
        if found is None or locale not in LANGUAGES:
            raise Http404
        return found, locale

    def title(self, found: tuple[Collection, str]) -> str:
        """The title of the page under which they stand."""
        page = _page_of(*found)
        return page.title if page else found[0].name

    def link(self, found: tuple[Collection, str]) -> str:
        """The address of that page."""
        page = _page_of(*found)
        return f"{site_address()}{page.address if page else f'/{found[1]}/'}"

    def feed_url(self, found: tuple[Collection, str]) -> str:
        """Its own address."""
        return f"{site_address()}{feed_path(*found)}"

    def feed_guid(self, found: tuple[Collection, str]) -> str:
        """The same as its address."""
        return self.feed_url(found)

    def get_feed(self, obj: Any, request: HttpRequest) -> Any:
        """The feed, which says its language."""
        feed: Any = super().get_feed(obj, request)
        feed.feed["language"] = obj[1]
        return feed

    def items(self, found: tuple[Collection, str]) -> list[dict[str, Any]]:
        """Documents, the newest first."""
        collection, locale = found
        query = ListQuery(
            locale, types=(collection.type,), fallback=False, limit=_NEWEST, order="newest"
        )
        listed = listed_documents(query, ("body",))[:_NEWEST]
        return [json.loads(one.body or b"") for one in listed]

    def item_title(self, item: dict[str, Any]) -> str:
        """Its title."""
        return str(item["title"])

    def item_description(self, item: dict[str, Any]) -> str:
        """Its first lines."""
        return str(item.get("lead") or item["meta"].get("search_description") or "")

    def item_link(self, item: dict[str, Any]) -> str:
        """Its address."""
        return f"{site_address()}{item['path']}"

    def item_guid(self, item: dict[str, Any]) -> str:
        """Its key and language, which stay when its address changes."""
        return f"urn:uuid:{item['key']}#{item['language']}"

    def item_pubdate(self, item: dict[str, Any]) -> datetime | None:
        """First publication."""
        return _moment(item["published_at"])

    def item_updateddate(self, item: dict[str, Any]) -> datetime | None:
        """The time when anything of it changed last."""
        return _moment(item["modified_at"])


def _moment(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None


def _page_of(collection: Collection, locale: str) -> Any:
    """The page below which the members of a collection stand in a language."""
    members = (page for page in site_tree(locale).by_key.values() if page.type == collection.type)
    first = next(members, None)
    return first.parent if first else None


def feed_path(collection: Collection, locale: str) -> str:
    """The path of the feed of a collection in a language."""
    return f"/feeds/{locale}/{collection.name}.atom"
