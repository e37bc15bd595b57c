"""Publishing many pages at once: those that break a rule are named, the others are published."""

from typing import Any

from wagtail.admin.views.pages.bulk_actions.publish import PublishBulkAction

from cms.content.rules.admin.refused_publishing import tell_refusals
from cms.content.rules.findings import Finding
from cms.content.rules.refusal import PublishingRefused

Refused = list[tuple[Any, tuple[Finding, ...]]]


class PublishWithinRules(PublishBulkAction):
    """Takes the place of Wagtail's action, which would stop at the first page that is refused."""

    def get_execution_context(self) -> dict[str, Any]:
        """Adds a list to which what is refused is added."""
        self.refused: Refused = []
        return {**super().get_execution_context(), "refused": self.refused}

    @classmethod
    def execute_action(
        cls,
        objects: Any,
        include_descendants: bool = False,
        user: Any = None,
        refused: Refused | None = None,
        **kwargs: Any,
    ) -> tuple[int, int]:
        """Publishes each page, and counts them and those below them."""
        refused = [] if refused is None else refused
        parents = children = 0
        for page in objects:
            parents += _publish(page.specific, user, refused)
            if include_descendants:
                below = page.get_descendants().not_live().defer_streamfields().specific()
                for child in below.iterator():
                    if user is None or child.permissions_for_user(user).can_publish():
                        children += _publish(child, user, refused)
        return parents, children

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> Any:
        """Says how many were published; a message of its own names the others."""
        if self.refused:
            tell_refusals(self.request, self.refused)
        if not num_parent_objects + num_child_objects:
            return None
        return super().get_success_message(num_parent_objects, num_child_objects)


def _publish(page: Any, user: Any, refused: Refused) -> int:
    revision = page.get_latest_revision() or page.save_revision(user=user)
    try:
        revision.publish(user=user)
    except PublishingRefused as refusal:
        refused.append((page, refusal.findings))
        return 0
    return 1
