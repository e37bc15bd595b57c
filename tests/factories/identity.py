"""Identities that are the same in each run, so that whole responses can be compared."""

from collections import Counter
from typing import Any
from uuid import UUID, uuid5

NAMESPACE = UUID("5f0e7a52-3c1b-4f6e-9a43-0f4c2d1b7e90")


def key(name: str) -> UUID:
    """A translation key."""
    return uuid5(NAMESPACE, f"key {name}")


class Blocks:
    """Makes stored blocks whose ids follow from the owner's name and their order."""

    def __init__(self, owner: str) -> None:
        self.owner = owner
        self._made: Counter[str] = Counter()

    def __call__(self, block_type: str, value: Any) -> dict[str, Any]:
        """A block of a stream, as it is stored."""
        return {"type": block_type, "value": value, "id": self._next_id(block_type)}

    def items(self, *values: Any) -> list[dict[str, Any]]:
        """The items of a list block, as they are stored."""
        return [{"type": "item", "value": value, "id": self._next_id("item")} for value in values]

    def _next_id(self, kind: str) -> str:
        self._made[kind] += 1
        return str(uuid5(NAMESPACE, f"block {self.owner} {kind} {self._made[kind]}"))
