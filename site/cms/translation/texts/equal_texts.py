"""Texts that are the same as the source's without anybody having said that this is on purpose."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from wagtail.models import DraftStateMixin, Locale, Page, get_translatable_models
from wagtail_localize.models import StringTranslation, TranslationSource

from cms.languages.registry import SOURCE_LANGUAGE_CODE
from cms.translation.comparison import readable
from cms.translation.fields import field_facts
from cms.translation.models import LanguageStatus, LanguageTexts, Status
from cms.translation.status.judgement import UNCOUNTED_PATHS
from cms.translation.strings import SourceString, Strings, load_strings
from cms.translation.texts.digests import digest_of_text
from cms.translation.texts.extraction import field_of, texts_of
from cms.translation.texts.judging import VersionTexts


@dataclass(frozen=True, slots=True)
class EqualText:
    """A text that is the same as in the source.

    Attributes:
        fragment: the text as wagtail-localize stores it.
        label: where it stands, in the source language.
        is_live: whether readers see it; else it is stored and waits.
        tool: name of the file or machine that brought it; empty for none.
    """

    digest: str
    fragment: str
    label: str
    is_live: bool
    tool: str = ""

    @property
    def text(self) -> str:
        """The text as a person reads it."""
        return readable(self.fragment)


@dataclass(slots=True)
class EqualTexts:
    """The texts of one page or fact that are the same as in the source.

    Attributes:
        instance: it, in the language that was asked for or else in the source's.
    """

    key: UUID
    instance: Any
    texts: dict[str, EqualText] = field(default_factory=dict)


def places_with_equal_texts(locale: Locale) -> list[UUID]:
    """Keys of what may have such texts in a language, pages first, as the tree has them.

    It is all that is live and not complete, and all that is not live and has a translation: of
    these the database cannot tell whether one is equal. A fixed number of queries for keys alone;
    joined into one, SQLite would look through all pages for each.
    """
    statuses = LanguageStatus.objects.filter(locale=locale).order_by("source__object_repr", "pk")
    complete = _keys(statuses.filter(status=Status.COMPLETE), "source__object")
    recorded = _keys(LanguageTexts.objects.filter(locale=locale, is_source=False), "key")
    unfinished = {*recorded} - {*complete}
    places = []
    for model in _roots():
        live = model._default_manager.filter(locale=locale)
        if issubclass(model, DraftStateMixin):
            live = live.filter(live=True)
        live = live.filter(alias_of=None).order_by("path") if model is Page else live.order_by("pk")
        places += [key for key in _keys(live, "translation_key") if key in unfinished]
    translated = _keys(
        StringTranslation.objects.filter(locale=locale, context__isnull=False).distinct(),
        "context__object",
    )
    waiting = {*translated} - {*places}
    begun = statuses.filter(status__in=(Status.DRAFT, Status.MISSING))
    return places + [key for key in _keys(begun, "source__object") if key in waiting]


def _keys(rows: QuerySet[Any], column: str) -> list[UUID]:
    return list(rows.values_list(column, flat=True))


def _roots() -> list[type[Any]]:
    """The models in whose tables translation keys are unique in a language, pages first."""
    models = [model for model in get_translatable_models() if not model._meta.abstract]
    return [Page, *(model for model in models if not issubclass(model, Page))]


def equal_texts(keys: Collection[UUID], locale: Locale) -> list[EqualTexts]:
    """The texts of some pages and facts that are the same as in the source.

    The number of queries does not grow with the keys, but with the types that are among them.
    """
    code = locale.language_code
    sources = {
        source.object_id: source
        for source in TranslationSource.objects.filter(object__in=keys).select_related(
            "locale", "specific_content_type"
        )
        if source.locale_id != locale.pk
    }
    strings = load_strings([source.pk for source in sources.values()], keys, {locale.pk: code})
    instances = _instances(keys, locale)
    found = []
    for key in keys:
        source = sources.get(key)
        instance, is_live = instances.get(key, (None, False))
        if instance is None:
            continue
        own = strings.of_source[source.pk] if source else []
        group = EqualTexts(key, instance)
        labels = _Labels(instance, own)
        if is_live:
            _add_live(group, strings.texts.of(key, code), labels)
        _add_stored(group, own, strings, locale.pk, labels)
        if group.texts:
            found.append(group)
    return found


def _add_live(group: EqualTexts, version: VersionTexts, labels: "_Labels") -> None:
    for text in texts_of(group.instance):
        for fragment in text.strings:
            digest = digest_of_text(fragment)
            if (
                digest not in group.texts
                and version.source_language not in ("", version.language)
                and version.language_of(text.path, fragment) == version.source_language
            ):
                label = labels.of(text.path, digest)
                group.texts[digest] = EqualText(digest, fragment, label, is_live=True)


def _add_stored(
    group: EqualTexts, own: list[SourceString], strings: Strings, locale: int, labels: "_Labels"
) -> None:
    for string in own:
        found = strings.translations[locale].get(string.ref)
        if found is None or string.path in UNCOUNTED_PATHS or not found.is_unsaid:
            continue
        digest = digest_of_text(found.data)
        known = group.texts.get(digest)
        label = known.label if known else labels.of(string.path, digest)
        is_live = known is not None and known.is_live
        group.texts[digest] = EqualText(digest, found.data, label, is_live, found.tool)


class _Labels:
    """Names of the places of a page or fact, for a translator."""

    def __init__(self, instance: Any, own: list[SourceString]) -> None:
        self._content_type: int = _content_type(instance)
        self._paths: dict[str, str] = {}
        self._by_digest: dict[str, str] = {}
        for string in own:
            if string.field_path:
                self._paths.setdefault(string.path, string.field_path)
                self._by_digest.setdefault(digest_of_text(string.text), string.field_path)

    def of(self, path: str, digest: str) -> str:
        """Finds where a text stands, as the editor calls it."""
        known = self._paths.get(path) or self._by_digest.get(digest) or field_of(path)
        return field_facts(self._content_type, known, SOURCE_LANGUAGE_CODE).label


def _content_type(instance: Any) -> int:
    if isinstance(instance, Page):
        return int(instance.content_type_id)
    return int(ContentType.objects.get_for_model(type(instance)).pk)


def _instances(keys: Collection[UUID], locale: Locale) -> dict[UUID, tuple[Any, bool]]:
    """Pages and facts by their keys, each with whether it is live in the language."""
    found: dict[UUID, tuple[Any, bool]] = {}
    for model in _roots():
        versions = model._default_manager.filter(
            Q(locale=locale) | Q(locale__language_code=SOURCE_LANGUAGE_CODE),
            translation_key__in=keys,
        ).select_related("locale")
        if model is Page:
            versions = versions.filter(alias_of=None).specific()
        by_key: dict[UUID, list[Any]] = defaultdict(list)
        for one in versions:
            by_key[one.translation_key].append(one)
        for key, ones in by_key.items():
            own = next((one for one in ones if one.locale_id == locale.pk), None)
            found[key] = (own or ones[0], own is not None and getattr(own, "live", True))
    return found
