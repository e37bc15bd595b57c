"""``/sitemap.xml``: every real page, when it changed, and the languages in which it is."""

from collections import defaultdict
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from django.contrib.sitemaps import Sitemap
from django.http import HttpRequest
from django.utils.functional import cached_property

from cms.common.site_address import site_address
from cms.delivery.models import PublishedDocument
from cms.languages.registry import LANGUAGES, SOURCE_LANGUAGE_CODE

_A_FILE: Final = 5_000
"""Addresses of one file: each names nine languages."""


class _Listed(NamedTuple):
    """A page of a site map."""

    key: Any
    path: str
    modified_at: Any


class LanguageSitemap(Sitemap[_Listed]):
    """The pages that are really in a language, without what stands in for one that it lacks."""

    limit = _A_FILE

    def __init__(self, locale: str) -> None:
        super().__init__()
        self.locale = locale
        address = urlsplit(site_address())
        self.protocol = address.scheme
        self.host = address.netloc

    @cached_property
    def pages(self) -> list[_Listed]:
        """All pages of the language, in an order that stays."""
        rows = _pages().filter(locale=self.locale).order_by("path")
        return [_Listed(*row) for row in rows.values_list("key", "path", "modified_at")]

    def items(self) -> list[_Listed]:
        """All pages of the language."""
        return self.pages

    def location(self, item: _Listed) -> str:
        """The path of a page."""
        return item.path

    def lastmod(self, item: _Listed) -> Any:
        """The time when anything of a page changed last."""
        return item.modified_at

    def get_domain(self, site: Any = None) -> str:
        """Host and port of the site."""
        del site
        return self.host

    def get_urls(self, page: Any = 1, site: Any = None, protocol: Any = None) -> Any:
        """The addresses of a part, each with those of its translations."""
        urls = super().get_urls(page, site, protocol)
        translations: dict[Any, list[tuple[str, str]]] = defaultdict(list)
        keys = [url["item"].key for url in urls]
        rows = _pages().filter(key__in=keys).values_list("key", "locale", "path")
        for key, locale, path in rows:
            translations[key].append((locale, f"{self.protocol}://{self.host}{path}"))
        for url in urls:
            there = sorted(translations[url["item"].key])
            url["alternates"] = _alternates(there)
        return urls


def _alternates(there: list[tuple[str, str]]) -> list[dict[str, str]]:
    found = [{"location": address, "lang_code": locale} for locale, address in there]
    default = dict(there).get(SOURCE_LANGUAGE_CODE) or (there and there[0][1])
    if default:
        found.append({"location": str(default), "lang_code": "x-default"})
    return found


def _pages() -> Any:
    return PublishedDocument.objects.filter(
        page_id__isnull=False, listed=True, path__isnull=False, entries__is_own=True
    )


def sitemaps(request: HttpRequest) -> dict[str, LanguageSitemap]:
    """A site map for each language that has pages."""
    del request
    locales = _pages().values_list("locale", flat=True).distinct()
    return {code: LanguageSitemap(code) for code in LANGUAGES if code in set(locales)}
