"""Names in the list of usage what the user may see.

The list of Wagtail 8.0.1 calls each page or fact that its reader may not edit *(Private page)*,
published ones too. Here it has its name, where the reader may see it; the rest is called what it
is, something that they may not see. May go when upstream asks who may see it.
"""

from collections import defaultdict
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.utils.translation import gettext
from wagtail.models import CollectionMember, DraftStateMixin, Page

from cms.content.admin.visible import named_for, visible
from cms.upstream.replacement import Replacement, apply_replacements

TABLE: Final = "wagtail.admin.views.generic.usage:UsageView.get_table"


def apply() -> None:
    """Puts it in."""
    apply_replacements(
        Replacement(
            TABLE, "6b000870c540652b52c1a2a6f9fe2ba871986f053950e1284a2fd02dd14c2a96", with_names
        )
    )


def with_names(get_table: Callable[..., Any]) -> Callable[..., Any]:
    """The making of the table, with names."""

    @wraps(get_table)
    def get_named_table(view: Any, object_list: Any, **kwargs: Any) -> Any:
        table = get_table(view, object_list, **kwargs)
        unnamed = [row for row in table.data if row["edit_url"] is None]
        names = _names(view.request.user, [row["object"] for row in unnamed])
        for row in unnamed:
            thing = row["object"]
            is_page = isinstance(thing, Page)
            unseen = gettext("A page that you may not see") if is_page else row["label"]
            row["label"] = names.get((_model(thing), thing.pk), unseen)
        return table

    return get_named_table


def _names(user: Any, things: list[Any]) -> dict[tuple[type[Any], Any], str]:
    """The names of those things that somebody may see, by model and key."""
    by_model: dict[type[Any], list[Any]] = defaultdict(list)
    for thing in things:
        by_model[_model(thing)].append(thing)
    found = {}
    for model, some in by_model.items():
        if not issubclass(model, (Page, DraftStateMixin, CollectionMember)):
            continue
        keys = [thing.pk for thing in some]
        seen = visible(user, model._default_manager.filter(pk__in=keys))
        for thing in named_for(user, seen) if model is Page else seen:
            title = thing.get_admin_display_title() if model is Page else str(thing)
            found[model, thing.pk] = title
    return found


def _model(thing: Any) -> type[Any]:
    return Page if isinstance(thing, Page) else type(thing)
