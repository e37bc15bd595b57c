"""The paste from another program: the server says what becomes of it."""

import json
import re
from collections.abc import Collection
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin.rich_text.converters.db_html import RichTextRemoval

from cms.content.rich_text.conversion import RichTextConverter
from cms.content.rich_text.normalising import NotStorable, normalised
from cms.content.rich_text.reading import LANGUAGE

_FRAGMENT: Final = re.compile(r"<!--\s*StartFragment\s*-->(.*)<!--\s*EndFragment\s*-->", re.DOTALL)
_BODY: Final = re.compile(r"<body\b[^>]*>(.*)</body\s*>", re.DOTALL | re.IGNORECASE)


def copied(html: str) -> str:
    """The part of a clipboard's HTML that was copied; the rest is a page around it."""
    match = _FRAGMENT.search(html) or _BODY.search(html)
    return match[1] if match else html


class PasteView(View):
    """``POST`` with ``html``, ``features`` and ``language``, that of the text into which it goes.

    Answers the content for the editor, or why there is none.
    """

    http_method_names = ("post",)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Answers ``{"content": content state}``, ``{"message": str}``, or both."""
        features = request.POST.getlist("features")
        language = request.POST.get("language", "")
        try:
            html, removals = normalised(
                copied(request.POST.get("html", "")), tuple(features), language
            )
        except NotStorable as refused:
            return JsonResponse({"message": str(refused)}, status=422)
        content: Any = json.loads(RichTextConverter(features).from_database_format(html))
        message = _message(removals)
        return JsonResponse({"content": content, **({"message": message} if message else {})})


def _message(removals: Collection[RichTextRemoval]) -> str:
    """The message that says what goes; empty where nothing does."""
    sentences = []
    if names := sorted({f"<{each.tag}>" for each in removals if each.attribute != LANGUAGE}):
        said = _("Only the words were kept of %(names)s.")
        sentences.append(said % {"names": ", ".join(names)})
    sentences += [
        _("The link “%(words)s” stays, without the mark of its language.") % {"words": each.detail}
        for each in removals
        if each.attribute == LANGUAGE
    ]
    return " ".join(sentences)


def admin_urls() -> list[object]:
    """For Wagtail's hook that collects addresses."""
    return [path("rich-text/paste/", PasteView.as_view(), name="cms_paste")]
