"""The steps of the benchmark of delivery, each in a process of its own."""

import hashlib
import json
import os
import statistics
import sys
import time
import uuid
from io import StringIO
from typing import Any, Final

WORDS: Final = "Norrbotten utvecklas när fler vill bo, arbeta och driva företag här. "
PUBLICATIONS: Final = 25
_CORRECTION: Final = "<p>Rättat: "


def _set_up() -> None:
    import django

    if os.environ.get("STOCK"):
        from tests.stock_wsgi import stand_down

        stand_down()
    django.setup()


def prepare(number: str, *options: str) -> None:
    """The demo, a page of 5 kB, and documents up to a number; says how to ask for the page.

    Args:
        options: ``--with-fallbacks`` for what :func:`fill` calls so.
    """
    from django.core.management import call_command
    from wagtail.models import Page

    from cms.delivery.models import PublishedDocument
    from home.models import ContentPage

    # What it says belongs to whoever tries the site.
    call_command("prepare_demo", stdout=StringIO(), stderr=StringIO())
    home = Page.objects.get(depth=2, locale__language_code="sv").specific
    links = Page.objects.filter(depth=3, locale__language_code="sv")[:4]
    text = "".join(
        f'<p>{WORDS * 7}<a linktype="page" id="{page.pk}">{page.title}</a>.</p>' for page in links
    )
    page = ContentPage(title="Mätt", slug="matt", introduction=text)
    home.add_child(instance=page)
    page.save_revision().publish()
    fill(number, with_fallbacks="--with-fallbacks" in options)
    document = PublishedDocument.objects.get(page_id=page.pk)
    body = bytes(document.body).decode()
    print(json.dumps({"page": page.pk, "digest": document.digest, "body": body}))


def fill(number: str, *, with_fallbacks: bool = False) -> None:
    """More documents like those that are there, with keys of their own, up to a number.

    Args:
        with_fallbacks: whether each stands in for every other language too.
    """
    from cms.delivery.http.compression import deflate, with_brotli
    from cms.delivery.models import Entry, Feed, PublishedDocument
    from cms.languages.registry import LANGUAGES
    from cms.languages.sorting import sort_key

    made: list[Any] = []
    there = PublishedDocument.objects.count()
    sequence = Feed.objects.get().last_sequence
    body = json.dumps({"text": WORDS * 26}).encode()[:2_000]
    deflated, brotli = deflate(body), with_brotli(body)
    locales = tuple(LANGUAGES) if with_fallbacks else ("sv",)
    for count in range(there, int(number)):
        sequence += 1
        # Spread over all of it, as a digest is: the mirror names folders by the first half.
        digest = hashlib.sha256(str(count).encode()).hexdigest()
        made.append(
            PublishedDocument(
                key=uuid.uuid4(),
                locale="sv",
                language="sv",
                page_id=10_000_000 + count,
                object_id=10_000_000 + count,
                type="home.ContentPage",
                path=f"/sv/{count}/",
                title=f"Sida {count}",
                listed=True,
                digest=digest,
                summary_digest=digest,
                sequence=sequence,
                body=body,
                deflated=deflated,
                brotli=brotli,
            )
        )
    Feed.objects.update(last_sequence=sequence)
    for start in range(0, len(made), 2_000):
        stored = PublishedDocument.objects.bulk_create(made[start : start + 2_000])
        Entry.objects.bulk_create(
            Entry(
                key=one.key,
                locale=locale,
                document=one,
                is_own=locale == one.locale,
                type=one.type,
                sort_key=sort_key(one.title, locale),
            )
            for one in stored
            for locale in locales
        )
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def write(seconds: str) -> None:
    """Publishes five pages a second for so long; says when it begins."""
    _publish_once()
    print("begun", flush=True)
    ends = time.monotonic() + float(seconds)
    while time.monotonic() < ends:
        began = time.monotonic()
        _publish_once()
        time.sleep(max(0.0, 0.2 - (time.monotonic() - began)))


def compute(seconds: str) -> None:
    """Computes for as long as ``write`` publishes, and asks nobody for anything."""
    busy = statistics.median(_publish_once() for _publication in range(5))
    print("begun", flush=True)
    ends = time.monotonic() + float(seconds)
    while time.monotonic() < ends:
        began = time.monotonic()
        while time.monotonic() - began < busy:
            pass
        time.sleep(max(0.0, 0.2 - busy))


def _publish_once() -> float:
    from home.models import ContentPage

    page: Any = ContentPage.objects.filter(slug="matt").first()
    # The page stays as long as it is: one paragraph is another, as after a correction.
    text = page.introduction
    kept = text.partition("</p>")[2] if text.startswith(_CORRECTION) else text
    page.introduction = f"{_CORRECTION}{uuid.uuid4()}.</p>{kept}"
    began = time.perf_counter()
    page.save_revision().publish()
    return time.perf_counter() - began


def publish() -> None:
    """The median milliseconds of a publication."""
    taken = [_publish_once() for _publication in range(PUBLICATIONS)]
    print(statistics.median(taken) * 1000)


def pages() -> None:
    """Milliseconds of the first page of a list and of the thousandth."""
    from cms.delivery.http.cursors import ListCursor
    from cms.delivery.http.document_queries import ListQuery, listed_documents
    from cms.delivery.models import Entry

    rows = Entry.objects.filter(locale="sv").order_by("sort_key", "key")
    sort_key, key = rows.values_list("sort_key", "key")[20_000]
    deep = ListQuery("sv", after=ListCursor(bytes(sort_key), key))
    taken: dict[ListQuery, list[float]] = {ListQuery("sv"): [], deep: []}
    for _round in range(60):
        for query, found in taken.items():
            began = time.perf_counter()
            listed_documents(query, ("body",))
            found.append(time.perf_counter() - began)
    print(json.dumps([statistics.median(found) * 1000 for found in taken.values()]))


if __name__ == "__main__":
    _set_up()
    globals()[sys.argv[1]](*sys.argv[2:])
