"""Findings of rules: a fault, and its place in a page or fact."""

from dataclasses import dataclass

from cms.content.rules.walking import Node, Place


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault as its rule says it.

    Attributes:
        message: a sentence on what is wrong or to be done, in the language of whoever asks.
        place: where it is, from what the rule has looked at.
        row: primary key of the row at the place, by which it is known again; None of a new row.
        node: the block in which the place is, where a rule for pages has looked at blocks.
    """

    message: str
    place: Place = ()
    row: int | None = None
    node: Node | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault of a page or fact.

    Attributes:
        code: name of the rule.
        refuses: whether it cannot be published so.
        message: a sentence.
        label: the field, block or row, as the form calls it.
        path: Wagtail's content path: ``("body", "<id of a block>", "level")``.
        loc: the place in the JSON that the API reads: ``("body", 1, "value", "level")``.
        identity: by which it is found again in another version.
        is_live: whether the published version has it too.
    """

    code: str
    refuses: bool
    message: str
    label: str
    path: tuple[str, ...]
    loc: Place
    identity: tuple[str, ...]
    is_live: bool = False
