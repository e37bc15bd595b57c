"""Fetches everything that one or several documents refer to, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS
from django.db.models import (
    CharField,
    F,
    ForeignObjectRel,
    Model,
    Value,
)
from django.db.models.functions import JSONObject
from wagtail.api.conf import get_model_field
from wagtail.models import Page

from cms.common.prepared_query import PreparedQuery
from cms.content.api.references.reference_ids import Wanted
from cms.content.api.references.relations import (
    image_fields,
    relation_fields,
)
from cms.content.images.renditions import images_with_renditions
from cms.content.models import ContentDocument
from cms.content.order.positions import position_of
from cms.content.order.ranks import LAST
from cms.content.site_roots import Root, lies_below, site_roots
from cms.content.visibility import public_files
from cms.languages.locales import locale_at_hand
from cms.languages.registry import SOURCE_LANGUAGE_CODE
from cms.translation.lifecycle.closed_pages import is_closed
from cms.translation.texts.digests import plain_digest
from cms.translation.texts.extraction import texts_of
from cms.translation.texts.judging import KnownTexts, VersionTexts, known_texts, said_same
from cms.translation.texts.packing import fields_of


@dataclass(frozen=True)
class SnippetVersion:
    """A published snippet in one language."""

    id: int
    key: UUID
    language: str
    title: str
    fields: dict[str, Any]


_SHOWN = {
    "alias_of_id",
    "content_type_id",
    "depth",
    "id",
    "live",
    "locale_id",
    "path",
    "title",
    "translation_key",
    "url_path",
}
"""What a relation, a breadcrumb and a translation link show; most of a page's columns are not."""

_PAGE_COLUMNS: Final = [
    column.attname for column in Page._meta.concrete_fields if column.attname in _SHOWN
]


