"""The stored facts on the pages that a file is about, read for many of them at once."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationContext, TranslationSource

from cms.languages.registry import SOURCE_LANGUAGE_CODE
from cms.translation.fields import FieldFacts, field_facts
from cms.translation.status.versions import versions_of
from cms.translation.strings import StringRef, TranslatedString, load_strings
from cms.translation.texts.digests import digest_of_text, is_of_any_language
from cms.translation.texts.judging import VersionTexts


@dataclass(slots=True)
class Known:
    """One page or snippet with its strings and their translations.

    Attributes:
        source_id: its translation source.
        places: where its present strings stand, by content path and text.
        contexts: every place that it has or has had, by content path.
        facts: of its fields, by content path.
        translations: what there is in the language.
        said_live: what is live as the source has it, on purpose, and has no stored translation.
        texts: what the language and the source say, live.
        is_own: whether the page is written in the language by hand: its translation was stopped,
            or never begun. What a file says does not take the place of what somebody wrote there.
    """

    key: UUID
    source_id: int
    content_type: int
    title: str
    source_language: str
    places: dict[tuple[str, str], StringRef] = field(default_factory=dict)
    contexts: dict[str, int] = field(default_factory=dict)
    facts: dict[str, FieldFacts] = field(default_factory=dict)
    translations: dict[StringRef, TranslatedString] = field(default_factory=dict)
    said_live: set[StringRef] = field(default_factory=set)
    texts: VersionTexts = field(default_factory=lambda: VersionTexts("", ""))
    is_own: bool = False

    def says_source(self, path: str, source: str, target: str) -> bool:
        """Tells whether a text for a place says what the source says there, now or before.

        A text without letters says nothing that could be translated.
        """
        digest = digest_of_text(target)
        if is_of_any_language(digest):
            return False
        return digest == digest_of_text(source) or self.texts.says_source(path, digest)


def known_objects(keys: Collection[UUID], locale: Locale) -> dict[UUID, Known]:
    """Reads those of the keys that this site has, in a fixed number of queries."""
    begun, sources = _begun_and_sources(keys, locale)
    known = {
        key: Known(
            key,
            source.pk,
            source.specific_content_type_id,
            source.object_repr,
            source.locale.language_code,
        )
        for key, source in sources.items()
    }
    _add_contexts(known)
    _mark_own({key: one for key, one in known.items() if key not in begun}, locale)
    strings = load_strings(
        [one.source_id for one in known.values()], list(known), {locale.pk: locale.language_code}
    )
    owners: dict[int, Known] = {}
    for one in known.values():
        for string in strings.of_source[one.source_id]:
            one.places[string.path, string.text] = string.ref
            if string.ref in strings.said_live[locale.pk]:
                one.said_live.add(string.ref)
        owners |= dict.fromkeys(one.contexts.values(), one)
        one.texts = strings.texts.of(one.key, locale.language_code)
    for ref, translated in strings.translations[locale.pk].items():
        owners[ref.context].translations[ref] = translated
    return known


def source_of(key: UUID, locale: Locale) -> TranslationSource:
    """The source that something is translated from into a language; this site has it."""
    return _begun_and_sources([key], locale)[1][key]


def _begun_and_sources(
    keys: Collection[UUID], locale: Locale
) -> tuple[Collection[UUID], dict[UUID, TranslationSource]]:
    """Those of some keys whose translation was begun, and the sources of all that are here."""
    begun = dict(
        Translation.objects.filter(
            source__object__in=keys, target_locale=locale, enabled=True
        ).values_list("source__object", "source")
    )
    sources = {}
    found = TranslationSource.objects.filter(object__in=keys).select_related("locale")
    for source in found.defer("content_json"):
        key = source.object_id
        # A page may be a source in two languages: the one that is translated from counts.
        is_first = source.locale.language_code == SOURCE_LANGUAGE_CODE
        if source.pk == begun.get(key) or (key not in begun and is_first):
            sources[key] = source
    return begun.keys(), sources


def _mark_own(not_begun: dict[UUID, Known], locale: Locale) -> None:
    keys_by_type: dict[int, set[UUID]] = defaultdict(set)
    for key, one in not_begun.items():
        keys_by_type[one.content_type].add(key)
    for key, _locale in versions_of(keys_by_type, [locale.pk]):
        not_begun[key].is_own = True


def _add_contexts(known: dict[UUID, Known]) -> None:
    for key, path, context, field_path in TranslationContext.objects.filter(
        object__in=list(known)
    ).values_list("object", "path", "pk", "field_path"):
        known[key].contexts[path] = context
        if field_path:
            known[key].facts[path] = field_facts(
                known[key].content_type, field_path, SOURCE_LANGUAGE_CODE
            )
