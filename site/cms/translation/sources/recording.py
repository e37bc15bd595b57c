"""Records how the strings of a source changed, so that no translation of them is lost.

A translation belongs to a string in a place. When the string changes, wagtail-localize has nothing
for the new one and forgets that the old one stood there. What is stored here leads from the new
string to the old, whose translation then shows the translator what to mend.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Q
from wagtail_localize.models import StringTranslation

from cms.common.prepared_query import PreparedQuery
from cms.translation.models import ApprovedText, SourceChange
from cms.translation.sources.string_changes import replaced_strings, similar_strings
from cms.translation.strings import StringRef


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A string in a context of a source, with its text.

    Attributes:
        field: the field and kinds of block without their ids: ``body.paragraph``.
    """

    place: StringRef
    text: str
    field: str


def record_changes(before: list[PlacedText], after: list[PlacedText], at: datetime) -> None:
    """Records the strings that others replaced.

    A string that stands in another block now takes its translations along. So does one in a block
    that is gone when a similar one came in a new block of the same kind: a program that writes a
    page anew gives each block a new id.
    """
    places_before = {one.place for one in before}
    places_after = {one.place for one in after}
    gone = [one for one in before if one.place not in places_after]
    come = [one for one in after if one.place not in places_before]
    moved = _moved(gone, come)
    _copy_translations(moved)
    unmoved = {one.place for _old, one in moved}
    have_moved = {old for old, _new in moved}
    gone = [one for one in gone if one not in have_moved]
    pairs = list(_in_their_places(before, after, {one.place for one in gone}))
    pairs += _rewritten(gone, [one for one in come if one.place not in unmoved], before, after)
    _store(pairs, at)


Pair = tuple[PlacedText, PlacedText | None]
"""A string that went, and what stands there instead."""


def _moved(gone: list[PlacedText], come: list[PlacedText]) -> list[tuple[PlacedText, PlacedText]]:
    """The same text elsewhere, in order where it stood there more than once."""
    by_text: dict[str, list[PlacedText]] = defaultdict(list)
    for one in gone:
        by_text[one.text].append(one)
    return [(by_text[one.text].pop(0), one) for one in come if by_text[one.text]]


def _in_their_places(
    before: list[PlacedText], after: list[PlacedText], gone: set[StringRef]
) -> Iterator[Pair]:
    """Finds changes in a context that is still there, and strings that went with their context."""
    old, new = _grouped(before), _grouped(after)
    for context, texts in old.items():
        following = new.get(context, [])
        positions = replaced_strings([one.text for one in texts], [one.text for one in following])
        for position, new_position in positions:
            if texts[position].place in gone:
                yield texts[position], None if new_position is None else following[new_position]


def _rewritten(
    gone: list[PlacedText],
    come: list[PlacedText],
    before: list[PlacedText],
    after: list[PlacedText],
) -> Iterator[Pair]:
    """Similar strings in blocks that are gone and blocks that are new."""
    contexts_before = {one.place.context for one in before}
    contexts_after = {one.place.context for one in after}
    old = _by_field(one for one in gone if one.place.context not in contexts_after)
    new = _by_field(one for one in come if one.place.context not in contexts_before)
    copied = []
    for field, texts in old.items():
        following = new.get(field, [])
        pairs = similar_strings(
            [one.text for one in texts],
            [one.text for one in following],
            range(len(texts)),
            range(len(following)),
        )
        for position, new_position in pairs:
            if new_position is not None:
                there = following[new_position]
                kept = StringRef(there.place.context, texts[position].place.string)
                copied.append((texts[position], PlacedText(kept, texts[position].text, field)))
                yield copied[-1][1], there
    _copy_translations(copied)


def _grouped(texts: list[PlacedText]) -> dict[int, list[PlacedText]]:
    grouped: dict[int, list[PlacedText]] = defaultdict(list)
    for one in texts:
        grouped[one.place.context].append(one)
    return grouped


def _by_field(texts: Iterable[PlacedText]) -> dict[str, list[PlacedText]]:
    grouped: dict[str, list[PlacedText]] = defaultdict(list)
    for one in texts:
        grouped[one.field].append(one)
    return grouped


_Change = tuple[int, int, int | None]
"""Context, the string that went, and the one that took its place."""


_FIND_CHANGES: Final = PreparedQuery(
    # In the order in which they were made, the newest first.
    lambda contexts, current, gone: (
        SourceChange.objects.filter(
            Q(current__in=current) | Q(current=None, previous__in=gone), context__in=contexts
        )
        .order_by("-changed_at", "-pk")
        .values_list("pk", "context", "previous", "current")
    )
)
_FIND_LANGUAGES: Final = PreparedQuery(
    lambda contexts, strings: StringTranslation.objects.filter(
        context__in=contexts, translation_of__in=strings
    ).values_list("context", "translation_of", "locale")
)


