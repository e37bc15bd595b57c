"""Gives a copy a slug as new pages have it.

``CopyPageAction`` of Wagtail 8.0.1 gives a copy, and each page below it, the slug of its original,
one too that is no longer possible for a new page. Here it becomes ASCII. May go when the action
asks a page for its slug.
"""

from functools import wraps
from inspect import signature
from typing import Any, Final

from wagtail.coreutils import find_available_slug

from cms.content.page_slugs import slug_of_new_page
from cms.upstream.replacement import Replacement, apply_replacements

COPY: Final = "wagtail.actions.copy_page:CopyPageAction._copy_page"


def apply() -> None:
    """Puts it in."""
    apply_replacements(
        Replacement(
            COPY, "dc57beb4cdadf375e5970c3972ae9bee074883e1f04a9146fda59403433109b3", with_new_slug
        )
    )


def with_new_slug(copy: Any) -> Any:
    """The copying of one page, whose slug becomes ASCII."""
    parameters = signature(copy)

    @wraps(copy)
    def copy_with_slug(*args: Any, **kwargs: Any) -> Any:
        bound = parameters.bind(*args, **kwargs)
        bound.apply_defaults()
        page, given = bound.arguments["page"], dict(bound.arguments["update_attrs"] or {})
        if not given.get("slug", page.slug).isascii():
            parent = bound.arguments["to"] or page.get_parent()
            given["slug"] = find_available_slug(parent, slug_of_new_page(page.specific))
            bound.arguments["update_attrs"] = given
        return copy(*bound.args, **bound.kwargs)

    return copy_with_slug
