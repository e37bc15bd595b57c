"""Records what each language of a page or fact says when it is published: the only place."""

import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any, Final
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Case, Exists, F, OuterRef, Value, When
from wagtail.models import DraftStateMixin, Page, get_translatable_models
from wagtail_localize.models import StringTranslation, Translation

from cms.common.batches import batches
from cms.common.prepared_query import PreparedQuery
from cms.languages.locales import locale_at_hand
from cms.languages.registry import SOURCE_LANGUAGE_CODE
from cms.translation.approval.rules import may_be_published
from cms.translation.models import ApprovedText, LanguageTexts, Review, SourceChange
from cms.translation.texts.digests import digest_of_text
from cms.translation.texts.extraction import field_of, texts_of
from cms.translation.texts.judging import KnownTexts, Stored, judged, said_same, stored_rows
from cms.translation.texts.packing import Texts, fields_of, unpacked

_NEW: Final = 1 << 62
"""Stands for the number of a row that has none yet: later than all that have."""

AT_A_TIME: Final = 100

Place = tuple[UUID, int]
"""Translation key and id of the locale."""


@transaction.atomic(savepoint=False)
def record(instances: Sequence[Any], *, with_former: bool = False) -> KnownTexts:
    """Stores what some pages and facts say, each as it is live.

    Five queries at most, however many there are. One that says what it said needs one, a source
    that says something else two.

    Args:
        with_former: whether to take over what was kept of their texts before this was recorded.

    Returns:
        What is known of their texts now.
    """
    rows = _Rows({instance.translation_key for instance in instances})
    for instance in instances:
        rows.replace(instance)
    if with_former:
        rows.add_former()
    rows.judge()
    rows.store()
    return judged(rows.rows.values())


@transaction.atomic(savepoint=False)
def judge_anew(keys: Collection[UUID]) -> None:
    """Judges what some pages and facts say anew, after something was said of their texts."""
    for some in batches(sorted(set(keys)), AT_A_TIME):
        rows = _Rows(some)
        rows.changed = set(rows.rows)
        rows.judge()
        rows.store()


@transaction.atomic(savepoint=False)
def carry_over(key: UUID, copy: UUID, language: int) -> None:
    """Keeps for a copy, which has a key of its own, what is known of the texts of its original.

    That is what its other languages said, and which of its own texts a machine or a person made.

    Args:
        language: id of the locale of both.
    """
    said = LanguageTexts.objects.filter(key=copy, locale=language).first()
    if said is not None:
        # The languages come in the order in which they came to the original.
        said.delete()
    LanguageTexts.objects.bulk_create(
        [
            LanguageTexts(
                key=copy,
                locale_id=row.locale_id,
                is_source=row.is_source,
                is_translation=row.is_translation,
                titles=row.titles,
                texts=row.texts,
            )
            for row in LanguageTexts.objects.filter(key=key).order_by("pk")
        ],
        ignore_conflicts=True,
    )
    rows = _Rows([copy])
    if said is not None:
        rows.replace_stored((copy, language), said)
    rows.judge()
    rows.store()


def record_versions(keys_by_type: dict[int, set[UUID]], places: Collection[Place]) -> None:
    """Records what some pages and facts say that are live.

    Args:
        keys_by_type: the translation keys, by the id of the content type of each.
    """
    for content_type, keys in keys_by_type.items():
        model: Any = ContentType.objects.get_for_id(content_type).model_class()
        wanted = {(key, locale) for key, locale in places if key in keys}
        found = model._default_manager.filter(
            translation_key__in={key for key, _locale in wanted},
            locale__in={locale for _key, locale in wanted},
        ).select_related("locale")
        if issubclass(model, Page):
            found = found.filter(alias_of=None)
        record([one for one in found if (one.translation_key, one.locale_id) in wanted])


def record_missing() -> int:
    """Records what was published before anything was recorded; returns how many that were."""
    count = 0
    for model in get_translatable_models():
        if model._meta.abstract or (issubclass(model, Page) and model is not Page):
            continue
        for some in batches(_unrecorded(model), AT_A_TIME):
            found = model._default_manager.filter(pk__in=some).select_related("locale")
            record(list(found.specific() if model is Page else found), with_former=True)
            count += len(some)
    return count


