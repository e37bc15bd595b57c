"""Answers with a page that was read before, ahead of Django's middleware; see ``FastPath``."""

import re
from typing import Final

from django.conf import settings

from cms.delivery.http.document_queries import content_version
from cms.delivery.http.fast_path import Environ, asked_in
from cms.delivery.http.headers import headers_of_middleware
from cms.delivery.http.responses import Answer
from cms.languages.registry import LANGUAGES
from cms.reader.serving.answers import kept_pages
from cms.reader.serving.views import kept_name

_PAGE: Final = re.compile(rf"/(?:{'|'.join(LANGUAGES)})/(?:[\w\-]+/)*\Z", re.ASCII)
"""Paths with other signs than these are left to Django, which decodes them."""


class PageAnswers:
    """Answers with pages that are kept; the view keeps them."""

    def __init__(self) -> None:
        self.constant = headers_of_middleware()
        self.leads_elsewhere = bool(settings.FRONT_END_URL or settings.FORCE_SCRIPT_NAME)

    def __call__(self, request: Environ) -> Answer | None:
        """Answers, or hands over."""
        path = request["PATH_INFO"]
        if self.leads_elsewhere or request.get("QUERY_STRING") or not _PAGE.match(path):
            return None
        kept = kept_pages.get(kept_name(request.get("HTTP_HOST", ""), path), content_version())
        if kept is None:
            return None
        answer = kept.answer(asked_in(request))
        return answer._replace(headers={**answer.headers, **self.constant})
