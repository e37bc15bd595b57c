"""Settings that hold everywhere."""

from http import HTTPStatus
from logging import LogRecord
from typing import Any

from django.utils.functional import lazy
from django.utils.log import CallbackFilter

from cms.languages.django_registration import register_with_django, right_to_left_codes
from cms.languages.names import lazy_display_name
from cms.languages.registry import LANGUAGES as REGISTERED_LANGUAGES
from cms.languages.registry import SOURCE_LANGUAGE_CODE
from cms.settings import environment
from cms.settings.site_name import site_name

register_with_django()

PROJECT_ROOT = environment.PROJECT_ROOT

INSTALLED_APPS = [
    # Before every Wagtail app: its ready() tells API v3 the schemas of our fields, which must be
    # known when wagtail.api.v3.registry is first imported.
    "cms.content",
    "cms.languages",
    "cms.translation",
    "cms.delivery",
    "cms.delivery.webhooks",
    "cms.delivery.caching",
    "cms.delivery.search",
    "cms.delivery.previews",
    "cms.exchange",
    "cms.export",
    "cms.reader",
    "cms.wastebasket",
    "cms.demo",
    "home",
    "strategy",
    "wagtail_localize",
    # Wagtail's own locales, not wagtail-localize's: trees are not synchronised, and the other app
    # takes the locales endpoint out of API v3.
    "wagtail.locales",
    "wagtail.contrib.frontend_cache",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.api.v2",
    "wagtail.api.v3",
    "wagtail",
    "modelcluster",
    "taggit",
    "ninja",
    "rest_framework",
    "django_filters",
    "corsheaders",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "cms.common.site_address.SiteAddressMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cms.delivery.http.conditional_middleware.ConditionalGetMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cms.languages.middleware.PageLocaleMiddleware",
    "cms.delivery.http.validation_middleware.ValidationMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "cms.translation.admin.guard.LanguageGuard",
    "cms.translation.admin.taking_down.TakingDownChoice",
    "cms.content.admin.page_guard.PageGuard",
    "cms.content.admin.typed_text.TypedText",
    "cms.delivery.previews.admin.view_draft.ViewDraft",
    "django.contrib.messages.middleware.MessageMiddleware",
    "cms.translation.admin.restore_errors.RestoreErrors",
    "cms.content.rules.admin.refused_publishing.RefusedPublishing",
    "cms.content.images.notices.PictureNotices",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Addresses

# Of the site, where the environment says it. The database holds it, see cms.common.site_address:
# migrate writes this there, and a check names a difference.
BASE_URL = environment.BASE_URL
# Where ``make run`` listens: the address of a site for which nothing else is said.
LISTEN_URL = f"http://{environment.HOST}:{environment.PORT}"


def _site_address() -> str:
    from cms.common.site_address import site_address

    return site_address()


# Wagtail's API asks for it whenever it makes an address.
WAGTAILAPI_BASE_URL = lazy(_site_address, str)()

# Data

DATA_DIR = environment.DATA_DIR
DATABASES = {"default": environment.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": environment.cache()}
TASKS = {
    # What is over in a moment is done at once; what takes long waits for the worker.
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "background": {"BACKEND": "django_tasks_db.DatabaseBackend"},
}

MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"
# Where the web server in front gives out files that the site has let go; see docs/files.md.
MEDIA_INTERNAL_URL = environment.MEDIA_INTERNAL_URL
STATIC_ROOT = DATA_DIR / "static"
STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# A page with many blocks has more form fields than Django's default of 1,000 allows.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Safety

DEBUG = False
DEMO_PASSWORD = environment.DEMO_PASSWORD
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{validator}"}
    for validator in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
SECURE_REFERRER_POLICY = "same-origin"
# Wagtail shows previews in frames of its own pages.
X_FRAME_OPTIONS = "SAMEORIGIN"
SILENCED_SYSTEM_CHECKS = ["security.W019"]

# What is published may be read from any origin; nothing may be written from another one, and no
# browser sends credentials along.
CORS_URLS_REGEX = r"^/+api(?:/.*)?$"
CORS_ALLOW_ALL_ORIGINS = True
CORS_ALLOW_METHODS = ("GET", "HEAD", "OPTIONS")
CORS_ALLOW_HEADERS = ("accept", "accept-language", "content-type", "if-none-match")

# Delivery

FAST_PATH = environment.FAST_PATH
# Where readers are led; empty where the site's own pages are for them. See docs/reader.md.
FRONT_END_URL = environment.FRONT_END_URL
# Where the worker keeps a static mirror; see docs/mirror.md.
MIRROR_DIR = environment.mirror_folder()
# Days for which a reader of changes/ may be away and still go on where it was.
REMOVALS_KEPT_DAYS = 90
# How many proxies stand before the site and say for whom they ask; limits are counted by address.
NINJA_NUM_PROXIES = 0

# Errors


def _is_not_404(record: LogRecord) -> bool:
    return getattr(record, "status_code", None) != HTTPStatus.NOT_FOUND


# On standard error, each with its traceback, of requests, tasks and commands alike: Django itself
# writes none anywhere where DEBUG is off. A visitor sees none of it.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    # Whoever guesses addresses would fill it.
    "filters": {"not_404": {"()": CallbackFilter, "callback": _is_not_404}},
    "handlers": {
        "standard_error": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["not_404"],
        }
    },
    "root": {"handlers": ["standard_error"], "level": "WARNING"},
    "loggers": {"django": {"handlers": [], "level": "INFO"}},
}

