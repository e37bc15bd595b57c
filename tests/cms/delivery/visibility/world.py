"""A small world of pages with a word of their own, and those who hide them.

Each page's word stands in its title and its text, in each language another; pages point to each
other and so show each other's titles.
"""

import json
import re
from collections import defaultdict
from pathlib import Path
from typing import Any
from uuid import UUID

from django.test import Client
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.models import Locale, Page, PageViewRestriction, Site
from wagtail_localize.models import Translation

from cms.delivery.models import PublishedDocument
from cms.delivery.search.models import IndexedText
from cms.delivery.webhooks.models import Webhook, WebhookDelivery
from cms.export.mirror.updating import update
from cms.translation.lifecycle.taking_down import Choice, choosing
from home.models import ContentPage
from tests.cms.delivery.publishing.small_site import publish
from tests.cms.delivery.visibility.pages import close, fresh, move
from tests.factories.blocks import rich_text
from tests.factories.identity import Blocks
from tests.factories.site import start_site
from tests.factories.translations import translate

LANGUAGES = ("en", "fi")
WORD = re.compile(r"kanarie\d+(?:sv|en|fi)")


class NothingThere(Exception):
    """There is nothing to do it with."""


def one_of(things: Any, position: int) -> Any:
    """The thing at a position, counted round."""
    found = list(things)
    if not found:
        raise NothingThere
    return found[position % len(found)]


class World:
    """Sections and pages in Swedish, some of them in English and Finnish, and their editors.

    Attributes:
        refusals: what an editor meets who does what cannot be.
    """

    refusals = (NothingThere,)

    def __init__(self) -> None:
        self._made = 0
        self._block = Blocks("visibility")
        self.home = start_site()
        self.home.title = "Start"
        for language in LANGUAGES:
            translate(self.home, language, lambda path, text: None if path == "slug" else text)
        first = self.add(self.home)
        below = self.add(first)
        second = self.add(self.home)
        self.translate(first, "en")
        self.translate(below, "en")
        self.translate(below, "fi")
        self.translate(second, "fi")
        self.point(second, below)
        fresh(second).create_alias(parent=fresh(first), update_slug="alias")
        Webhook.objects.create(address="https://partner.example/", name="A partner")

    def add(self, parent: Any) -> Any:
        """A live page below another, in its language."""
        self._made += 1
        code = parent.locale.language_code
        word = f"kanarie{self._made}{code}"
        page = ContentPage(
            title=f"{word} sida",
            slug=f"sida-{self._made}",
            introduction=f"<p>Om {word} finns mer.</p>",
            locale=parent.locale,
        )
        fresh(parent).add_child(instance=page)
        page.save_revision().publish()
        return page

    def point(self, page: Any, target: Any) -> None:
        """Lets a page lead to another, in rich text and in a list that shows its title."""
        listed = {"title": "Se även", "pages": self._block.items(target.pk)}
        publish(
            page,
            introduction=fresh(page).introduction + rich_text("Läs", page=target),
            body=[self._block("page_list", listed)],
        )

    def translate(self, page: Any, language: str) -> None:
        """The page in a language, live, with a word of that language."""
        code = page.locale.language_code

        def text_of(path: str, source: str) -> str:
            text = WORD.sub(lambda word: word.group().removesuffix(code) + language, source)
            return text if path == "slug" else text.replace("sida", "page")

        translate(fresh(page), language, text_of)

    # The editors

    def add_page(self, parent: int) -> None:
        self.add(one_of(self._pages(alias_of=None), parent))

    def translate_page(self, page: int, language: int) -> None:
        chosen = one_of(self._swedish(), page)
        self.translate(chosen, LANGUAGES[language % len(LANGUAGES)])

    def point_page(self, page: int, target: int) -> None:
        self.point(one_of(self._swedish(), page), one_of(self._pages(), target))

    def close_page(self, page: int) -> None:
        chosen = one_of(self._pages(), page)
        if not chosen.view_restrictions.exists():
            close(chosen)

    def open_page(self, restriction: int) -> None:
        one_of(PageViewRestriction.objects.order_by("pk"), restriction).delete()

    def move_page(self, page: int, target: int) -> None:
        chosen = one_of(self._pages(), page)
        parent = one_of(Page.objects.filter(locale=chosen.locale, depth__gte=2), target)
        if parent.pk == chosen.pk or parent.is_descendant_of(chosen):
            raise NothingThere
        if not Page._slug_is_available(chosen.slug, parent, chosen):
            raise NothingThere
        move(chosen, parent)

    def unpublish_page(self, page: int, leave: bool) -> None:
        with choosing(Choice.LEAVE if leave else Choice.TAKE_DOWN):
            fresh(one_of(self._pages(live=True), page)).unpublish()

    def publish_page(self, page: int) -> None:
        chosen = fresh(one_of(self._pages(alias_of=None), page))
        (chosen.get_latest_revision() or chosen.save_revision()).publish()

    def delete_page(self, page: int, leave: bool) -> None:
        with choosing(Choice.LEAVE if leave else Choice.TAKE_DOWN):
            fresh(one_of(self._pages(), page)).delete()

    def alias_page(self, page: int, parent: int) -> None:
        self._made += 1
        chosen = fresh(one_of(self._pages(), page))
        target = one_of(Page.objects.filter(locale=chosen.locale, depth__gte=2), parent)
        chosen.create_alias(parent=fresh(target), update_slug=f"alias-{self._made}")

    def alias_in_language(self, page: int, language: int) -> None:
        chosen = fresh(one_of(self._swedish(), page))
        locale = Locale.objects.get(language_code=LANGUAGES[language % len(LANGUAGES)])
        if chosen.has_translation(locale):
            raise NothingThere
        chosen.copy_for_translation(locale, copy_parents=True, alias=True)

    def convert_alias(self, alias: int) -> None:
        chosen = one_of(Page.objects.exclude(alias_of=None).order_by("pk"), alias)
        ConvertAliasPageAction(chosen.specific).execute(skip_permission_checks=True)

    def change_site(self) -> None:
        site = Site.objects.get()
        sections = Page.objects.filter(depth=3, locale__language_code="sv").order_by("path")
        start = Page.objects.get(pk=self.home.pk)
        site.root_page = one_of(sections, 0) if site.root_page_id == start.pk else start
        site.save()

    def _pages(self, **chosen: Any) -> Any:
        return Page.objects.filter(depth__gte=3, **chosen).order_by("path")

    def _swedish(self) -> Any:
        return self._pages(alias_of=None, locale__language_code="sv")


