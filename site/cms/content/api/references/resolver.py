"""Leads from what is stored in one document to what is shown, in that document's language."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import ForeignKey, Model
from django.http import HttpRequest
from django.urls import reverse
from wagtail.api.conf import get_model_field
from wagtail.api.rich_text import APIRichText
from wagtail.api.v2.utils import get_full_url
from wagtail.models import Page

from cms.content.api.references.loading import References, SnippetVersion
from cms.content.api.references.reference_ids import Wanted
from cms.content.api.references.relations import relation_fields, translated_relation_fields
from cms.content.api.rich_text_html import (
    DISPLAYED,
    DISPLAYED_AS_MARKDOWN,
    Attributes,
    displayed_html,
    marked_html,
    opening_tag,
    rich_text_strings,
)
from cms.content.images.renditions import SERVED, file_format
from cms.content.models import ContentImage
from cms.languages.registry import LANGUAGES, fallback_chain, get_language
from cms.translation.status.text_languages import PublicStatus, TranslationProgress


class Resolver:
    """One document's view of what it refers to."""

    def __init__(
        self, owner: Any, references: References, request: HttpRequest | None, wanted: Wanted
    ) -> None:
        self.owner = owner
        self.references = references
        self.request = request
        self.wanted = wanted
        self.locale_language: str = _locale_language(owner)
        # An alias shows another page's text, so it prefers what that page's language has.
        self.language = true_language(owner) if isinstance(owner, Page) else self.locale_language
        self._preference = (
            self.locale_language,
            *fallback_chain(self.locale_language),
        )

    def page_target(self, primary_key: Any) -> Page | None:
        """The public page to which a stored id leads here; ``None`` if there is none."""
        identity = _as_id(primary_key)
        if identity is None:
            return None
        versions = {
            page.locale.language_code: page for page in self.references.page_versions(identity)
        }
        originals = {code: page for code, page in versions.items() if page.alias_of_id is None}
        for code in self._preference:
            if code in originals:
                return originals[code]
        return self.references.pages.get(identity)

    def page(self, primary_key: Any) -> dict[str, Any] | None:
        """A page as a :class:`~cms.content.api.shapes.Relation`."""
        page = self.page_target(primary_key)
        return page and {
            "id": page.pk,
            "key": page.translation_key,
            "type": page_type(page),
            "title": page.title,
            "path": self.path(page),
            "language": self.title_language(page),
        }

    def snippet(self, model: type[Model], primary_key: Any) -> dict[str, Any] | None:
        """A published snippet as a relation with the fields that its model states."""
        identity = _as_id(primary_key)
        version = identity and self._snippet_version(model, identity)
        if not version:
            return None
        return {
            "id": version.id,
            "key": version.key,
            "type": model._meta.label,
            "title": version.title,
            "path": None,
            "language": self._name_language(version, "name"),
            **{
                name: self._snippet_member(model, name, version.fields.get(name))
                for name in relation_fields(model)
            },
        }

    def snippet_languages(self, model: type[Model], primary_key: Any) -> dict[str, str]:
        """Of a related snippet's own texts, those in another language than the document, by name.

        The language of its title is in the relation itself.
        """
        identity = _as_id(primary_key)
        version = identity and self._snippet_version(model, identity)
        if not version:
            return {}
        progress = self.references.progress.get((version.key, version.language))
        languages = {}
        for name in translated_relation_fields(model):
            text = version.fields.get(name)
            untranslated = progress.language_of(name, text) if progress and text else None
            languages[name] = untranslated or version.language
        return {
            name: code
            for name, code in languages.items()
            if code != self.language and version.fields.get(name)
        }

    def image(self, primary_key: Any, *, alt: str) -> dict[str, Any] | None:
        """An image as an :class:`~cms.content.api.shapes.ImageFile`."""
        image = self.references.images.get(_as_id(primary_key) or 0)
        if image is None:
            return None
        focal_point = image.get_focal_point()
        return {
            "id": image.pk,
            "alt": alt,
            "credit": image.credit,
            "width": image.width,
            "height": image.height,
            "focal_point": focal_point
            and {
                "x": round(focal_point.centroid_x / image.width, 4),
                "y": round(focal_point.centroid_y / image.height, 4),
            },
            "renditions": [
                {
                    "url": self.absolute(rendition.url),
                    "width": rendition.width,
                    "height": rendition.height,
                    "format": file_format(rendition),
                }
                for rendition in getattr(image, SERVED)
            ],
        }

    def document(self, primary_key: Any) -> dict[str, Any] | None:
        """A file as a :class:`~cms.content.api.shapes.DocumentFile`."""
        document = self.references.documents.get(_as_id(primary_key) or 0)
        return document and {
            "id": document.pk,
            "title": document.title,
            "url": self.absolute(document.url),
            "filename": document.filename,
            "size": document.file_size,
        }

    def rich_text(
        self, source: str, content_path: str, *, features: list[str] | None = None
    ) -> Any:
        """Rich text as displayed, or in the format for which the request asks.

        Of one that is partly translated each untranslated paragraph says its own language.
        """
        asked = self.request.GET.get("rich_text_format") if self.request else None
        wanted_format = APIRichText.resolve_format(asked)
        if wanted_format not in (DISPLAYED, DISPLAYED_AS_MARKDOWN):
            return APIRichText.serialize(source, format=wanted_format, features=features)
        displayed = displayed_html(
            self._marked(source, content_path),
            page_link=self._page_link,
            document_link=self._document_link,
        )
        if wanted_format == DISPLAYED:
            return displayed
        # Wagtail would lead to drafts and closed files too; these links are resolved already.
        return APIRichText.serialize(displayed, format=wanted_format, features=features)

    @property
    def progress(self) -> TranslationProgress | None:
        """The translation progress of the document; ``None`` where its texts are its own."""
        if isinstance(self.owner, Page) and self.owner.alias_of_id:
            return None
        return self.references.progress.get((self.owner.translation_key, self.locale_language))

    def ordered(self, key: UUID, codes: Collection[str]) -> list[tuple[str, PublicStatus]]:
        """The languages of a page or snippet, source first, each with how far it is."""
        progress = self.references.progress
        sources = {found.source_language for (of, _code), found in progress.items() if of == key}
        ordered = sorted(
            (code for code in LANGUAGES if code in codes), key=lambda code: code not in sources
        )
        return [(code, self._status(key, code, sources)) for code in ordered]

    def _status(self, key: UUID, code: str, sources: set[str]) -> PublicStatus:
        if (found := self.references.progress.get((key, code))) is not None:
            return found.status
        is_source = code in sources or (not sources and LANGUAGES[code].is_source)
        return "source" if is_source else "complete"

    def _marked(self, source: str, content_path: str) -> str:
        progress = self.progress
        if progress is None or not source or content_path not in progress.source:
            return source
        in_source = [
            progress.is_source(content_path, string) for string in rich_text_strings(source)
        ]
        if not any(in_source) or all(in_source):
            return source
        attributes = {"lang": progress.source_language}
        direction = get_language(progress.source_language).direction
        if direction != get_language(self.language).direction:
            attributes["dir"] = direction
        return marked_html(
            source, lambda string: progress.is_source(content_path, string), attributes
        )

    def title_language(self, page: Page) -> str:
        """The language in which the title of a page is: another than its own, if untranslated."""
        code = page.locale.language_code
        progress = self.references.progress.get((page.translation_key, code))
        untranslated = progress and progress.language_of("title", page.title)
        return untranslated or true_language(page)

    def _name_language(self, version: SnippetVersion, path: str) -> str:
        progress = self.references.progress.get((version.key, version.language))
        return (progress and progress.language_of(path, version.title)) or version.language

    def path(self, page: Page) -> str:
        """``/smj/…/``: a page's path on its site, with its language; empty outside any site."""
        parts = page.get_url_parts(request=self.request)
        return parts[2] or "" if parts else ""

    def detail_url(self, page: Page) -> str:
        """The address of a page in API v3."""
        path = reverse("wagtailapi_v3:detail_page", kwargs={"page_id": page.pk})
        return self.absolute(path)

    def absolute(self, url: str) -> str:
        """An absolute address, of the site unless storage gives one already."""
        return str(get_full_url(self.request, url))

    def _page_link(self, attributes: Attributes) -> str:
        page = self.page_target(attributes.get("id"))
        if page is None:
            return opening_tag()
        language = true_language(page)
        return opening_tag(
            href=self.path(page), hreflang=language if language != self.language else None
        )

    def _document_link(self, attributes: Attributes) -> str:
        document = self.document(attributes.get("id"))
        return opening_tag(href=document["url"] if document else None)

    def _snippet_version(self, model: type[Model], identity: int) -> SnippetVersion | None:
        versions = {
            version.language: version
            for version in self.references.snippet_versions(model, identity)
        }
        return next((versions[code] for code in self._preference if code in versions), None)

    def _snippet_member(self, model: type[Model], name: str, value: Any) -> Any:
        field = get_model_field(model, name)
        if isinstance(field, ForeignKey) and field.related_model is ContentImage:
            # A logo stands beside the name that says the same.
            return self.image(value, alt="")
        return value


def true_language(page: Any) -> str:
    """The language in which a page's text is: for an alias that of the page that it shows."""
    if page.alias_of_id is None:
        return _locale_language(page)
    language: str = (
        page.alias_language if hasattr(page, "alias_language") else _locale_language(page.alias_of)
    )
    return language


def page_type(page: Page) -> str:
    """``strategy.GoalPage``."""
    return str((page.specific_class or Page)._meta.label)


def _locale_language(obj: Any) -> str:
    language: str = obj.locale.language_code
    return language


def _as_id(value: Any) -> int | None:
    try:
        return int(value)
    except (TypeError, ValueError):
        return None
