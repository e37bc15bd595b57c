"""An independent judgement of the language of every text, from a log that the test keeps.

It shares no code with the product: it folds texts, walks the stored JSON of a page and remembers
what each language has said by itself. The rule is the one of ``docs/translating.md``.
"""

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from uuid import UUID

SOURCE = "sv"
ORDER = ("sv", "en", "fi", "fit", "se", "smj", "sma", "yi", "rom")
"""The languages as the site has them; of several that say the same, the first has it."""

_BLOCK_END = re.compile(r"</(?:p|li|h\d)>|<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")

Place = tuple[UUID, str]
"""Translation key and code of the language."""


@dataclass(frozen=True)
class Text:
    """A text of a page or fact.

    Attributes:
        field: the field in which it stands.
        pointer: where the document shows it.
        pieces: its sentences or paragraphs, each translated by itself.
    """

    field: str
    pointer: str
    pieces: tuple[str, ...]


@dataclass(frozen=True)
class Judgement:
    """A page or fact in one language.

    Attributes:
        language: the language of its document.
        languages: those of its texts that are in another, by JSON Pointer.
        is_translation: whether a person has translated some of it; a source is as good as one.
        is_mixed: whether a text of it is in another language than its own.
        shows_machine: whether a text of it is a machine's that nobody has read.
    """

    language: str
    languages: dict[str, str]
    is_translation: bool
    is_mixed: bool
    shows_machine: bool


def folded(text: str) -> str:
    """A text as two are compared: without markup, case, white space and invisible signs."""
    plain = unicodedata.normalize("NFKC", unescape(_TAG.sub("", text)))
    shown = "".join(sign for sign in plain if unicodedata.category(sign) != "Cf")
    return re.sub(r"\s+", " ", shown).strip().casefold()


def has_letters(text: str) -> bool:
    """Tells whether a text is in a language at all."""
    return any(unicodedata.category(sign).startswith("L") for sign in folded(text))


def texts_of(instance: Any) -> list[Text]:
    """Every text of a page or fact of the kinds that the histories have."""
    if not hasattr(instance, "title"):
        return [Text("name", "/name", (instance.name,))]
    found = [Text("title", "/title", (instance.title,))]
    found += [Text("introduction", "/introduction", pieces_of(instance.introduction))]
    if not hasattr(instance, "body"):
        return [text for text in found if any(text.pieces)]
    raw = instance._meta.get_field("body").value_to_string(instance)
    for position, block in enumerate(json.loads(raw)):
        found += _block_texts(block, f"/body/{position}/value")
    return [text for text in found if any(text.pieces)]


def _block_texts(block: dict[str, Any], pointer: str) -> Iterator[Text]:
    value = block["value"]
    if block["type"] == "paragraph":
        yield Text("body", pointer, pieces_of(value))
    elif block["type"] == "quote":
        for name in ("text", "name", "role"):
            yield Text("body", f"{pointer}/{name}", (value[name],))
    else:
        raise LookupError(f"The histories have no block {block['type']}.")


def pieces_of(html: str) -> tuple[str, ...]:
    """The paragraphs of a rich text."""
    return tuple(part for part in _BLOCK_END.split(html) if folded(part))


