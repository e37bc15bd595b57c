"""Names in the translators' editor no draft of another language.

The editor of wagtail-localize 1.14.5 has the titles of a page or fact in all languages, of those
that are not published too. Here it has those that the user may see, and the source. May go when
upstream asks for permissions there.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from wagtail_localize.models import Translation

from cms.content.admin.visible import visible
from cms.upstream.replacement import Replacement, apply_replacements

View = Callable[[HttpRequest, Translation, Any], HttpResponse]


def apply() -> None:
    """Puts it in, before the admin's addresses are made."""
    apply_replacements(
        Replacement(
            "wagtail_localize.views.edit_translation:edit_translation",
            "a6457c5b67a42e9490f671078a6d3137a0e6307a7a670eeaf18461e0079cad6d",
            with_visible_languages,
        )
    )


def with_visible_languages(view: View) -> View:
    """The editor, which finds no other versions than those."""

    @wraps(view)
    def edit_translation(
        request: HttpRequest, translation: Translation, instance: Any
    ) -> HttpResponse:
        if request.method == "GET":
            every = instance.get_translations

            def seen(inclusive: bool = False) -> Any:
                versions = every(inclusive=inclusive)
                is_seen = Q(pk__in=visible(request.user, versions).order_by().values("pk"))
                return versions.filter(is_seen | Q(locale=translation.source.locale_id))

            instance.get_translations = seen
        return view(request, translation, instance)

    return edit_translation
