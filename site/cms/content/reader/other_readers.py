"""The preview of a page as readers of another language will see it, once the draft is published.

They get the page in their own language, else in the first of its fallbacks that has it: what
``GET /api/v3/entries/{locale}/{key}/`` answers. Publishing the draft changes no translation.
"""

from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponseBadRequest
from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Locale

from cms.content.reader.marking import direction
from cms.content.visibility import delivered_pages
from cms.languages.names import translated_name
from cms.languages.registry import LANGUAGES, SOURCE_LANGUAGE_CODE, fallback_chain
from cms.translation.texts.judging import known_texts

_MODE: Final = "readers-"
"""Prefix of the preview's modes, before the code of a language."""


@dataclass(frozen=True)
class Notice:
    """A sentence for the editor above the page; readers never see it.

    Attributes:
        language: in which it is.
    """

    text: str
    language: str

    @property
    def direction(self) -> str:
        """Direction of the text."""
        return direction(self.language)


def preview_modes(page: Any) -> list[tuple[str, str]]:
    """``[(name, label)]``: the page itself, then one for each other language of the site."""
    codes = set(Locale.objects.values_list("language_code", flat=True)) - {_code_of(page)}
    return [
        ("", _("In the language of the page")),
        *(
            (f"{_MODE}{code}", _("As readers of %(language)s see it") % _named(code))
            for code in LANGUAGES
            if code in codes
        ),
    ]


def shown_to_readers(page: Any, code: str) -> Any:
    """The page, or a live translation of it, that readers of a language get; ``None`` without any.

    Nothing but what anybody may see, and the draft at hand.
    """
    live = {
        one.locale.language_code: one
        for one in delivered_pages()
        .filter(translation_key=page.translation_key, alias_of=None)
        .exclude(locale_id=page.locale_id)
        .select_related("locale")
    }
    texts = known_texts((page.translation_key,)) if live else None
    own = _code_of(page)
    for each in (code, *fallback_chain(code)):
        if each == own:
            return page
        # What nobody has translated counts as absent.
        if each in live and texts and texts.of(page.translation_key, each).is_translation:
            return live[each].specific
    return None


def serve_to_readers(page: Any, request: HttpRequest, mode: str) -> Any:
    """The answer to a preview in one of our modes; ``None`` in any other."""
    if not mode.startswith(_MODE):
        return None
    code = mode.removeprefix(_MODE)
    if code not in LANGUAGES:
        return HttpResponseBadRequest("There is no such language.", content_type="text/plain")
    shown = shown_to_readers(page, code)
    request.readers_notice = _notice(page, shown, code, request.user)  # type: ignore[attr-defined]
    # What stands around the page is in the language of these readers.
    request.readers_language = code  # type: ignore[attr-defined]
    if shown is None:
        return TemplateResponse(request, "content/absent.html", {})
    with translation.override(_code_of(shown)):
        return shown.serve_preview(request, "").render()


def _code_of(page: Any) -> str:
    # A page that is being made may have no locale yet.
    return str(page.locale.language_code) if page.locale_id else SOURCE_LANGUAGE_CODE


def _named(code: str) -> dict[str, str]:
    return {"language": translated_name(code)}


def _notice(page: Any, shown: Any, code: str, user: Any) -> Notice:
    # The request of a preview does not say which language its sender's browser speaks.
    profile = getattr(user, "wagtail_userprofile", None)
    language = str((profile and profile.preferred_language) or settings.LANGUAGE_CODE)
    with translation.override(language):
        return Notice(_sentence(page, shown, code), language)


def _sentence(page: Any, shown: Any, code: str) -> str:
    if shown is None:
        return _(
            "The page is not published in %(language)s, nor in a language that its readers are "
            "offered instead. They do not find it."
        ) % _named(code)
    names = {**_named(code), "other": translated_name(_code_of(shown))}
    if shown is page:
        return (
            _(
                "The page is not published in %(language)s. Its readers get it in %(other)s, with "
                "what you have changed here."
            )
            % names
        )
    if shown.locale.language_code != code:
        return (
            _(
                "The page is not published in %(language)s. Its readers get it in %(other)s. What "
                "you have changed here stands there once that translation is published anew."
            )
            % names
        )
    published = date_format(shown.last_published_at, "DATE_FORMAT")
    return _(
        "The translation into %(language)s, as it was published on %(date)s. What you have "
        "changed here stands there once the translation is published anew."
    ) % {**names, "date": published}