def hidden_words() -> set[str]:
    """The words that stand on no page that anybody may see, counted page by page."""
    pages = list(Page.objects.filter(depth__gte=3).order_by("path"))
    seen: set[str] = set()
    every: set[str] = set()
    closed = _closed()
    roots = [
        root.path for site in Site.objects.all()
        for root in Page.objects.filter(translation_key=site.root_page.translation_key)
    ]  # fmt: skip
    for page in pages:
        words = set(WORD.findall(page.title))
        every |= words
        if page.live and page.pk not in closed and page.path.startswith(tuple(roots)):
            seen |= words
    return every - seen


def _closed() -> set[int]:
    """Ids of closed pages, found by asking of each again until nothing is new."""
    closed = set(PageViewRestriction.objects.values_list("page", flat=True))
    pages = list(Page.objects.select_related("locale"))
    at = {page.path: page.pk for page in pages}
    by_place = {(page.translation_key, page.locale.language_code): page.pk for page in pages}
    sources: dict[tuple[UUID, str], set[int]] = defaultdict(set)
    for link in Translation.objects.select_related("source__locale", "target_locale"):
        key = link.source.object_id
        if (source := by_place.get((key, link.source.locale.language_code))) is not None:
            sources[key, link.target_locale.language_code].add(source)
    while True:
        found = {
            page.pk
            for page in pages
            if page.pk not in closed
            and (
                at.get(page.path[:-4]) in closed
                or page.alias_of_id in closed
                or by_place.get((page.translation_key, "sv")) in closed
                or sources[page.translation_key, page.locale.language_code] & closed
            )
        }
        if not found:
            return closed
        closed |= found


def stored_texts() -> dict[str, str]:
    """Everything that is delivered from, by where it stands."""
    texts = {
        f"document {document.page_id}": f"{document.title} {bytes(document.body).decode()}"
        for document in PublishedDocument.objects.all()
    }
    for row in IndexedText.objects.all():
        texts[f"index of {row.pk}"] = f"{row.title} {row.text}"
    return texts


def answers(mirror: Path) -> dict[str, str]:
    """Everything that the site says to who asks, by address."""
    client = Client()
    asked = ["/api/v3/pages/?limit=100", "/api/v2/pages/?fields=*&limit=20", "/api/v3/languages/"]
    asked += ["/api/v3/changes/", "/api/v3/export/all.ndjson", "/sitemap.xml"]
    for code in ("sv", *LANGUAGES):
        asked += [f"/api/v3/entries/{code}/?limit=100", f"/api/v3/export/{code}.ndjson"]
    for page in Page.objects.filter(depth__gte=2):
        asked += [f"/api/v3/pages/{page.pk}/", f"/api/v2/pages/{page.pk}/"]
        asked += [page.url] if page.url else []
        if words := WORD.findall(page.title):
            code = page.locale.language_code
            asked += [f"/api/v3/pages/?search={words[0]}"]
            asked += [f"/api/v3/entries/{code}/?search={words[0]}"]
    said = {}
    for address in asked:
        response: Any = client.get(address)
        body = b"".join(response) if response.streaming else response.content
        # A list repeats in its links what it was asked for.
        text = body.decode().replace(address.partition("?search=")[2] or "\0", "", 0)
        said[address] = text
    update(mirror)
    for path in mirror.rglob("*"):
        if path.is_file() and path.suffix in (".json", ".ndjson", ".html", ".xml", ".csv"):
            said[str(path.relative_to(mirror))] = path.read_text()
    for delivery in WebhookDelivery.objects.all():
        said[f"webhook {delivery.pk}"] = json.dumps(delivery.payload)
    return said


def betrayals(texts: dict[str, str]) -> list[str]:
    """The places that name what nobody may see, with the words."""
    hidden = hidden_words()
    return [
        f"{place}: {sorted(found)}"
        for place, text in texts.items()
        if (found := hidden.intersection(WORD.findall(text)))
    ]
