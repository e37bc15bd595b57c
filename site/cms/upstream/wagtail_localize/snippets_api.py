"""Lists the facts that somebody may see.

The API of wagtail-localize 1.14.5 from which its editor takes snippets lists all of them to
everybody whom the admin lets in, those of other languages that are not live too. Here it lists what
is live and what the user works on. May go when upstream asks the policy of the snippet.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from cms.content.admin.visible import visible
from cms.upstream.replacement import Replacement, apply_replacements


def apply() -> None:
    """Puts it in."""
    apply_replacements(
        Replacement(
            "wagtail_localize.views.snippets_api:SnippetViewSet.get_queryset",
            "9d0e57308140d57c4ca348e02933d3b6b0d6f8451fc932d83fd9e7145c4dd5e8",
            only_visible,
        )
    )


def only_visible(get_queryset: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The query for facts, of which the visible are left."""

    @wraps(get_queryset)
    def get_visible(view: Any) -> Any:
        return visible(view.request.user, get_queryset(view))

    return get_visible
