"""Offers to put pages in another order to nobody who may not.

The explorer of Wagtail 8.0.1 shows the handles by which pages are dragged to everybody who looks at
the order of the tree, which is how ours opens; what is dragged is refused afterwards. Here who may
not reorder sees the pages in the same order, without handles. May go when upstream asks for the
permission there.
"""

from functools import cached_property
from typing import Any

from wagtail.admin.views.pages.listing import ExplorableIndexView

from cms.upstream.replacement import Replacement, apply_replacements


def apply() -> None:
    """Puts it in."""
    apply_replacements(
        Replacement(
            "wagtail.admin.views.pages.listing:ExplorableIndexView.show_ordering_column",
            "ca047e097888897c408f6b56e18f91eb6cc1227b97eba5c96252be3c3498cf74",
            for_who_may_reorder,
        )
    )


def for_who_may_reorder(shown: Any) -> Any:
    """The column of handles, where they are of use."""

    def show_ordering_column(view: Any) -> bool:
        return bool(shown.func(view)) and view.permissions.can_reorder_children()

    column = cached_property(show_ordering_column)
    column.__set_name__(ExplorableIndexView, "show_ordering_column")
    return column