class References:
    """The objects to which a batch of documents refers.

    Attributes:
        owners: the pages and snippets of the documents.
        modified: when each document changed last, once anybody has asked; see ``api/moments.py``.
        every_page: pages by id, drafts and closed ones too: never shown, only led through.
        every_page_by_path: the same pages by their path in the tree.
        roots: the start pages of all sites; what lies below none has no address, and is not shown.
        pages: public pages by id, of all languages in which a wanted page exists.
        pages_by_key: the same pages by translation key.
        pages_by_path: the same pages by their path in the tree.
        snippets: published snippets by model and translation key, of all languages.
        texts: what is known of the texts of the documents and of the titles that they show.
        said_of_files: digests of names of files and credits of images that are the same in a
            language on purpose, by its code.
    """

    def __init__(self, owners: Sequence[Any], wanted: Wanted) -> None:
        self.owners = owners
        self.modified: dict[tuple[str, int], datetime] | None = None
        self.snippets: dict[tuple[type[Model], UUID], list[SnippetVersion]] = defaultdict(list)
        self._snippet_keys: dict[tuple[type[Model], int], UUID] = {}
        self._fetch_snippets(wanted)
        self.images = images_with_renditions(wanted.images) if wanted.images else {}
        self.documents: dict[int, ContentDocument] = (
            {
                document.pk: document
                for document in public_files(ContentDocument).filter(pk__in=wanted.documents)
            }
            if wanted.documents
            else {}
        )
        self.roots: list[Root] = []
        self.every_page: dict[int, Page] = {}
        self.every_page_by_path: dict[str, Page] = {}
        self.pages: dict[int, Page] = {}
        self.pages_by_key: dict[UUID, list[Page]] = defaultdict(list)
        self.pages_by_path: dict[str, Page] = {}
        pages = [owner for owner in owners if isinstance(owner, Page)]
        self._fetch_pages(wanted, pages)
        self.texts = self._known_texts(owners)
        self.said_of_files: dict[str, set[str]] = defaultdict(set)
        self._add_said(owners)

    def _known_texts(self, owners: Sequence[Any]) -> KnownTexts:
        """Finds what is known of the texts of some documents, and of the titles that they show."""
        related = set(self.pages_by_key) | {key for _model, key in self.snippets}
        keys = {owner.translation_key for owner in owners}
        keys |= {original.translation_key for original in map(self.original, owners) if original}
        return known_texts(keys | {key for _model, key in self.snippets}, titles_of=related - keys)

    def original(self, owner: Any) -> Page | None:
        """The page that an alias shows; ``None`` for what is none."""
        alias_of: int | None = getattr(owner, "alias_of_id", None)
        return self.every_page.get(alias_of) if alias_of else None

    def version_of(self, owner: Any) -> VersionTexts:
        """The texts of a page or snippet, of an alias those of the page that it shows."""
        shown = self.original(owner) or owner
        # The locale of the page as it was fetched: its own would be one query more.
        fetched = self.every_page.get(shown.pk) if isinstance(shown, Page) else None
        code: str = (fetched or shown).locale.language_code
        return self.texts.of(shown.translation_key, code)

    def _add_said(self, owners: Sequence[Any]) -> None:
        """Asks what is the same on purpose and was not recorded: texts of drafts and of files.

        One query, and none where every text is one that was published.
        """
        drafts: dict[str, set[str]] = defaultdict(set)
        locales: dict[int, str] = {}
        versions = []
        for owner in owners:
            version = self.version_of(owner)
            locales[(self.original(owner) or owner).locale_id] = version.language
            if version.is_source or not version.others:
                continue
            versions.append(version)
            known = version.texts.everything()
            for name, digests in fields_of(texts_of(owner)).items():
                drafts[version.language] |= {
                    digest
                    for digest in digests - known
                    if version.language_of_digest(name, digest) != version.language
                }
        of_files = set()
        if any(code != SOURCE_LANGUAGE_CODE for code in locales.values()):
            names = [image.credit for image in self.images.values()]
            names += [document.title for document in self.documents.values()]
            of_files = {plain_digest(name) for name in names if name}
        wanted = of_files.union(*drafts.values())
        for locale, digest in said_same(locales, wanted):
            self.said_of_files[locales[locale]].add(digest)
        for version in versions:
            version.texts.said |= self.said_of_files[version.language] & drafts[version.language]

    def snippet_key(self, model: type[Model], primary_key: int) -> UUID | None:
        """The key of a wanted snippet, published or not; ``None`` for one that is gone."""
        return self._snippet_keys.get((model, primary_key))

    def snippet_versions(self, model: type[Model], primary_key: int) -> list[SnippetVersion]:
        """A snippet in every language in which it is published."""
        key = self._snippet_keys.get((model, primary_key))
        return self.snippets[model, key] if key else []

    def page_versions(self, primary_key: int) -> list[Page]:
        """A page in every language in which it is public, whichever of them was asked for."""
        page = self.every_page.get(primary_key)
        return self.pages_by_key[page.translation_key] if page else []

    def _fetch_pages(self, wanted: Wanted, owners: Iterable[Page]) -> None:
        ancestors = {path for owner in owners if owner.path for path in _ancestor_paths(owner.path)}
        keys = {owner.translation_key for owner in owners}
        aliases = {owner.alias_of_id for owner in owners if owner.alias_of_id}
        if not (keys or wanted.pages):
            return
        self.roots = site_roots()
        for row in _FIND_PAGES(
            keys or [_NO_KEY], ancestors or [""], wanted.pages or [0], aliases or [0]
        ):
            page = _page(row)
            self.every_page[page.pk] = page
            self.every_page_by_path[page.path] = page
            if page.live and not page.is_closed and lies_below(page.path, self.roots):
                self.pages[page.pk] = page
                self.pages_by_key[page.translation_key].append(page)
                self.pages_by_path[page.path] = page

    def _fetch_snippets(self, wanted: Wanted) -> None:
        queries = [
            _snippet_query(model, identities) for model, identities in wanted.snippets.items()
        ]
        if not queries:
            return
        models = {model._meta.label: model for model in wanted.snippets}
        rows = queries[0].union(*queries[1:], all=True) if len(queries) > 1 else queries[0]
        found: dict[type[Model], list[SnippetVersion]] = defaultdict(list)
        for label, identity, key, language, is_live, title, fields in rows:
            model = models[label]
            self._snippet_keys[model, identity] = key
            if is_live:
                version = SnippetVersion(identity, key, language, title, fields)
                self.snippets[model, key].append(version)
                found[model].append(version)
        for model, versions in found.items():
            _add_child_rows(model, versions)
            for name in image_fields(model):
                wanted.images.update(
                    version.fields[name] for version in versions if version.fields[name]
                )


