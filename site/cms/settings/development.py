"""Settings for one's own machine, where ``make run`` serves the site."""

from cms.settings import environment
from cms.settings.base import *  # noqa: F403
from cms.settings.base import BASE_URL, LISTEN_URL, STATIC_ROOT

DEBUG = environment.DEBUG
SECRET_KEY = environment.SECRET_KEY or environment.development_secret()
WAGTAILADMIN_BASE_URL = BASE_URL or LISTEN_URL
ALLOWED_HOSTS = environment.ALLOWED_HOSTS or [
    "localhost",
    "127.0.0.1",
    "[::1]",
    # Listening on every address means being called by any name.
    "*" if environment.HOST in {"0.0.0.0", "::"} else environment.HOST,  # noqa: S104
]
# Static files straight from the packages: nothing to collect before the first run.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
# WhiteNoise warns of a folder that is not there, though nothing is read from it here.
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