# Mail

_mail = environment.mail()
EMAIL_BACKEND = _mail.backend
EMAIL_HOST = _mail.host
EMAIL_PORT = _mail.port
EMAIL_HOST_USER = _mail.user
EMAIL_HOST_PASSWORD = _mail.password
EMAIL_USE_TLS = _mail.use_tls
EMAIL_USE_SSL = _mail.use_ssl
# Seconds. Without it the worker would wait for ever for a server that does not answer.
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = _mail.sender
# It would say that it had sent a message.
WAGTAIL_PASSWORD_RESET_ENABLED = EMAIL_BACKEND != environment.NO_MAIL

# Exports

# Where the bundle that manage.py export_content writes can be fetched; empty where it cannot.
BUNDLE_URL = environment.BUNDLE_URL
# Days for which a file that somebody has made in the admin waits to be fetched.
EXPORTS_KEPT_DAYS = environment.EXPORTS_KEPT_DAYS
# What all of these files together may take on the disk; 0 for no limit.
EXPORTS_KEPT_MEGABYTES = environment.EXPORTS_KEPT_MEGABYTES

# Wastebasket

# Days for which a deleted page can be brought back.
WASTEBASKET_DAYS = 30

# Languages

USE_I18N = True
WAGTAIL_I18N_ENABLED = True
LANGUAGE_CODE = SOURCE_LANGUAGE_CODE
LANGUAGES = [(code, lazy_display_name(code)) for code in REGISTERED_LANGUAGES]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
LANGUAGES_BIDI = right_to_left_codes()
LANGUAGE_FALLBACKS = environment.language_fallbacks()
LOCALE_PATHS = [PROJECT_ROOT / "locale"]
# Editors read the admin in a language that Wagtail itself is translated into, each by its own name.
WAGTAILADMIN_PERMITTED_LANGUAGES = [
    (code, REGISTERED_LANGUAGES[code].name) for code in ("sv", "en", "fi")
]

USE_TZ = True
TIME_ZONE = "Europe/Stockholm"
# Used where Django has no formats for a language: ISO dates rather than an American order, and
# never "M01" for a month.
DATE_FORMAT = SHORT_DATE_FORMAT = "Y-m-d"
DATETIME_FORMAT = SHORT_DATETIME_FORMAT = "Y-m-d H:i"
TIME_FORMAT = "H:i"
YEAR_MONTH_FORMAT = "Y-m"
MONTH_DAY_FORMAT = "m-d"
DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "\N{NO-BREAK SPACE}"
# Digits in a group, in languages for which Django has no formats.
NUMBER_GROUPING = 3
FIRST_DAY_OF_WEEK = 1

# Wagtail

# Asked each time: the name is content, which may change while the site runs.
WAGTAIL_SITE_NAME = lazy(site_name, str)()
# No request to another company for each user's picture.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILIMAGES_IMAGE_MODEL = "content.ContentImage"
# What is more fills the memory when it is decoded: 50 million take up to 200 MB.
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
# Sizes that have a name, for other sites; the API serves each image's under it. See docs/files.md.
IMAGE_SIZES = {
    "social": "fill-1200x630|bgcolor-ffffff|format-jpeg",
    "square": "fill-600x600",
}
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.content.images.forms.PictureForm"
WAGTAILDOCS_DOCUMENT_MODEL = "content.ContentDocument"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "ods", "odt", "pdf", "pptx", "txt", "xlsx", "zip"]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "cms.delivery.search.objects.backend"}}
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {"WIDGET": "cms.content.rich_text.editor.RichTextArea"}
}
WAGTAILAPI_RICH_TEXT_FORMAT = "html"
WAGTAILAPI_LIMIT_MAX = 100
# A page that moves leaves a redirect behind, of ours: see cms.content.redirects.
WAGTAILREDIRECTS_AUTO_CREATE = False
# New slugs are in ASCII; see cms.content.page_slugs.
WAGTAIL_ALLOW_UNICODE_SLUGS = False
# A submitted translation goes live when a translator publishes it, not untranslated at once.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
# A deleted page's translations stay what they are, and their texts are kept.
WAGTAILLOCALIZE_DISABLE_ON_DELETE = True
# Films are recognised by their address, so that saving a page never waits for another site.
WAGTAILEMBEDS_FINDERS = [{"class": "cms.content.blocks.video.PlayerFinder"}]

# Delivery

# The caches to purge when something is published, by name; see docs/caching.md.
WAGTAILFRONTENDCACHE: dict[str, dict[str, Any]] = {}
WEBHOOKS_ALLOW_PRIVATE_ADDRESSES = environment.WEBHOOKS_ALLOW_PRIVATE_ADDRESSES
WEBHOOKS_REQUIRE_HTTPS = False