_NO_KEY: Final = UUID(int=0)


def page_query(
    keys: Iterable[UUID], paths: Iterable[str], wanted: Iterable[int], aliases: Iterable[int]
) -> Any:
    """Rows of the pages that have one of some keys, paths or ids, or the key of one that is wanted.

    A wanted page itself may be a draft while its translation is public, so its key is looked up
    among all pages. Joined by "or" instead of by union, PostgreSQL reads every page of the site.
    """
    pages = Page.objects.order_by()
    keys_of_wanted = pages.filter(pk__in=wanted).values("translation_key")
    ids = pages.filter(translation_key__in=keys).values("pk")
    others = (
        pages.filter(path__in=paths).values("pk"),
        pages.filter(translation_key__in=keys_of_wanted).values("pk"),
        pages.filter(pk__in=aliases).values("pk"),
    )
    return pages.filter(pk__in=ids.union(*others)).values_list(
        *_PAGE_COLUMNS,
        "locale__language_code",
        is_closed(),
        F("alias_of__locale__language_code"),
        position_of(),
    )


_FIND_PAGES: Final = PreparedQuery(page_query)


def _page(row: Sequence[Any]) -> Page:
    """A page of which these columns are there, with its locale."""
    *columns, language, closed, alias_language, position = row
    page = Page.from_db(DEFAULT_DB_ALIAS, _PAGE_COLUMNS, columns)
    page.locale = locale_at_hand(page.locale_id, language)
    page.is_closed = closed
    page.alias_language = alias_language
    page.position = LAST if position is None else position
    return page


def _ancestor_paths(path: str) -> list[str]:
    """Paths of a page's ancestors from the root down, and its own."""
    step = Page.steplen
    return [path[:end] for end in range(step, len(path) + 1, step)]


def _is_child_relation(model: type[Model], name: str) -> bool:
    return isinstance(get_model_field(model, name), ForeignObjectRel)


def _snippet_query(model: type[Any], identities: set[int]) -> Any:
    """One row for each language of the wanted snippets, of the same columns for every model."""
    stored = {
        name: F(get_model_field(model, name).attname)
        for name in relation_fields(model)
        if not _is_child_relation(model, name)
    }
    manager = model._default_manager
    return (
        manager.filter(
            translation_key__in=manager.filter(pk__in=identities).values("translation_key")
        )
        .order_by()
        .annotate(
            relation_label=Value(model._meta.label, output_field=CharField()),
            relation_language=F("locale__language_code"),
            relation_title=F(model.relation_title_field),
            relation_fields_json=JSONObject(**stored),
        )
        .values_list(
            "relation_label",
            "pk",
            "translation_key",
            "relation_language",
            "live",
            "relation_title",
            "relation_fields_json",
        )
    )


def _add_child_rows(model: type[Model], versions: list[SnippetVersion]) -> None:
    """Completes relations that show child rows, such as the values of an indicator."""
    for name in relation_fields(model):
        if not _is_child_relation(model, name):
            continue
        relation: Any = get_model_field(model, name)
        parent = relation.field.attname
        children: dict[int, list[Any]] = defaultdict(list)
        for child in relation.related_model._default_manager.filter(
            **{f"{parent}__in": [version.id for version in versions]}
        ):
            children[getattr(child, parent)].append(child)
        for version in versions:
            version.fields[name] = children[version.id]
