"""The visitor's language, for pages and the admin but not for the API."""

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from cms.common.api_addresses import is_api


class PageLocaleMiddleware(LocaleMiddleware):
    """Django's LocaleMiddleware, except for addresses of the API.

    There it would add ``Vary: Accept-Language``, so that no shared cache could keep a response, and
    a ``Content-Language`` that is not the document's.
    """

    def process_request(self, request: HttpRequest) -> None:
        """Activate the visitor's language; under the API, the site's default whoever asks."""
        if not is_api(request.path_info):
            super().process_request(request)
            return
        # The thread may still have the language of the request that it served before.
        translation.deactivate()
        request.LANGUAGE_CODE = settings.LANGUAGE_CODE

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Say which language the response is in; under the API the response itself says it.

        A file is in no language of the site.
        """
        speaks_none = getattr(response, "speaks_no_language", False)
        if speaks_none or is_api(request.path_info):
            return response
        return super().process_response(request, response)
