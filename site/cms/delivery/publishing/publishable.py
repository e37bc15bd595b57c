"""Pages, snippets and redirects that have a document: those that anybody may see."""

from collections.abc import Collection, Iterable
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import Page

from cms.common.prepared_query import PreparedQuery
from cms.content.api.delivered_types import delivered_snippets
from cms.content.redirect_documents import REDIRECT_TYPE
from cms.content.site_roots import lies_below, site_roots
from cms.content.visibility import delivered_pages, public_pages
from cms.delivery.publishing.redirects import delivered_ids, every_delivered_id, load_redirects


class PublishableRef(NamedTuple):
    """A page or snippet in one language, or a redirect, as a document names it.

    Pages of every type stand under the label of Wagtail's own page, since an id is enough there.
    """

    label: str
    object_id: int


PAGE_LABEL: str = Page._meta.label


def publishable_ref(page_id: int | None, type_label: str, object_id: int) -> PublishableRef:
    """The page or snippet of a stored document, by three of its members."""
    return PublishableRef(type_label if page_id is None else PAGE_LABEL, object_id)


def redirect_refs(ids: Iterable[int]) -> set[PublishableRef]:
    """Some redirects, by their ids."""
    return {PublishableRef(REDIRECT_TYPE, pk) for pk in ids}


def public_pages_of(keys: Collection[UUID]) -> tuple[set[PublishableRef], set[UUID]]:
    """Public pages of some keys, in all languages.

    Returns:
        Those that have a document, and the keys of those that lie under no site.
    """
    roots = site_roots()
    delivered, elsewhere = set(), set()
    for pk, path, key in _FIND_PUBLIC_PAGES(keys):
        if lies_below(path, roots):
            delivered.add(PublishableRef(PAGE_LABEL, pk))
        else:
            elsewhere.add(key)
    return delivered, elsewhere


_FIND_PUBLIC_PAGES: Final = PreparedQuery(
    lambda keys: (
        public_pages()
        .filter(translation_key__in=keys)
        .order_by()
        .values_list("pk", "path", "translation_key")
    )
)


def find_publishables(
    *,
    page_ids: Collection[int] = (),
    snippet_ids: dict[str, set[int]] | None = None,
    snippet_keys: Collection[UUID] = (),
) -> set[PublishableRef]:
    """Finds those of some pages and snippets that have a document, in all languages of a key."""
    found: set[PublishableRef] = set()
    if page_ids:
        pages = delivered_pages().filter(pk__in=list(page_ids))
        found |= {
            PublishableRef(PAGE_LABEL, pk) for pk in pages.order_by().values_list("pk", flat=True)
        }
    for model in delivered_snippets():
        wanted = (snippet_ids or {}).get(model._meta.label, set())
        if not (wanted or snippet_keys):
            continue
        snippets = model._default_manager.filter(live=True).filter(
            Q(pk__in=wanted) | Q(translation_key__in=list(snippet_keys))
        )
        found |= {
            PublishableRef(model._meta.label, pk)
            for pk in snippets.order_by().values_list("pk", flat=True)
        }
    return found


def still_public(publishables: Iterable[PublishableRef]) -> set[PublishableRef]:
    """Keeps those of some pages, snippets and redirects that have a document now."""
    pages: list[int] = []
    snippets: dict[str, set[int]] = {}
    for ref in publishables:
        if ref.label == PAGE_LABEL:
            pages.append(ref.object_id)
        else:
            snippets.setdefault(ref.label, set()).add(ref.object_id)
    redirects = snippets.pop(REDIRECT_TYPE, set())
    found = find_publishables(page_ids=pages, snippet_ids=snippets)
    return found | redirect_refs(delivered_ids(redirects)) if redirects else found


def all_publishables() -> list[PublishableRef]:
    """Every page, snippet and redirect that has a document, in a stable order."""
    pages = delivered_pages().order_by("pk").values_list("pk", flat=True)
    found = [PublishableRef(PAGE_LABEL, pk) for pk in pages]
    for model in delivered_snippets():
        live = model._default_manager.filter(live=True).order_by("pk")
        found += [PublishableRef(model._meta.label, pk) for pk in live.values_list("pk", flat=True)]
    return [*found, *(PublishableRef(REDIRECT_TYPE, pk) for pk in every_delivered_id())]


_FIND_TYPES: Final = PreparedQuery(
    lambda ids: Page.objects.filter(pk__in=ids).order_by().values_list("pk", "content_type")
)


def _specific(ids: Collection[int]) -> list[Page]:
    """Pages as their own types, like ``specific()``, without reading each as a page first."""
    by_type: dict[int, list[int]] = {}
    for pk, kind in _FIND_TYPES(ids):
        by_type.setdefault(kind, []).append(pk)
    found: list[Page] = []
    for kind, some in by_type.items():
        model: Any = ContentType.objects.get_for_id(kind).model_class()
        found += model._default_manager.filter(pk__in=some)
    return sorted(found, key=lambda page: page.pk)


def load(publishables: Collection[PublishableRef]) -> list[Any]:
    """The pages, as their own type, the snippets and the redirects: one query for each type."""
    ids: dict[str, list[int]] = {}
    for ref in publishables:
        ids.setdefault(ref.label, []).append(ref.object_id)
    instances: list[Any] = []
    if pages := ids.pop(PAGE_LABEL, None):
        instances += _specific(pages)
    if redirects := ids.pop(REDIRECT_TYPE, None):
        instances += load_redirects(redirects)
    for model in delivered_snippets():
        if wanted := ids.get(model._meta.label):
            instances += (
                model._default_manager.filter(pk__in=wanted).order_by("pk").select_related("locale")
            )
    return instances