@dataclass
class Log:
    """The log of what happened: what each language has said, and who said and entered what.

    Attributes:
        ever: all that a language has said of a key, live, by field; the languages of a key in the
            order in which they came.
        now: what it says of it, live.
        said: texts that are the same on purpose in a language.
        persons: texts that a person entered for a key in a language.
        machines: texts that a machine did.
        kept: of what persons entered, what has to be somewhere still.
        unfinished: of what they brought, what is not done and must not go live.
        wanting: languages in which a second person approves.
        waiting: texts that nobody has approved, each with the id of who entered it.
        said_waiting: texts of which one person alone has said that they are the same, alike.
    """

    ever: dict[UUID, dict[str, dict[str, set[str]]]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    now: dict[Place, list[Text]] = field(default_factory=dict)
    said: set[tuple[str, str]] = field(default_factory=set)
    persons: dict[Place, set[str]] = field(default_factory=lambda: defaultdict(set))
    machines: dict[Place, set[str]] = field(default_factory=lambda: defaultdict(set))
    kept: dict[Place, set[str]] = field(default_factory=lambda: defaultdict(set))
    unfinished: dict[Place, set[str]] = field(default_factory=lambda: defaultdict(set))
    wanting: set[str] = field(default_factory=set)
    waiting: dict[Place, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    said_waiting: dict[tuple[str, str], int] = field(default_factory=dict)

    def enter(self, place: Place, text: str, user: int) -> None:
        """Remembers what a person entered; where another is to approve it, it says nothing yet."""
        one = folded(text)
        if place[1] in self.wanting and one not in self.persons[place]:
            self.waiting[place][one] = user
        else:
            self.persons[place].add(one)

    def approve(self, place: Place, text: str, user: int) -> None:
        """Remembers what somebody has read: who has entered it approves nothing."""
        one = folded(text)
        if self.waiting[place].get(one) != user:
            self.waiting[place].pop(one, None)
            self.persons[place].add(one)

    def say(self, code: str, text: str, user: int) -> None:
        """Remembers who said of a text that it is the same."""
        one = (code, folded(text))
        if code in self.wanting and one not in self.said:
            if self.said_waiting.setdefault(one, user) == user:
                return
            del self.said_waiting[one]
        self.said.add(one)

    def want(self, code: str, *, on: bool) -> None:
        """Remembers that a language wants approval, or that everything counts as before."""
        if on:
            self.wanting.add(code)
            return
        self.wanting.discard(code)
        for place in [place for place in self.waiting if place[1] == code]:
            self.persons[place] |= self.waiting.pop(place).keys()
        for one in [one for one in self.said_waiting if one[0] == code]:
            del self.said_waiting[one]
            self.said.add(one)

    def note(self, instance: Any) -> None:
        """Remembers what a page or fact says now, live."""
        place = (instance.translation_key, instance.locale.language_code)
        texts = texts_of(instance)
        self.now[place] = texts
        known = self.ever[place[0]].setdefault(place[1], defaultdict(set))
        for text in texts:
            known[text.field] |= set(map(folded, text.pieces))

    def note_copy(self, original: UUID, copy: UUID, code: str) -> None:
        """Remembers that a copy in a language comes from a page that others have said more of."""
        for other, fields in self.ever[original].items():
            known = self.ever[copy].setdefault(other, defaultdict(set))
            if other != code:
                for name, texts in fields.items():
                    known[name] |= texts
        for entered in (self.persons, self.machines):
            entered[copy, code] |= entered[original, code]

    def language_of(self, place: Place, name: str, piece: str) -> str:
        """The language of a piece of a text that stands in a field."""
        key, code = place
        text = folded(piece)
        if code == SOURCE or not has_letters(piece) or (code, text) in self.said:
            return code
        if text in self.ever[key].get(SOURCE, {}).get(name, ()):
            return SOURCE
        if text in self.persons[place]:
            return code
        languages = list(self.ever[key])
        earlier = languages[: languages.index(code)] if code in languages else languages
        for other in sorted(earlier, key=ORDER.index):
            if text in self.ever[key][other].get(name, ()):
                return other
        return code

    def is_machines(self, place: Place, piece: str) -> bool:
        """Tells whether a text was made by a machine alone."""
        text = folded(piece)
        return text in self.machines[place] and text not in self.persons[place]

    def judged(self, instance: Any, code: str) -> Judgement:
        """Judges what a page or fact shows, in the language in which it is written."""
        place = (instance.translation_key, code)
        texts = texts_of(instance)
        lettered = [
            (text, piece, self.language_of(place, text.field, piece))
            for text in texts
            for piece in text.pieces
            if has_letters(piece)
        ]
        own = [piece for _text, piece, language in lettered if language == code]
        by_person = [piece for piece in own if not self.is_machines(place, piece)]
        is_translation = code == SOURCE or not lettered or bool(by_person)
        title = texts[0]
        language = code if is_translation else self.language_of(place, title.field, title.pieces[0])
        languages = {}
        for text in texts:
            codes = {found for one, _piece, found in lettered if one is text} or {language}
            shown = codes.pop() if len(codes) == 1 else "mul"
            if shown != language:
                languages[text.pointer] = shown
        return Judgement(
            language,
            languages,
            is_translation,
            is_mixed=len(own) < len(lettered),
            shows_machine=code != SOURCE and len(by_person) < len(own),
        )
