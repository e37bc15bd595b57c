"""The related language beside the source: the registry's, or the one that a user chose."""

from django.http import HttpRequest
from wagtail.models import Locale
from wagtail_localize.models import Translation

from cms.languages.registry import LANGUAGES

PARAMETER = "related"
"""Of the editor's address: the code of a language, or nothing for none."""


def related_locale(request: HttpRequest, translation: Translation) -> Locale | None:
    """The language to show beside; a choice in the address is kept for the session.

    Neither the source's language nor the one that is translated into can be it.
    """
    target = translation.target_locale.language_code
    key = f"related-language-{target}"
    chosen = request.GET.get(PARAMETER)
    if chosen is not None:
        request.session[key] = chosen if chosen in LANGUAGES else ""
    code = request.session.get(key, LANGUAGES[target].related if target in LANGUAGES else "")
    if code in ("", target, translation.source.locale.language_code):
        return None
    return Locale.objects.filter(language_code=code).first()
