"""Shows a section in the order of the tree page by page.

Wagtail 8.0.1 shows all pages of a section at once where they can be dragged, which is how ours
opens: 2,000 of them are 10 MB and 8,000 queries. Here the list has its pages there as well. Each
row says its place and leads to the form that moves it to any other (see
``content/admin/placing.py``); dragging moves it within what is shown. May go when Wagtail shows an
ordered list page by page.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from wagtail.admin.ui.tables.orderable import OrderingColumn

from cms.content.admin.placing import PlaceColumn, place_of, reorder_address
from cms.upstream.replacement import Replacement, UpstreamCode, apply_replacements, declare


def apply() -> None:
    """Puts it in, before a list is shown."""
    declare(
        UpstreamCode(
            "wagtail.admin.ui.tables.orderable:OrderableTableMixin",
            "7aa830aaf1e1a5e7459e033b982f5498d27898c412a48fba92c5fd65f3383877",
        )
    )
    apply_replacements(
        Replacement(
            "wagtail.admin.views.pages.listing:ExplorableIndexView.get_paginate_by",
            "ede021ce81ce6dbdfcb2d469e804ec3cf6ddb5e67272e8ce5564ad6071fd2af2",
            in_pages,
        ),
        Replacement(
            "wagtail.admin.views.pages.listing:ExplorableIndexView.get_table",
            "dd90a0f9d794374c324520599b4b177bcec49a072b102ca84d303d4fd81c3160",
            with_places,
        ),
    )


def in_pages(_get_paginate_by: Any) -> Callable[..., int]:
    """The number of rows, whatever their order is."""

    def get_paginate_by(view: Any, _pages: Any) -> int:
        return int(view.paginate_by)

    return get_paginate_by


def with_places(get_table: Callable[..., Any]) -> Callable[..., Any]:
    """The table, in which what is dragged knows how many pages come before those shown."""

    @wraps(get_table)
    def get_placed_table(view: Any, pages: Any) -> Any:
        table = get_table(view, pages)
        if not view.show_ordering_column:
            return table
        before = place_of(pages[0]) if pages else 0
        table.reorder_url = reorder_address(before)
        table.base_attrs["style"] = f"counter-reset: place {before}"
        for name, column in table.columns.items():
            if isinstance(column, OrderingColumn):
                table.columns[name] = PlaceColumn(
                    column.name, width=column.width, sort_key=column.sort_key
                )
        return table

    return get_placed_table