def _store(pairs: list[Pair], at: datetime) -> None:
    """Stores each pair, and moves on the earlier ones whose replacement went itself."""
    direct = [
        (old.place.context, old.place.string, None if new is None else new.place.string)
        for old, new in pairs
    ]
    if not direct:
        return
    gone = {old for _context, old, _new in direct}
    come = {new for _context, _old, new in direct if new is not None}
    contexts = {context for context, _old, _new in direct}
    known: dict[_Change, int] = {
        (context, previous, current): pk
        for pk, context, previous, current in _FIND_CHANGES(contexts, gone | come, gone)
    }
    # The newest last: it is the first that a comparison finds.
    changes = dict.fromkeys([*_inherited(direct, known), *direct])
    again = [known[one] for one in changes if one in known]
    if again:
        SourceChange.objects.filter(pk__in=again).update(changed_at=at)
    SourceChange.objects.bulk_create(
        SourceChange(context_id=context, previous_id=old, current_id=new, changed_at=at)
        for context, old, new in changes
        if (context, old, new) not in known
    )


def _inherited(changes: list[_Change], known: Iterable[_Change]) -> Iterator[_Change]:
    """Pairs each new string with the last translated one in each language that has one.

    The string that went may have none in a language, and the one before it may. Further ones are
    not taken along: a sentence that is corrected a hundred times would bring a hundred each time.

    Args:
        known: what was taken down of the same strings before, the newest first.
    """
    places = {StringRef(context, old) for context, old, new in changes if new is not None}
    contexts = {place.context for place in places}
    earlier: dict[StringRef, list[int]] = defaultdict(list)
    for context, previous, current in known:
        if current is not None and StringRef(context, current) in places:
            earlier[StringRef(context, current)].append(previous)
    if not earlier:
        return
    languages: dict[StringRef, set[int]] = defaultdict(set)
    strings = {place.string for place in places}.union(*earlier.values())
    for context, string, locale in _FIND_LANGUAGES(contexts, strings):
        languages[StringRef(context, string)].add(locale)
    for context, old, new in changes:
        found = set(languages[StringRef(context, old)])
        kept: list[_Change] = []
        for previous in earlier[StringRef(context, old)]:
            more = languages[StringRef(context, previous)] - found
            if new is not None and previous != new and more:
                kept.append((context, previous, new))
                found |= more
        yield from reversed(kept)


def _copy_translations(moves: list[tuple[PlacedText, PlacedText]]) -> None:
    """Gives strings in their new places the translations that they had in the old ones."""
    places = {old.place for old, _new in moves}
    if not places:
        return
    translations: dict[StringRef, list[StringTranslation]] = defaultdict(list)
    for translation in StringTranslation.objects.filter(
        context__in={place.context for place in places},
        translation_of__in={place.string for place in places},
    ):
        translations[StringRef(translation.context_id, translation.translation_of_id)].append(
            translation
        )
    if not translations:
        return
    _copy_approved(moves)
    StringTranslation.objects.bulk_create(
        [
            StringTranslation(
                translation_of_id=new.place.string,
                context_id=new.place.context,
                locale_id=translation.locale_id,
                data=translation.data,
                translation_type=translation.translation_type,
                tool_name=translation.tool_name,
                last_translated_by_id=translation.last_translated_by_id,
                has_error=translation.has_error,
                field_error=translation.field_error,
            )
            for old, new in moves
            for translation in translations[old.place]
        ],
        ignore_conflicts=True,
    )


def _copy_approved(moves: list[tuple[PlacedText, PlacedText]]) -> None:
    """Gives strings in their new places the approved texts that they had in the old ones."""
    new_places: dict[StringRef, list[StringRef]] = defaultdict(list)
    for old, new in moves:
        new_places[old.place].append(new.place)
    ApprovedText.objects.bulk_create(
        [
            ApprovedText(
                context_id=place.context,
                string_id=place.string,
                locale_id=approved.locale_id,
                data=approved.data,
                first_at=approved.first_at,
                approved_at=approved.approved_at,
                approved_by_id=approved.approved_by_id,
                is_machine=approved.is_machine,
            )
            for approved in ApprovedText.objects.filter(
                context__in={old.context for old in new_places},
                string__in={old.string for old in new_places},
            )
            for place in new_places[StringRef(approved.context_id, approved.string_id)]
        ],
        ignore_conflicts=True,
    )
