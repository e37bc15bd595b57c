"""The WSGI application that a server runs."""

import os

from django.core.wsgi import get_wsgi_application

# A server that names no settings is a real one: it gets the settings that refuse to start unsafely.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "norrbotten.settings.production")

application = get_wsgi_application()
