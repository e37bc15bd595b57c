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
from cms.content.api.references.relations import (
    image_fields,
    relation_fields,
    translated_relation_fields,
)
from cms.content.api.rich_text_html import (
    DISPLAYED,
    DISPLAYED_AS_MARKDOWN,
    STORED_AS_MARKDOWN,
    Attributes,
    displayed_html,
    features_of,
    marked_html,
    opening_tag,
    rich_text_strings,
)
from cms.content.images.focal_point import focal_point_of
from cms.content.images.renditions import NAMED, SERVED, OriginalFile, Served, file_format
from cms.content.models import ContentDocument, ContentImage
from cms.content.rich_text.language_parts import displayed_parts
from cms.content.rich_text.markdown import markdown_of
from cms.languages.registry import (
    LANGUAGES,
    SOURCE_LANGUAGE_CODE,
    fallback_chain,
    get_language,
)
from cms.translation.texts.digests import digest_of_text, is_of_any_language, plain_digest
from cms.translation.texts.extraction import TITLE_PATH, texts_of
from cms.translation.texts.judging import PublicStatus
from cms.translation.texts.packing import fields_of

SEVERAL_LANGUAGES = "mul"
"""ISO 639-2: several languages."""


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
        self.version = references.version_of(owner)
        self.is_translation = self.version.is_translated_by(fields_of(texts_of(owner)))
        self.language = self._true_language()
        self._preference = (
            self.locale_language,
            *fallback_chain(self.locale_language),
        )

    def _true_language(self) -> str:
        """The language that the document is in: its own, or where nothing is, that of its title."""
        if self.is_translation:
            return self.version.language
        path = TITLE_PATH if isinstance(self.owner, Page) else type(self.owner).relation_title_field
        return self.version.language_of_plain(path, getattr(self.owner, path))

    def text_language(self, content_path: str, strings: Collection[str]) -> str:
        """The language of a text of the document; ``mul`` for one that is in several.

        Args:
            strings: its segments, as wagtail-localize cuts them.
        """
        # What has no letters is in whatever language stands beside it.
        codes = {
            self.version.language_of(content_path, string)
            for string in strings
            if not is_of_any_language(digest_of_text(string))
        }
        if len(codes) > 1:
            return SEVERAL_LANGUAGES
        return codes.pop() if codes else self.language

    def page_target(self, primary_key: Any) -> Page | None:
        """The public page to which a stored id leads here; ``None`` if there is none."""
        identity = _as_id(primary_key)
        if identity is None:
            return None
        versions = {
            page.locale.language_code: page for page in self.references.page_versions(identity)
        }
        originals = {code: page for code, page in versions.items() if self._is_translated(page)}
        for code in self._preference:
            if code in originals:
                return originals[code]
        return self.references.pages.get(identity)

    def _is_translated(self, page: Page) -> bool:
        """Tells whether a page is a source, or a person has translated some of it."""
        if page.alias_of_id is not None:
            return False
        version = self.references.texts.of(page.translation_key, page.locale.language_code)
        return version.is_translation

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
            "language": self._name_language(model, version),
            **{
                name: self._snippet_member(model, name, version.fields.get(name))
                for name in relation_fields(model)
            },
        }

    def related_languages(self, model: type[Model], primary_key: Any) -> dict[str, str]:
        """Of the texts of what is shown beside, those in another language, by their pointers.

        The language of a snippet's title is in the relation itself.
        """
        languages = self._languages_beside(model, _as_id(primary_key) or 0)
        return {name: code for name, code in languages.items() if code != self.language}

    def _languages_beside(self, model: type[Model], identity: int) -> dict[str, str]:
        if model is ContentImage:
            image = self.references.images.get(identity)
            return {"credit": self._name_of_file(image.credit)} if image else {}
        if model is ContentDocument:
            document = self.references.documents.get(identity)
            return {"title": self._name_of_file(document.title)} if document else {}
        version = self._snippet_version(model, identity)
        if not version:
            return {}
        texts = self.references.texts.of(version.key, version.language)
        languages = {
            name: texts.language_of_plain(name, text)
            for name in translated_relation_fields(model)
            if (text := version.fields.get(name))
        }
        for name in image_fields(model):
            beside = self._languages_beside(ContentImage, _as_id(version.fields.get(name)) or 0)
            languages |= {f"{name}/{pointer}": code for pointer, code in beside.items()}
        return languages

    def _name_of_file(self, name: str) -> str:
        """The language of a file's title or an image's credit, which all languages share.

        It is written in the source language, unless somebody said that it is the same elsewhere.
        """
        digest = plain_digest(name)
        said = self.references.said_of_files[self.version.language]
        is_shared = is_of_any_language(digest) or digest in said
        return self.language if is_shared else SOURCE_LANGUAGE_CODE

    def image(self, primary_key: Any, *, alt: str) -> dict[str, Any] | None:
        """An image as an :class:`~cms.content.api.shapes.ImageFile`."""
        image = self.references.images.get(_as_id(primary_key) or 0)
        if image is None:
            return None
        focal_point = focal_point_of(image)
        return {
            "id": image.pk,
            "alt": alt,
            "credit": image.credit,
            "width": image.width,
            "height": image.height,
            "sha256": image.sha256 or None,
            "focal_point": focal_point
            and {
                "x": round(focal_point.centroid_x / image.width, 4),
                "y": round(focal_point.centroid_y / image.height, 4),
            },
            "original": {**self._picture(OriginalFile(image)), "size": image.file_size},
            "sizes": {
                name: rendition and self._picture(rendition)
                for name, rendition in getattr(image, NAMED).items()
            },
            "renditions": [self._picture(rendition) for rendition in getattr(image, SERVED)],
        }

    def _picture(self, file: Served) -> dict[str, Any]:
        """One file of an image as a :class:`~cms.content.api.shapes.RenditionFile`."""
        return {
            "url": self.absolute(file.url),
            "width": file.width,
            "height": file.height,
            "format": file_format(file),
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
            "sha256": document.sha256 or None,
        }

    def rich_text(
        self, source: str, content_path: str, *, features: list[str] | None = None
    ) -> Any:
        """Rich text as displayed, or in the format for which the request asks.

        Of one that is partly translated each untranslated paragraph says its own language.
        """
        asked = self.request.GET.get("rich_text_format") if self.request else None
        wanted_format = APIRichText.resolve_format(asked)
        if wanted_format == STORED_AS_MARKDOWN and source:
            marked = displayed_parts(source, self.language)
            return markdown_of(marked, features_of(features), STORED_AS_MARKDOWN)
        if wanted_format not in (DISPLAYED, DISPLAYED_AS_MARKDOWN):
            return APIRichText.serialize(source, format=wanted_format, features=features)
        language = self.language
        if source and not self.version.is_source:
            language = self.text_language(content_path, rich_text_strings(source))
        is_mixed = language == SEVERAL_LANGUAGES
        displayed = displayed_html(
            self._marked(source, content_path) if is_mixed else source,
            page_link=self._page_link,
            document_link=self._document_link,
            language="" if is_mixed else language,
        )
        if wanted_format == DISPLAYED:
            return displayed
        # Of what is stored Wagtail would lead to drafts and closed files too.
        return markdown_of(displayed, features_of(features))

    def ordered(self, key: UUID, codes: Collection[str]) -> list[tuple[str, PublicStatus]]:
        """The languages of a page or snippet, source first, each with how far it is.

        One in which nobody has translated anything is left out.
        """
        versions = {
            code: self.references.texts.of(key, code) for code in LANGUAGES if code in codes
        }
        there = [code for code, version in versions.items() if version.is_translation]
        there.sort(key=lambda code: not versions[code].is_source)
        return [(code, versions[code].public_status) for code in there]

    def _marked(self, source: str, content_path: str) -> str:
        def attributes_of(string: str) -> Attributes:
            code = self.version.language_of(content_path, string)
            if code == self.language or is_of_any_language(digest_of_text(string)):
                return {}
            direction = get_language(code).direction
            turns = direction != get_language(self.language).direction
            return {"lang": code, "dir": direction} if turns else {"lang": code}

        return marked_html(source, attributes_of)

    def title_language(self, page: Page) -> str:
        """The language in which the title of a page is: another than its own, if untranslated."""
        version = self.references.texts.of(page.translation_key, true_language(page))
        return version.language_of_plain(TITLE_PATH, page.title)

    def _name_language(self, model: Any, version: SnippetVersion) -> str:
        texts = self.references.texts.of(version.key, version.language)
        return texts.language_of_plain(model.relation_title_field, version.title)

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
        version = self.references.texts.of(page.translation_key, true_language(page))
        language = version.language if version.is_translation else self.title_language(page)
        return opening_tag(
            **{
                "href": self.path(page),
                "hreflang": language if language != self.language else None,
                # By these another site leads to its own page.
                "data-key": str(page.translation_key),
                "data-type": page_type(page),
            }
        )

    def _document_link(self, attributes: Attributes) -> str:
        document = self.document(attributes.get("id"))
        if document is None:
            return opening_tag()
        # Another file may come under the same address: then the text has changed.
        return opening_tag(**{"href": document["url"], "data-sha256": document["sha256"]})

    def _snippet_version(self, model: type[Model], identity: int) -> SnippetVersion | None:
        versions = {
            version.language: version
            for version in self.references.snippet_versions(model, identity)
        }
        texts = self.references.texts
        translated = [
            code
            for code in self._preference
            if code in versions and texts.of(versions[code].key, code).is_translation
        ]
        there = [code for code in self._preference if code in versions]
        return next((versions[code] for code in (*translated, *there)), None)

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
