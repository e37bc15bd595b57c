"""Makes the tree: every page with its position, its name and its publication, still empty.

Pages refer to each other in circles; when all are there, each can be filled.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.validators import validate_unicode_slug
from wagtail.models import Locale, Page

from cms.common.characters import is_visible
from cms.content.api.delivered_types import delivered_models
from cms.delivery.publishing.moments import Moment
from cms.export.bundle.editable.references import reference
from cms.export.bundle.editable.shapes import PUBLICATION_FIELDS
from cms.export.bundle.importing import raw
from cms.export.bundle.importing.fields import parsed
from cms.export.bundle.importing.record_shapes import moment_of
from cms.export.bundle.importing.refusals import FilePosition

AT_A_TIME = 200
LONGEST = 255
"""Characters of a title."""
DEEPEST = int(Page._meta.get_field("path").max_length) // Page.steplen
"""Pages above one another, as many as the tree can hold."""

Line = tuple[FilePosition, dict[str, Any]]


@dataclass(slots=True)
class _Node:
    """A page that others may come below, while the walk is there."""

    page: Page
    name: str | None
    model: Any
    slugs: set[str] = field(default_factory=set)


class TreeBuilder:
    """Reads the records of pages in the order of the tree.

    Args:
        root: the page above all, which has no children.
    """

    def __init__(self, root: Page) -> None:
        self.locales = {locale.language_code: locale for locale in Locale.objects.all()}
        self.models = {model._meta.label: model for model in delivered_models()}
        self._way = [_Node(root, None, Page)]
        self._new: list[Page] = []
        self._seen: set[str] = set()
        self._left: list[Page] = []

    def build(self, lines: Iterable[Line]) -> int:
        """Inserts all; returns how many.

        Raises:
            RefusedBundle: a page is of an unknown type or language, is there twice, comes before
                the one above it or may not be there, or has no name or one that is taken.
        """
        count = 0
        for place, record in lines:
            self._new.append(self._page(place, record))
            count += 1
            if len(self._new) >= AT_A_TIME:
                self._store()
        while len(self._way) > 1:
            self._leave()
        self._store()
        root = self._way[0].page
        Page.objects.filter(pk=root.pk).update(numchild=root.numchild)
        return count

    def _store(self) -> None:
        raw.insert(self._new)
        self._new.clear()
        # What is left has all its children; those that were just begun have none in the database.
        Page.objects.bulk_update(self._left, ["numchild"])
        self._left.clear()

    def _leave(self) -> None:
        node = self._way.pop()
        if node.page.numchild:
            self._left.append(node.page)

    def _page(self, place: FilePosition, record: dict[str, Any]) -> Page:
        model, key, locale = self._identity(place, record)
        name = reference(key, locale.language_code)
        if name in self._seen:
            raise place.refuse(f"{name} is there twice.")
        above = self._above(place, record)
        page = self._made(place, record, above)
        page.translation_key, page.locale = key, locale
        page.content_type = ContentType.objects.get_for_model(model)
        above.page.numchild += 1
        page.depth = above.page.depth + 1
        if page.depth > DEEPEST:
            raise place.refuse(f"it lies more than {DEEPEST} pages deep.")
        page.path = Page._get_path(above.page.path, page.depth, above.page.numchild)  # noqa: SLF001
        page.set_url_path(above.page)
        self._seen.add(name)
        self._way.append(_Node(page, name, model))
        return page

    def _identity(self, place: FilePosition, record: dict[str, Any]) -> tuple[Any, UUID, Locale]:
        model = self.models.get(record.get("type", ""))
        if model is None or not issubclass(model, Page):
            raise place.refuse(f"there is no type of page {record.get('type')!r:.80} here.")
        return model, *identity(place, record, self.locales)

    def _above(self, place: FilePosition, record: dict[str, Any]) -> _Node:
        """The page above, which must have come before; the walk leaves all that is not above."""
        wanted = record.get("parent")
        if wanted not in {node.name for node in self._way}:
            raise place.refuse(
                f"the page above it, {wanted!r:.80}, does not come before it in the order of the "
                "tree."
            )
        while self._way[-1].name != wanted:
            self._leave()
        above = self._way[-1]
        kind = record["type"]
        if self.models[kind] not in above.model.allowed_subpage_models():
            raise place.refuse(f"a {kind} may not be below a {above.model._meta.label}.")
        return above

    def _made(self, place: FilePosition, record: dict[str, Any], above: _Node) -> Page:
        fields = record.get("fields")
        if not isinstance(fields, dict):
            raise place.refuse("it has no fields.")
        title, slug = fields.get("title"), fields.get("slug")
        slug = slug if isinstance(slug, str) else ""
        if not isinstance(title, str) or not is_visible(title) or len(title) > LONGEST:
            raise place.refuse(f"it has no title, or one longer than {LONGEST} characters.")
        try:
            validate_unicode_slug(slug)
        except ValidationError as error:
            raise place.refuse(f"its slug {slug!r:.80} is none.") from error
        if slug in above.slugs:
            raise place.refuse(f"another page beside it has the slug {slug!r:.80}.")
        above.slugs.add(slug)
        page = Page(title=title, draft_title=title, slug=slug)
        set_publication(page, place, record)
        for name in ("seo_title", "search_description", "show_in_menus"):
            if name in fields:
                try:
                    value = parsed(Page._meta.get_field(name), fields[name])
                except ValidationError as error:
                    raise place.inside(name).refuse(" ".join(error.messages)) from error
                setattr(page, name, value)
        return page


def identity(
    place: FilePosition, record: dict[str, Any], locales: dict[str, Locale]
) -> tuple[UUID, Locale]:
    """Key and language of a record.

    Raises:
        RefusedBundle: it has none.
    """
    try:
        key = UUID(str(record.get("key")))
    except ValueError as error:
        raise place.refuse(f"its key {record.get('key')!r:.80} is no UUID.") from error
    code = record.get("locale")
    if code not in locales:
        known = ", ".join(locales)
        raise place.refuse(f"there is no language {code!r:.80} here. There are: {known}.")
    return key, locales[code]


def set_publication(instance: Any, place: FilePosition, record: dict[str, Any]) -> None:
    """Sets a page's or snippet's publication as a record has it.

    Raises:
        RefusedBundle: it says no such thing.
    """
    for name in PUBLICATION_FIELDS:
        try:
            is_moment = name not in ("live", "expired")
            value = moment_of(record.get(name)) if is_moment else bool(record.get(name))
        except ValueError as error:
            raise place.inside(name).refuse(f"{error}.") from error
        setattr(instance, name, value)
    instance.has_unpublished_changes = "draft" in record


def moments_of(*lines: Iterable[Line]) -> dict[tuple[UUID, str], Moment]:
    """The last change of each page and snippet that was live, by key and language.

    A bundle that does not say so is older, or written by hand: then as it was published last.
    """
    found = {}
    for _place, record in chain(*lines):
        moment = moment_of(record.get("modified_at") or record.get("last_published_at"))
        if record.get("live") and moment is not None:
            found[UUID(record["key"]), record["locale"]] = Moment(moment)
    return found
