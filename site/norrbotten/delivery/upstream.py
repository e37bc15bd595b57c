"""What is changed inside Wagtail 8.0.1, because no hook or signal reaches it.

``execute`` of Wagtail's actions (publish, unpublish, move, copy, delete, …) writes a page, then its
log, then tells of it, each in a transaction of its own where the caller has opened none, as
``publish_scheduled`` has not. A machine that stops in between would leave a live page without its
document. Here each action is one transaction, at whose end the documents follow. May go when the
actions are atomic upstream and the documents can follow before they commit.
"""

from typing import Any

from wagtail import actions

from norrbotten.delivery.touching import followed


def patch() -> None:
    """Wraps every action that changes something; done once, when Django starts."""
    for name in actions.__all__:
        action: Any = getattr(actions, name)
        if "execute" in getattr(action, "__dict__", {}):
            action.execute = followed(action.execute)
