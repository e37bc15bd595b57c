"""Settings for a server that others reach; refuses to start where it would not be safe."""

from typing import Final
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from cms.settings import environment
from cms.settings.base import *  # noqa: F403
from cms.settings.base import BASE_URL, STORAGES

# Django's own measure of a weak key.
SHORTEST_SECRET: Final = 50
ONE_YEAR_IN_SECONDS: Final = 31_536_000


def _refuse_unsafe_environment() -> None:
    secret = environment.SECRET_KEY
    generation = "Generate one with: python -c 'import secrets; print(secrets.token_urlsafe(64))'"
    if environment.DEBUG:
        raise ImproperlyConfigured("DEBUG is on in production. Unset the variable DEBUG.")
    if not secret:
        raise ImproperlyConfigured(f"SECRET_KEY is not set. {generation}")
    if secret.startswith((environment.DEVELOPMENT_SECRET_PREFIX, "django-insecure-")):
        raise ImproperlyConfigured(f"SECRET_KEY is a development secret. {generation}")
    if len(secret) < SHORTEST_SECRET:
        raise ImproperlyConfigured(
            f"SECRET_KEY has {len(secret)} characters and needs {SHORTEST_SECRET}. {generation}"
        )
    if not environment.ALLOWED_HOSTS:
        raise ImproperlyConfigured(
            "ALLOWED_HOSTS is not set. List the host names that the site answers to, "
            "as in ALLOWED_HOSTS=cms.example.org,api.example.org."
        )
    if "*" in environment.ALLOWED_HOSTS:
        raise ImproperlyConfigured("ALLOWED_HOSTS is '*', any host. List the host names instead.")
    if not environment.BASE_URL:
        raise ImproperlyConfigured(
            "BASE_URL is not set. Give the address of the site, "
            "as in BASE_URL=https://cms.example.org."
        )
    if urlsplit(environment.BASE_URL).scheme != "https":
        raise ImproperlyConfigured(
            f"BASE_URL is {environment.BASE_URL!r}. In production it begins with https://."
        )
    if not environment.EMAIL_URL:
        raise ImproperlyConfigured(
            "EMAIL_URL is not set. Give the address of the mail server, as in "
            "EMAIL_URL=smtp+tls://user:password@mail.example.org:587/?from=cms@example.org, "
            "or EMAIL_URL=none for a site that sends no mail."
        )


_refuse_unsafe_environment()

SECRET_KEY = environment.SECRET_KEY
ALLOWED_HOSTS = environment.ALLOWED_HOSTS
WAGTAILADMIN_BASE_URL = BASE_URL
CSRF_TRUSTED_ORIGINS = [BASE_URL]

# TLS ends at a proxy, which says so in this header and must strip it from what visitors send.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
NINJA_NUM_PROXIES = 1
SECURE_HSTS_SECONDS = ONE_YEAR_IN_SECONDS
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

# What is within one's own network may do without.
WEBHOOKS_REQUIRE_HTTPS = not environment.WEBHOOKS_ALLOW_PRIVATE_ADDRESSES

WEB_ADDRESSES_CHECK = environment.are_web_addresses_checked(default=True)

STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