def _unrecorded(model: type[Any]) -> Any:
    """Ids of what is live and not recorded, that in the source language first."""
    recorded = LanguageTexts.objects.filter(
        key=OuterRef("translation_key"), locale=OuterRef("locale")
    )
    found = model._default_manager.filter(~Exists(recorded))
    if issubclass(model, DraftStateMixin):
        found = found.filter(live=True)
    if model is Page:
        found = found.filter(depth__gt=1, alias_of=None)
    ids = sorted(
        found.order_by().values_list("locale__language_code", "pk"),
        key=lambda row: (row[0] != SOURCE_LANGUAGE_CODE, row[1]),
    )
    return [pk for _code, pk in ids]


class _Rows:
    """The rows of some keys, in all languages.

    Attributes:
        changed: the places that say something else now, or are to be judged anew.
    """

    def __init__(self, keys: Collection[UUID]) -> None:
        self.keys = keys
        self.rows: dict[Place, Stored] = {}
        self.changed: set[Place] = set()
        self._titles: dict[Place, set[str]] = {}
        self._before: dict[Place, tuple[Any, ...]] = {}
        for pk, key, locale, code, is_source, is_translation, titles, texts in _FIND_ROWS(keys):
            row = Stored(pk, key, locale, code, is_source, is_translation, unpacked(titles, texts))
            self.rows[key, locale] = row
            self._titles[key, locale] = _names(titles)
            self._before[key, locale] = (is_source, is_translation, titles, texts)

    def replace(self, instance: Any) -> None:
        """Takes what a page or fact says now."""
        place: Place = (instance.translation_key, instance.locale_id)
        if place not in self.rows:
            code = instance.locale.language_code
            self.rows[place] = Stored(_NEW, *place, code, False, False, Texts())
        elif not type(instance).locale.is_cached(instance):
            # What follows the publication asks for it; it is at hand here.
            instance.locale = locale_at_hand(instance.locale_id, self.rows[place].code)
        texts = list(texts_of(instance))
        fields = fields_of(texts)
        if place not in self._before or fields != self.rows[place].texts.now:
            self.changed.add(place)
            self.rows[place].texts.replace(fields)
        self._titles[place] = {*fields_of(text for text in texts if text.is_title)}

    def replace_stored(self, place: Place, stored: LanguageTexts) -> None:
        """Takes what was stored of a page or fact before, whatever is there of it now."""
        if place not in self.rows:
            code = stored.locale.language_code
            self.rows[place] = Stored(_NEW, *place, code, stored.is_source, False, Texts())
        self.changed.add(place)
        self.rows[place].texts.replace(unpacked(stored.titles, stored.texts).now)
        self._titles[place] = _names(stored.titles)

    def add_former(self) -> None:
        """Takes over texts that sources had before, where translations were made of them."""
        former = SourceChange.objects.filter(context__object__in=self.keys).values_list(
            "context__object", "previous__locale", "context__path", "previous__data"
        )
        for key, locale, path, text in former:
            if (row := self.rows.get((key, locale))) is not None:
                name, digest = field_of(path), digest_of_text(text)
                if digest and digest not in row.texts.now.get(name, ()):
                    row.texts.before.setdefault(name, set()).add(digest)

    def judge(self) -> None:
        """Finds which are sources, which are translations, and what is said to be the same.

        Of what says what it said before, only what equals something new is looked at again.
        """
        if not self.changed:
            return
        self._find_sources()
        human = self._find_makers()
        known = judged(self.rows.values())
        foreign: dict[Place, set[str]] = {}
        for place, row in self.rows.items():
            if place in self.changed:
                row.texts.said = set()
            foreign[place] = known.of(row.key, row.code).foreign()
            if place not in self.changed:
                foreign[place] &= self._news(row.key)
        said = said_same(
            {locale for (_key, locale), digests in foreign.items() if digests},
            set().union(*foreign.values()),
        )
        for place, row in self.rows.items():
            version = known.of(row.key, row.code)
            own = {digest for digest in foreign[place] if (row.locale, digest) in said}
            # What a person has translated is in that language, whichever other says the same, and
            # stays so whatever has been entered since: it may be live still, or again.
            typed = {
                digest
                for name, digests in row.texts.now.items()
                for digest in digests & (human[place] | row.texts.typed)
                if version.language_of_digest(name, digest) != version.source_language
            }
            row.texts.said |= own | typed
            if place in self.changed:
                # Another language may come to say it later, and then nobody remembers who typed it.
                row.texts.typed &= row.texts.former()
                row.texts.typed |= typed
            row.is_translation = version.is_translated_by(row.texts.now)

    def _news(self, key: UUID) -> set[str]:
        """Digests of everything that the changed languages of a key say now."""
        return set().union(
            *(self.rows[place].texts.everything() for place in self.changed if place[0] == key)
        )

    def store(self) -> None:
        """Writes the rows that are not as they were."""
        LanguageTexts.objects.bulk_create(
            [
                LanguageTexts(
                    key=row.key,
                    locale_id=row.locale,
                    is_source=row.is_source,
                    is_translation=row.is_translation,
                    titles=titles,
                    texts=texts,
                )
                for place, row in sorted(self.rows.items())
                for titles, texts in [self._packed(place, row)]
                if self._before.get(place) != (row.is_source, row.is_translation, titles, texts)
            ],
            update_conflicts=True,
            unique_fields=["key", "locale"],
            update_fields=["is_source", "is_translation", "titles", "texts"],
        )

    def _packed(self, place: Place, row: Stored) -> tuple[str, str]:
        titles = self._titles[place]
        others = {*row.texts.now, *row.texts.before} - titles
        return row.texts.packed(titles), row.texts.packed(others)

    def _find_sources(self) -> None:
        """Finds of each key the language that the others are translated from, once and for all."""
        sources = {row.key for row in self.rows.values() if row.is_source}
        if not (unknown := {key for key in self.keys if key not in sources}):
            return
        origins: dict[UUID, set[int]] = defaultdict(set)
        targets: dict[UUID, set[int]] = defaultdict(set)
        for key, origin, target in _FIND_ORIGINS(unknown):
            origins[key].add(origin)
            targets[key].add(target)
        for row in self.rows.values():
            if row.key in unknown:
                first = origins[row.key] - targets[row.key]
                row.is_source = row.locale in first if first else row.code == SOURCE_LANGUAGE_CODE

    def _find_makers(self) -> dict[Place, set[str]]:
        """Marks what a machine has made; returns what persons have."""
        human: dict[Place, set[str]] = defaultdict(set)
        machine: dict[Place, set[str]] = defaultdict(set)
        changed = {place for place in self.changed if not self.rows[place].is_source}
        if changed:
            keys, locales = {key for key, _locale in changed}, {locale for _key, locale in changed}
            stored = _FIND_MAKERS(keys, locales)
            if any(waits for *_rest, waits in stored):
                # What stands published in the place of what waits for approval.
                for key, locale, data, is_machine in _FIND_APPROVED(keys, locales):
                    (machine if is_machine else human)[key, locale].add(digest_of_text(data))
            for key, locale, data, kind, review, waits in stored:
                if waits:
                    continue
                unread = kind == StringTranslation.TRANSLATION_TYPE_MACHINE and review not in (
                    Review.State.TRANSLATED,
                    Review.State.FINAL,
                )
                (machine if unread else human)[key, locale].add(digest_of_text(data))
        for place in changed:
            texts = self.rows[place].texts
            # What a machine has made stays so when somebody has entered another text since.
            texts.machine = (texts.machine | machine[place]) - human[place]
        return human


def _names(titles: str) -> set[str]:
    members = json.loads(titles) if titles else {}
    return {*members.get("now", ()), *members.get("before", ())}


_FIND_ROWS: Final = PreparedQuery(stored_rows)
_FIND_ORIGINS: Final = PreparedQuery(
    lambda keys: Translation.objects.filter(source__object__in=keys).values_list(
        "source__object", "source__locale", "target_locale"
    )
)
_FIND_MAKERS: Final = PreparedQuery(
    lambda keys, locales: (
        StringTranslation.objects.filter(
            context__object__in=keys, locale__in=locales, has_error=False
        )
        .annotate(waits=Case(When(may_be_published(), then=Value(False)), default=Value(True)))
        .values_list(
            "context__object", "locale", "data", "translation_type", F("review__state"), "waits"
        )
    )
)
_FIND_APPROVED: Final = PreparedQuery(
    lambda keys, locales: ApprovedText.objects.filter(
        context__object__in=keys,
        locale__in=locales,
        locale__translator_group__needs_approval=True,
    ).values_list("context__object", "locale", "data", "is_machine")
)
