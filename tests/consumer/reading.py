"""Reads the pages of the example site."""

from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

from tests.consumer.example import ExampleSite


def shown_pages(site: ExampleSite) -> dict[tuple[str, str], list[str]]:
    """The addresses of each language and key."""
    found: dict[tuple[str, str], list[str]] = {}
    for path in site.files():
        if path.endswith("index.html"):
            address = f"/{path.removesuffix('index.html')}"
            [main] = site.page(address).xpath("//main")
            if key := main.get("data-key"):
                found.setdefault((path.split("/")[0], key), []).append(address)
    return found


def texts_of(value: Any, pointer: str = "") -> Iterator[tuple[str, str]]:
    """Each text of a document with its JSON Pointer; rich texts have languages of their own."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from texts_of(each, f"{pointer}/{name}")
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from texts_of(each, f"{pointer}/{index}")
    elif isinstance(value, str) and len(value) > 3 and not value.startswith("<"):
        yield pointer, value


def language_around(element: HtmlElement) -> tuple[str, str]:
    """Language and direction of an element: those of the nearest that says them."""
    language = element.xpath("string(ancestor-or-self::*[@lang][1]/@lang)")
    direction = element.xpath("string(ancestor-or-self::*[@dir][1]/@dir)")
    return str(language), str(direction)


def kinds_of_pages(site: ExampleSite) -> list[str]:
    """An address of each type of page, of a page in a fallback, and of what the site adds."""
    # Another test takes a story away.
    by_type = {
        page["type"]: page["path"]
        for page in site.pages
        if is_swedish(page) and (site.output / page["path"].strip("/") / "index.html").exists()
    }
    others = ["/", "/404.html", "/preview/", "/yi/", "/smj/rus-2030/", "/yi/rus-2030/livskvalitet/"]
    return [*by_type.values(), *others, "/smj/hit-gick-pengarna/kind/company/"]


def is_swedish(page: dict[str, Any]) -> bool:
    return bool(page["meta"]["locale"] == "sv")
