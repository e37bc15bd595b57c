"""Changes to tell of, without documents."""

from typing import Any
from uuid import UUID, uuid4

from cms.delivery.publishing.change import Change


def change(sequence: int = 1, **values: Any) -> Change:
    """A page that was published in Swedish."""
    key: UUID = values.pop("key", None) or uuid4()
    fields: dict[str, Any] = {
        "operation": "publish",
        "key": key,
        "locale": "sv",
        "object_id": sequence,
        "type": "strategy.GoalPage",
        "path": f"/sv/mal-{sequence}/",
        "sequence": sequence,
        "digest": "0" * 64,
        "document_id": sequence,
        "listed": True,
    }
    return Change(**fields | values)
