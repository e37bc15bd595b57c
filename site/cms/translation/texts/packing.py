"""The form in which the texts of a language are stored: digests by field, packed together."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from cms.translation.texts.digests import LENGTH, digest_of_text
from cms.translation.texts.extraction import FieldText, field_of

FORMER_AT_MOST: Final = 4_000
"""Digests of former texts of a field that are kept; a sentence a day for ten years."""

Fields = dict[str, set[str]]
"""Digests by field."""


@dataclass(slots=True)
class Texts:
    """Texts of a page or fact in one language.

    Attributes:
        now: what is live, or was when it was last published.
        before: what was live before and is no more.
        said: of what is live, what is the same as in another language on purpose.
        machine: of what is or was live, what a machine has translated and nobody has read.
        typed: of what is or was live and the source does not say, what a person has entered.
    """

    now: Fields = field(default_factory=dict)
    before: Fields = field(default_factory=dict)
    said: set[str] = field(default_factory=set)
    machine: set[str] = field(default_factory=set)
    typed: set[str] = field(default_factory=set)

    def replace(self, fields: Fields) -> None:
        """Takes what is live now; what was is kept as former."""
        for name, digests in self.now.items():
            if gone := digests - fields.get(name, set()):
                former = self.before.setdefault(name, set())
                former |= gone
                for surplus in sorted(former)[FORMER_AT_MOST:]:
                    former.discard(surplus)
        for name, digests in fields.items():
            if name in self.before:
                self.before[name] -= digests
        self.now = fields

    def has(self, name: str, digest: str) -> bool:
        """Tells whether a text stands or has stood in a field."""
        return digest in self.now.get(name, ()) or digest in self.before.get(name, ())

    def everything(self) -> set[str]:
        """All that is live, whatever field it stands in."""
        return set().union(*self.now.values())

    def former(self) -> set[str]:
        """All that was live and is no more, whatever field it stood in."""
        return set().union(*self.before.values())

    def packed(self, chosen: Collection[str]) -> str:
        """The form in which some of its fields are stored."""
        now = {name: value for name, value in self.now.items() if name in chosen}
        before = {name: value for name, value in self.before.items() if name in chosen}
        there = set().union(*now.values())
        ever = there.union(*before.values())
        members = {
            "now": _packed(now),
            "before": _packed(before),
            "said": _joined(self.said & there),
            "machine": _joined(self.machine & ever),
            "typed": _joined(self.typed & ever),
        }
        return json.dumps({name: value for name, value in members.items() if value})


def unpacked(*parts: str) -> Texts:
    """Reads what was stored; of several parts, the fields of all."""
    texts = Texts()
    for part in parts:
        if not part:
            continue
        members = json.loads(part)
        for name, digests in members.get("now", {}).items():
            texts.now[name] = _split(digests)
        for name, digests in members.get("before", {}).items():
            texts.before[name] = _split(digests)
        texts.said |= _split(members.get("said", ""))
        texts.machine |= _split(members.get("machine", ""))
        texts.typed |= _split(members.get("typed", ""))
    return texts


def fields_of(texts: Iterable[FieldText]) -> Fields:
    """The digests of some texts by field."""
    fields: Fields = {}
    for text in texts:
        found = fields.setdefault(field_of(text.path), set())
        found.update(filter(None, map(digest_of_text, text.strings)))
    return {name: digests for name, digests in fields.items() if digests}


def _packed(fields: Mapping[str, set[str]]) -> dict[str, str]:
    return {name: _joined(fields[name]) for name in sorted(fields) if fields[name]}


def _joined(digests: set[str]) -> str:
    return "".join(sorted(digests))


def _split(joined: str) -> set[str]:
    return {joined[start : start + LENGTH] for start in range(0, len(joined), LENGTH)}
