"""Names no page, fact or file that somebody may not see among those that a bulk action leaves out.

The bulk actions of Wagtail 8.0.1 list by their titles all things that are asked for and may not be
changed. With ``id=all``, which asks for everything, that is every draft of every language. Here
only what the user may see is named, and no draft by its title. May go when upstream's list asks a
policy for each.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from wagtail.models import Page

from cms.content.admin.visible import named_for, visible
from cms.upstream.replacement import Replacement, apply_replacements

REFUSED = "items_with_no_access"


def apply() -> None:
    """Puts it in."""
    apply_replacements(
        Replacement(
            "wagtail.admin.views.bulk_action.base_bulk_action:BulkAction.get_actionable_objects",
            "e53e303ee01c4ef02e5c69114ee1f0cb985a3326a5f8ddf48e02636202a264f6",
            without_the_unseen,
        )
    )


def without_the_unseen(get_objects: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Sorts the things that are asked for; of those that are refused it names the visible."""

    @wraps(get_objects)
    def get_actionable_objects(action: Any) -> Any:
        objects, refused = get_objects(action)
        keys = [thing.pk for thing in refused[REFUSED]]
        rows = action.model._default_manager.filter(pk__in=keys)
        seen = set(visible(action.request.user, rows).values_list("pk", flat=True))
        named = [thing for thing in refused[REFUSED] if thing.pk in seen]
        if issubclass(action.model, Page):
            named = named_for(action.request.user, named)
        return objects, {**refused, REFUSED: named}

    return get_actionable_objects
