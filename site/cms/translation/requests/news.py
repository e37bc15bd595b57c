"""The text of the mail that tells a translator what is new."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from wagtail.models import Locale

from cms.languages.names import display_name, translated_name
from cms.translation.models import LanguageStatus, TranslationRequest

LINES: Final = 20
"""Pages and facts that one list of the mail names."""


@dataclass(slots=True)
class LanguageNews:
    """The news for one language.

    Attributes:
        requests: by what is new about them: ``new``, ``soon`` or ``overdue``.
        outdated: what has to be looked at again since the source changed.
    """

    locale: Locale
    requests: dict[str, list[TranslationRequest]] = field(
        default_factory=lambda: {"overdue": [], "soon": [], "new": []}
    )
    outdated: list[LanguageStatus] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Tells whether there are any."""
        return bool(self.outdated) or any(self.requests.values())


def write_mail(news: list[LanguageNews], language: str) -> tuple[str, str]:
    """The subject and the plain text, in a language of the admin."""
    site = str(getattr(settings, "WAGTAILADMIN_BASE_URL", "") or "").rstrip("/")
    with override(language):
        if len(news) == 1:
            name = translated_name(news[0].locale.language_code)
            subject = _("News for your translations into %(language)s") % {"language": name}
        else:
            subject = _("News for your translations")
        lines = [line for one in news for line in _language(one)]
        lines += [
            _("Your desk: %(address)s") % {"address": f"{site}{reverse('wagtailadmin_home')}"},
            _(
                "You get this mail at most once a day. You can turn it off in your account: "
                "%(address)s"
            )
            % {"address": f"{site}{reverse('wagtailadmin_account')}#tab-notifications"},
        ]
        return subject, "\n\n".join(lines)


def _language(news: LanguageNews) -> Iterator[str]:
    """The paragraphs of a language."""
    headings = {
        "overdue": _("Overdue"),
        "soon": _("Due soon"),
        "new": _("Asked for"),
    }
    yield display_name(news.locale.language_code).upper()
    for name, requests in news.requests.items():
        if requests:
            yield _list(headings[name], [_request(one) for one in requests])
    if news.outdated:
        titles = [one.source.object_repr for one in news.outdated]
        yield _list(_("Out of date: the source has changed"), titles)


def _list(heading: str, items: list[str]) -> str:
    lines = [f"{heading}:", *(f"- {item}" for item in items[:LINES])]
    if (more := len(items) - LINES) > 0:
        lines.append(ngettext("and %(count)d more", "and %(count)d more", more) % {"count": more})
    return "\n".join(lines)


def _request(request: TranslationRequest) -> str:
    day = _("wanted by %(day)s") % {"day": date_format(request.due)}
    parts = [request.source.object_repr, day, request.asker]
    line = ", ".join(part for part in parts if part)
    return f"{line}\n  {request.note}" if request.note else line
