"""Many pages at once, for what must not grow with them."""

from typing import Any

from wagtail.models import Page

from cms.export.bundle.importing import raw
from home.models import ContentPage
from tests.factories.identity import key
from tests.factories.pages import PUBLISHED_AT


def add_content_pages(parent: Any, number: int, *, live: bool = True) -> list[int]:
    """Adds pages *Sida 1*, *Sida 2*, … below what is there; returns their ids, in their order.

    Rows alone, without documents: a thousand take a tenth of a second.
    """
    parent = Page.objects.get(pk=parent.pk)
    first = parent.numchild + 1
    fields: dict[str, Any] = {
        "live": live,
        "locale_id": parent.locale_id,
        "depth": parent.depth + 1,
    }
    if live:
        fields["first_published_at"] = PUBLISHED_AT
    pages = []
    for step in range(first, first + number):
        slug = f"sida-{step}"
        pages.append(
            ContentPage(
                **fields,
                title=f"Sida {step}",
                draft_title=f"Sida {step}",
                slug=slug,
                url_path=f"{parent.url_path}{slug}/",
                path=Page._get_path(parent.path, parent.depth + 1, step),
                translation_key=key(f"page {parent.pk} {slug}"),
                content_type=ContentPage(title=slug).content_type,
            )
        )
    names = [field.attname for field in Page._meta.local_concrete_fields if field.attname != "id"]
    rows = [Page(**{name: getattr(page, name) for name in names}) for page in pages]
    raw.insert(rows)
    for page, row in zip(pages, rows, strict=True):
        page.page_ptr_id = row.pk
    raw.insert(pages)
    Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + number)
    return [row.pk for row in rows]
