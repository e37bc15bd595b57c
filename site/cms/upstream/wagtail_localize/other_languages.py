"""Names in the translators' editor no other language than those that the user edits.

The editor of wagtail-localize 1.14.5 has the titles of a page or fact in all languages, of those
that are not published too, and links to each, though the user may not open it. Here it has those
that the user may change, and the source, to which our template links where it may be changed. May
go when upstream asks for permissions there.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from wagtail_localize.models import Translation

from cms.translation.roles.permissions import changeable
from cms.upstream.replacement import Replacement, apply_replacements

View = Callable[[HttpRequest, Translation, Any], HttpResponse]


def apply() -> None:
    """Puts it in, before the admin's addresses are made."""
    apply_replacements(
        Replacement(
            "wagtail_localize.views.edit_translation:edit_translation",
            "a6457c5b67a42e9490f671078a6d3137a0e6307a7a670eeaf18461e0079cad6d",
            with_own_languages,
        )
    )


def with_own_languages(view: View) -> View:
    """The editor, which finds no other versions than those."""

    @wraps(view)
    def edit_translation(
        request: HttpRequest, translation: Translation, instance: Any
    ) -> HttpResponse:
        if request.method == "GET":
            every = instance.get_translations

            def own_versions(inclusive: bool = False) -> Any:
                versions = every(inclusive=inclusive)
                own = changeable(request.user, type(instance)).order_by().values("pk")
                return versions.filter(Q(pk__in=own) | Q(locale=translation.source.locale_id))

            instance.get_translations = own_versions
        return view(request, translation, instance)

    return edit_translation
