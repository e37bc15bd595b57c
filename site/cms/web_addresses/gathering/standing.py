"""Addresses that stand in a page or fact as it is in memory, and where: asks no other table.

Rows that belong to a page are read where they are not in memory.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from django.db.models import Field, Model, URLField
from modelcluster.models import get_all_child_relations
from wagtail.blocks import RichTextBlock, URLBlock
from wagtail.fields import RichTextField

from cms.content.rules.walking import Node, Place, nodes_of

LONGEST: Final = 2_000
"""Characters of an address; no server reads more."""

_LINK: Final = re.compile(r'<a\b[^>]*\bhref="([^"]+)"')
_WEB: Final = re.compile(r"(?:https?:)?//", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Standing:
    """An address where it stands.

    Attributes:
        url: the address, as it is asked for.
        place: the field, or the list of rows with the number of the row and its field.
        node: the block, where it stands in one.
        block: the outermost block that this is in.
        row: primary key of the row.
    """

    url: str
    place: Place
    node: Node | None = None
    block: Node | None = None
    row: int | None = None

    @property
    def number(self) -> int | None:
        """The number of the block or row, from 0."""
        place = self.block.loc if self.block else self.place
        return place[1] if len(place) > 1 and isinstance(place[1], int) else None


def web_address(text: Any) -> str | None:
    """The address of something on a web server, as it is asked for; ``None`` of anything else."""
    url = str(text or "").strip().partition("#")[0]
    found = _WEB.match(url)
    if not found or len(url) > LONGEST:
        return None
    # As a browser reads it in a site that is encrypted.
    return url if found[0] != "//" else f"https:{url}"


def addresses_in(instance: Model) -> Iterator[Standing]:
    """Every address in a page or fact, in the order of its fields."""
    for name, text in _fields(instance):
        yield from (Standing(url, (name,)) for url in text)
    for relation, names in _row_fields(type(instance)):
        for number, row in enumerate(getattr(instance, relation).all()):
            for name in names:
                for url in _in_field(row, row._meta.get_field(name)):
                    yield Standing(url, (relation, number, name), row=row.pk)
    block: Node | None = None
    for node in nodes_of(instance):
        if len(node.path) == 2:
            block = node
        for url in _in_block(node):
            yield Standing(url, node.loc[:1], node, block)


def _fields(instance: Model) -> Iterator[tuple[str, Iterator[str]]]:
    for field in instance._meta.concrete_fields:
        if isinstance(field, URLField | RichTextField):
            yield field.name, _in_field(instance, field)


@cache
def _row_fields(model: type[Model]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Lists of rows of which some field may hold an address, with these fields."""
    found = []
    for relation in get_all_child_relations(model):
        fields = relation.related_model._meta.concrete_fields
        names = tuple(field.name for field in fields if isinstance(field, URLField | RichTextField))
        if names:
            found.append((str(relation.get_accessor_name()), names))
    return tuple(found)


def _in_field(instance: Model, field: Field[Any, Any]) -> Iterator[str]:
    value = getattr(instance, field.name)
    return _in_html(value) if isinstance(field, RichTextField) else _in_texts(value)


def _in_block(node: Node) -> Iterator[str]:
    if isinstance(node.block, RichTextBlock):
        return _in_html(node.value)
    return _in_texts(node.value) if isinstance(node.block, URLBlock) else iter(())


def _in_html(text: Any) -> Iterator[str]:
    return _in_texts(*(html.unescape(link) for link in _LINK.findall(str(text or ""))))


def _in_texts(*texts: Any) -> Iterator[str]:
    return (url for text in texts if (url := web_address(text)) is not None)
