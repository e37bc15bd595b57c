"""The ids of the items of lists in a stream, which stay when a page is written without them.

A translation belongs to a place, and the place of a text in a list is named by its item's id. API
v3 reads and takes the values of items alone, so that Wagtail 8.0.1 gives each a new id when a page
is written; the editor of the admin sends them.
"""

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any, Final

from django.core.serializers.json import DjangoJSONEncoder
from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue

from cms.translation.sources.string_changes import replaced_strings

_KEYS: Final = re.compile(r' data-block-key=\\"[^"\\]*\\"')
"""The names that Draftail gives the paragraphs of a rich text, each time anew."""


def keep_item_ids(before: Any, after: Any, sent: Collection[str]) -> None:
    """Gives items that came without an id those of the items that they replace.

    Args:
        before, after: values of one block, as it is stored and as it is to be.
        sent: all ids that came with the values.
    """
    if isinstance(after, ListValue) and isinstance(before, ListValue):
        _keep(before, after, sent)
        pairs = _of_same_id(before.bound_blocks, after.bound_blocks)
    elif isinstance(after, StreamValue) and isinstance(before, StreamValue):
        pairs = _of_same_id(before, after)
    elif isinstance(after, StructValue) and isinstance(before, StructValue):
        pairs = ((before.get(name), value) for name, value in after.items())
    else:
        return
    for old, new in pairs:
        keep_item_ids(old, new, sent)


def _of_same_id(before: Any, after: Any) -> Iterator[tuple[Any, Any]]:
    known = {child.id: child.value for child in before}
    return ((known[child.id], child.value) for child in after if child.id in known)


def _keep(before: ListValue, after: ListValue, sent: Collection[str]) -> None:
    """Equal items first, then those that took the place of others, as texts do."""
    named = {item.id for item in after.bound_blocks}
    old = [item for item in before.bound_blocks if item.id not in named]
    new = [item for item in after.bound_blocks if item.id not in sent]
    by_value: dict[str, list[Any]] = defaultdict(list)
    for item in reversed(old):
        by_value[_json(item)].append(item)
    come = []
    for item in new:
        if equal := by_value[_json(item)]:
            item.id = equal.pop().id
        else:
            come.append(item)
    left = {item.id for same in by_value.values() for item in same}
    gone = [item for item in old if item.id in left]
    pairs = replaced_strings([_json(item) for item in gone], [_json(item) for item in come])
    for former, position in pairs:
        if position is not None:
            come[position].id = gone[former].id


def _json(item: Any) -> str:
    value = item.block.get_prep_value(item.value)
    return _KEYS.sub("", json.dumps(value, cls=DjangoJSONEncoder, sort_keys=True))
