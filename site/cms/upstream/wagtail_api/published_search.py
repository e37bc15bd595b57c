"""Has pages searched by what is published of them.

Wagtail 8.0.1 searches pages for everybody in one index, in which drafts stand as well, and leaves
it to the filters of a list that none of them is found. Here a search without a token is one in
published documents, as that of ``entries/`` is; one with a token finds the same in the same order,
and of pages that are not published what is stored. May go when the search back end is told for whom
it searches.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest

from cms.delivery.search.objects.matches import searching_for
from cms.upstream.replacement import Replacement, apply_replacements


def apply() -> None:
    """Puts it in, for both versions of the API."""
    apply_replacements(
        Replacement(
            "wagtail.api.v3.schemas.params:SearchSchema.search_queryset",
            "6a4f414cf8986a7797dfeba00cf8f8e7ad7e7c687b9db89d9697f6eef4b1766f",
            among_published,
        ),
        Replacement(
            "wagtail.api.v2.filters:SearchFilter.filter_queryset",
            "34ac5bccb068247454da6ee92061b19e0663cfd3e9ceb4fc484f5a973deafb20",
            among_published,
        ),
    )


def among_published(search: Callable[..., Any]) -> Callable[..., Any]:
    """A list's search, which looks at published documents first."""

    @wraps(search)
    def search_for(own: Any, request: HttpRequest, *args: Any) -> Any:
        with searching_for("known" if request.user.is_authenticated else "everybody"):
            return search(own, request, *args)

    return search_for
