"""The WSGI application that a server runs."""

import gc
import os
from typing import Any

from django.core.wsgi import get_wsgi_application

# A server that names no settings is a real one: it gets the settings that refuse to start unsafely.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")


def _application() -> Any:
    behind = get_wsgi_application()
    # Django is set up now, and its settings and models can be read.
    from django.conf import settings

    from cms.content.api.deferred_schemas import build_schemas
    from cms.delivery.openapi.reference import prepare_description

    build_schemas()
    # Nobody looks for garbage among all this again.
    gc.freeze()
    prepare_description()
    if not settings.FAST_PATH:
        return behind
    from cms.delivery.http.fast_path import FastPath
    from cms.reader.serving.fast_path import PageAnswers

    return FastPath(behind, PageAnswers())


application = _application()
