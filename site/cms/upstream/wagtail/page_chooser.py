"""Shows in the page chooser what the user may see.

The chooser of Wagtail 8.0.1 opens below the page that all pages of the wanted type have above them,
its search names the page above each that it finds, and it names every page by the title of its
draft. Here it opens at the root and names no page above where that is a draft or closed, and names
a page that the user does not work on by its published title. May go when upstream asks for
permissions there.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from wagtail.admin.views.chooser import PageTitleColumn, ParentPageColumn
from wagtail.models import Page

from cms.content.admin.visible import named_for, sees_all
from cms.upstream.replacement import Replacement, UpstreamCode, apply_replacements, declare

VIEWS: Final = "wagtail.admin.views.chooser"

PARENT: Final = UpstreamCode(
    f"{VIEWS}:ParentPageColumn",
    "cd8d2b3775f61a67f7bbc8da1ea2437736b296224526bd30eb9b4a0c5dd74e63",
)
TITLE: Final = UpstreamCode(
    f"{VIEWS}:PageTitleColumn", "adb9fee086b1147afec08eb122109a4b8262e88335d2e298fa3764cea7f24232"
)


def apply() -> None:
    """Puts it in, before the admin's addresses are made."""
    declare(PARENT, TITLE)
    apply_replacements(
        Replacement(
            f"{VIEWS}:BrowseView",
            "675da4b0ec94357c91cb5a6ae94c6b0d3918818cd31bbe8e21a16bcd39549482",
            with_base(OpensWhereSeen),
        ),
        Replacement(
            f"{VIEWS}:SearchView",
            "0fe9a097c53bad951b6d9ef2eba27d856875bbaf6c4f72e31e1fb41f9cc50228",
            with_base(NamesWhatIsSeen),
        ),
        Replacement(
            f"{VIEWS}:ChosenMultipleView",
            "205ed552f9cb64db7430027699d24a37321ec4cd0ede285e813d39fe43548beb",
            with_base(ChosenAsSeen),
        ),
    )


def with_base(base: type[Any]) -> Callable[[Any], Any]:
    """A change that puts a class before a view."""
    return lambda view: type(view.__name__, (base, view), {"__doc__": view.__doc__})


class NamesWhatIsSeen:
    """For the chooser's lists."""

    request: Any

    @property
    def columns(self) -> list[Any]:
        """Upstream's columns, of which those with a title ask who looks."""
        columns: list[Any] = super().columns  # type: ignore[misc]
        for column in columns:
            if isinstance(column, PageTitleColumn):
                column.get_value = partial(_title_for, self.request.user, column.get_value)
            elif isinstance(column, ParentPageColumn):
                column.get_value = partial(_parent_for, self.request.user, column.get_value)
        return columns


class OpensWhereSeen(NamesWhatIsSeen):
    """For the chooser as it opens."""

    parent_page: Any

    def get_object_list(self) -> Any:
        """The pages below the parent, or below the root where that may not be seen."""
        if not sees_all(self.request.user, Page, [self.parent_page.pk]):
            self.parent_page = Page.get_first_root_node().specific
        return super().get_object_list()  # type: ignore[misc]


class ChosenAsSeen:
    """For pages of which several are chosen at once."""

    request: Any

    def render_chosen_response(self, result: list[dict[str, Any]]) -> Any:
        """Names each as the user may see it."""
        pages = Page.objects.filter(pk__in=[item["id"] for item in result])
        titles = {
            page.pk: page.get_admin_display_title() for page in named_for(self.request.user, pages)
        }
        named = [item | {"adminTitle": titles[item["id"]]} for item in result]
        return super().render_chosen_response(named)  # type: ignore[misc]


def _title_for(user: Any, value_of: Callable[[Any], Any], page: Any) -> Any:
    """The title; the row shows the same page once more."""
    named_for(user, [page])
    return value_of(page)


def _parent_for(user: Any, value_of: Callable[[Any], Any], page: Any) -> Any:
    """The page above, or nothing where that may not be seen."""
    parent = value_of(page)
    if not sees_all(user, Page, [parent.pk]):
        return None
    return named_for(user, [parent])[0]
