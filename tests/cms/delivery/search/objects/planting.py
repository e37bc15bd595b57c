"""Many pages, images and documents, stored and indexed without their files or documents."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from modelsearch.backends import get_search_backend
from wagtail.models import Collection, Locale, Page

from cms.content.models import ContentDocument, ContentImage
from tests.cms.delivery.search.publishing import publish


def plant(parent: Any, titles: Sequence[str], *, code: str = "sv", live: bool = True) -> list[Page]:
    """Pages below another, of no type of ours, behind those that are there."""
    content_type = ContentType.objects.get_for_model(Page)
    first = Page.objects.filter(path__startswith=parent.path).count()
    locale = Locale.objects.get(language_code=code)
    pages: list[Page] = Page.objects.bulk_create(
        Page(
            path=Page._get_path(parent.path, parent.depth + 1, 1_000 + number),
            depth=parent.depth + 1,
            title=title,
            draft_title=title,
            slug=f"planted-{number}",
            url_path=f"{parent.url_path}planted-{number}/",
            content_type=content_type,
            locale=locale,
            live=live,
        )
        for number, title in enumerate(titles, start=first)
    )
    get_search_backend().add_bulk(Page, pages)
    return pages


def publish_planted(pages: Iterable[Page]) -> None:
    """Documents of pages, so that everybody finds them."""
    for page in pages:
        publish(page.title, page.title, page_id=page.pk)


def plant_files(titles: Sequence[str]) -> None:
    """Images and documents whose files nobody looks at."""
    collection = Collection.get_first_root_node()
    images = ContentImage.objects.bulk_create(
        ContentImage(
            title=title, file=f"{title}.png", width=1, height=1, file_size=1, collection=collection
        )
        for title in titles
    )
    documents = ContentDocument.objects.bulk_create(
        ContentDocument(title=title, file=f"{title}.pdf", file_size=1, collection=collection)
        for title in titles
    )
    get_search_backend().add_bulk(ContentImage, images)
    get_search_backend().add_bulk(ContentDocument, documents)
