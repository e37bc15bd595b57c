"""Puts sibling pages into the order that a bundle gives them."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from wagtail.models import Page

from cms.content.order.positions import take_over
from cms.export.bundle.editable.references import read_reference, reference
from cms.export.bundle.importing.tree import Line
from cms.export.bundle.importing.updating import Changes


def put_in_order(lines: Iterable[Line], changes: Changes) -> None:
    """Moves pages whose order is another here, as an editor would.

    Pages that the bundle does not have stay where they are, among those that it has.

    Args:
        lines: the records of all pages, each where it belongs already.
    """
    children: dict[str | None, list[str]] = defaultdict(list)
    for _place, record in lines:
        name = reference(record["key"], record["locale"])
        children[record.get("parent")].append(name)
    for above, wanted in children.items():
        if len(wanted) > 1:
            _order(above, wanted, changes)


def take_over_order(lines: Iterable[Line]) -> None:
    """Gives keys the ranks that a bundle gives them; where it gives none they follow the tree."""
    take_over(
        {
            UUID(record["key"]): record["position"]
            for _place, record in lines
            if record.get("position") is not None
        }
    )


def _order(above: str | None, wanted: list[str], changes: Changes) -> None:
    here = _below(above)
    in_bundle = set(wanted)
    ordered = [name for name in here if name in in_bundle]
    for position, name in enumerate(wanted):
        if ordered[position] == name:
            continue
        page = Page.objects.get(pk=here[name])
        page.move(Page.objects.get(pk=here[ordered[position]]), pos="left")
        ordered.remove(name)
        ordered.insert(position, name)
        changes.counts["reordered"] += 1
        _key, _slash, code = name.partition("/")
        changes.lines.append(f"reordered: {page.specific_class._meta.label} {code} {page.title!r}")


def _below(above: str | None) -> dict[str, Any]:
    """The ids of the pages below one, by their names, in their order."""
    if above is None:
        parent = Page.get_first_root_node()
    else:
        key, code = read_reference(above) or (None, "")
        parent = Page.objects.get(translation_key=key, locale__language_code=code)
    rows = parent.get_children().order_by("path")
    return {
        reference(key, code): pk
        for pk, key, code in rows.values_list("pk", "translation_key", "locale__language_code")
    }
