"""Moves a node among its siblings with a few statements, however many they are.

treebeard 5.3.1 moves each sibling behind the new place with a statement of its own: who drags the
third of 2,000 pages down by one waits for 1,996 of them. Here those between the old place and the
new one exchange their paths. May go when the number of treebeard's statements does not grow.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from cms.content.order.paths import exchange_paths
from cms.upstream.replacement import Replacement, apply_replacements

_AMONG_SIBLINGS: Final = frozenset({"left", "right", "first-sibling"})


def apply() -> None:
    """Puts it in."""
    apply_replacements(
        Replacement(
            "treebeard.mp_tree:MP_MoveHandler.process",
            "e91ed073c83d2b0857afa263c6fe73b2751cf1a485c653a2018628bd855d4fe0",
            among_siblings,
        )
    )


def among_siblings(process: Callable[[Any], None]) -> Callable[[Any], None]:
    """The move of what stays under its parent; any other is left to treebeard."""

    @wraps(process)
    def move(handler: Any) -> None:
        node, target = handler.node, handler.target
        above = node.path[: -node.steplen]
        is_among = handler.pos in _AMONG_SIBLINGS and target.path[: -node.steplen] == above
        if not is_among or node.node_order_by:
            process(handler)
            return
        paths = list(node.get_siblings().values_list("path", flat=True))
        old = paths.index(node.path)
        new = _new_place(handler.pos, old, paths.index(target.path))
        order = [*paths[:old], *paths[old + 1 :]]
        order.insert(new, node.path)
        exchanged = zip(order, paths, strict=True)
        exchange_paths(node.tree_model(), {had: gets for had, gets in exchanged if had != gets})
        node.refresh_from_db()
        target.refresh_from_db()

    return move


def _new_place(pos: str, old: int, target: int) -> int:
    """The place among all siblings, counted from 0."""
    if pos == "first-sibling":
        return 0
    if old == target:
        return old
    if pos == "left":
        return target - 1 if old < target else target
    return target if old < target else target + 1
