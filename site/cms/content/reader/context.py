"""The context of a page's template."""

from typing import Any
from uuid import UUID

from django.apps import apps
from django.http import HttpRequest

from cms.common.site_description import site_description
from cms.content.api.documents import render_document
from cms.content.reader.parts import DocumentNode, read_document, read_links
from cms.content.site_roots import site_roots
from cms.content.visibility import public_pages
from cms.translation.texts.extraction import TITLE_PATH
from cms.translation.texts.judging import known_texts


def reader_context(page: Any, request: HttpRequest) -> dict[str, DocumentNode]:
    """``document``: the page as the API gives it. ``children``: the public pages under it.

    ``site`` is what its site says on every page, in the language of the page or a fallback.
    """
    document = read_document(render_document(page, request), type(page))
    language = document.document_language
    return {
        "document": document,
        "children": read_links(public_children(page, request), language),
        "site": _read_site(page, language),
    }


def _read_site(page: Any, language: str) -> DocumentNode:
    roots = site_roots()
    # A page that was never saved has no place yet.
    own = [root for root in roots if page.path and page.path.startswith(root.path)]
    root = next(iter(own or [root for root in roots if root.is_default]), None)
    return read_site(root and root.key, language)


def read_site(start_page: UUID | None, language: str) -> DocumentNode:
    """The description of the site with a start page, for a page in a language."""
    description = start_page and site_description(start_page, language)
    if not description:
        return read_links([], language)
    model = apps.get_model(description["meta"]["type"])
    return read_document(description, model, around=language)


def public_children(page: Any, request: HttpRequest) -> list[dict[str, Any]]:
    """``[{title, path, language}]`` of the children that anybody may see, in the type's order.

    Two queries, however many there are.
    """
    from cms.content.api.references.resolver import true_language

    if page.pk is None or page.is_leaf():
        return []
    children = (
        public_pages()
        .filter(pk__in=page.get_children().values("pk"))
        .select_related("locale", "alias_of__locale")
        .order_by(*page.child_ordering)
    )
    texts = known_texts((), titles_of=[child.translation_key for child in children])
    shown = [(child, texts.of(child.translation_key, true_language(child))) for child in children]
    return [
        {
            "title": child.title,
            "path": (child.get_url_parts(request=request) or ("", "", ""))[2],
            "language": version.language_of_plain(TITLE_PATH, child.title),
        }
        for child, version in shown
        # What nobody has translated counts as absent in its language.
        if version.is_translation
    ]
