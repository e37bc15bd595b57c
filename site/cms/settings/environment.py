"""Every environment variable that the site reads, each in this one place.

``docs/settings.md`` lists them with their defaults. An empty variable counts as not set.
"""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from cms.common import former_names
from cms.languages.registry import InvalidFallbacks, parse_fallbacks

PROJECT_ROOT: Final = Path(__file__).resolve().parents[3]

# Production recognises by this that a secret was generated for development.
DEVELOPMENT_SECRET_PREFIX: Final = "development-"  # noqa: S105

# Entries. Django's default of 300 would drop renditions as fast as pages show them.
LARGEST_CACHE: Final = 20_000

_environment: Final = environ.Env()


def _text(variable: str, default: str = "") -> str:
    return os.environ.get(variable, "").strip() or default


def whole_number(variable: str, default: int, least: int = 0) -> int:
    """Return a number that a variable holds.

    Raises:
        ImproperlyConfigured: it is none, or too small.
    """
    text = _text(variable, str(default))
    if not text.isdecimal() or int(text) < least:
        raise ImproperlyConfigured(
            f"{variable} is {text!r}. Set it to a whole number, {least} or more."
        )
    return int(text)


HOST: Final = _text("HOST", "127.0.0.1")
PORT: Final = _text("PORT", "8000")
DATA_DIR: Final = PROJECT_ROOT / Path(_text("DATA_DIR", "var")).expanduser()
SITE_NAME: Final = _text("SITE_NAME", "CMS")
DEBUG: Final = _text("DEBUG", "false").lower() in environ.Env.BOOLEAN_TRUE_STRINGS
FAST_PATH: Final = _text("FAST_PATH", "true").lower() in environ.Env.BOOLEAN_TRUE_STRINGS
WEBHOOKS_ALLOW_PRIVATE_ADDRESSES: Final = (
    _text("WEBHOOKS_ALLOW_PRIVATE_ADDRESSES", "false").lower() in environ.Env.BOOLEAN_TRUE_STRINGS
)
SECRET_KEY: Final = _text("SECRET_KEY")
BASE_URL: Final = _text("BASE_URL").rstrip("/")
MEDIA_INTERNAL_URL: Final = _text("MEDIA_INTERNAL_URL")
BUNDLE_URL: Final = _text("BUNDLE_URL")
FRONT_END_URL: Final = _text("FRONT_END_URL").rstrip("/")
ALLOWED_HOSTS: Final = [host.strip() for host in _text("ALLOWED_HOSTS").split(",") if host.strip()]
EXPORTS_KEPT_DAYS: Final = whole_number("EXPORTS_KEPT_DAYS", 30, least=1)
EXPORTS_KEPT_MEGABYTES: Final = whole_number("EXPORTS_KEPT_MEGABYTES", 10_000)
EMAIL_URL: Final = _text("EMAIL_URL")
DEMO_PASSWORD: Final = _text("DEMO_PASSWORD")


def mirror_folder() -> Path | None:
    """Return the folder of the static mirror, if there is to be one."""
    name = _text("MIRROR_DIR")
    return PROJECT_ROOT / Path(name).expanduser() if name else None


def language_fallbacks() -> dict[str, tuple[str, ...]]:
    """Return each language's fallbacks: ``LANGUAGE_FALLBACKS`` over the registry's defaults.

    Raises:
        ImproperlyConfigured: the variable names an unknown language or goes in a circle.
    """
    try:
        return parse_fallbacks(_text("LANGUAGE_FALLBACKS"))
    except InvalidFallbacks as error:
        raise ImproperlyConfigured(str(error)) from error


@dataclass(frozen=True, slots=True)
class Mail:
    """The way in which mail leaves the site, as Django's settings name it.

    Attributes:
        sender: who it is from.
    """

    backend: str
    sender: str
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    use_tls: bool = False
    use_ssl: bool = False


_MAIL_PORTS: Final = {"smtp": 25, "smtp+tls": 587, "smtp+ssl": 465}
_BACKENDS: Final = "django.core.mail.backends"
NO_MAIL: Final = f"{_BACKENDS}.dummy.EmailBackend"


def mail() -> Mail:
    """Return where mail goes: ``EMAIL_URL``, the terminal without it, nowhere with ``none``.

    Raises:
        ImproperlyConfigured: the variable is no address of a mail server. It is not repeated, as
            there is a password in it.
    """
    url = _text("EMAIL_URL")
    sender = f"noreply@{urlsplit(BASE_URL).hostname or 'localhost'}"
    if not url:
        return Mail(f"{_BACKENDS}.console.EmailBackend", sender)
    if url == "none":
        return Mail(NO_MAIL, sender)
    address, _mark, query = url.partition("?")
    try:
        parts = urlsplit(address)
        port = parts.port or _MAIL_PORTS[parts.scheme]
        [(name, sender)] = parse_qsl(query, strict_parsing=True) if query else [("from", sender)]
        is_right = (
            bool(parts.hostname) and parts.path in ("", "/") and name == "from" and "@" in sender
        )
    except (KeyError, ValueError):
        is_right = False
    if not is_right:
        raise ImproperlyConfigured(
            "EMAIL_URL is not the address of a mail server. Set it to "
            "smtp+tls://user:password@mail.example.org:587/?from=cms@example.org, with smtp+ssl or "
            "smtp instead where the server wants that; or to none, for a site that sends no mail."
        )
    found: dict[str, Any] = dict(_environment.email_url_config(address))
    return Mail(
        backend=found["EMAIL_BACKEND"],
        sender=sender,
        host=found["EMAIL_HOST"],
        port=port,
        user=found["EMAIL_HOST_USER"] or "",
        password=found["EMAIL_HOST_PASSWORD"] or "",
        use_tls=found.get("EMAIL_USE_TLS", False),
        use_ssl=found.get("EMAIL_USE_SSL", False),
    )


def _database_file() -> Path:
    path, former = DATA_DIR / "cms.sqlite3", DATA_DIR / former_names.DATABASE_FILE
    return former if former.exists() and not path.exists() else path


def database() -> dict[str, Any]:
    """Return Django's settings of the database that ``DATABASE_URL`` names.

    Default: the file ``cms.sqlite3`` in ``DATA_DIR``, or the one with the former name where that
    is the one there is. It is not renamed: a process that has it open would go on writing a log
    beside it under the former name.

    Raises:
        ImproperlyConfigured: the address is neither ``sqlite:`` nor ``postgres:``.
    """
    url = _text("DATABASE_URL", f"sqlite:///{_database_file()}")
    scheme = url.partition(":")[0]
    if scheme not in {"sqlite", "postgres", "postgresql"}:
        raise ImproperlyConfigured(
            f"DATABASE_URL begins with {scheme!r}, which this site does not run on. "
            "Set it to postgres://user:password@host:port/name or sqlite:///path."
        )
    configuration: dict[str, Any] = dict(_environment.db_url_config(url))
    if scheme == "sqlite":
        # Opening the file and setting it up takes longer than answering most requests.
        return configuration | {"CONN_MAX_AGE": None, "OPTIONS": sqlite_options()}
    # A connection that broke meanwhile is found before it is used, not by a visitor.
    return configuration | {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}


def cache() -> dict[str, Any]:
    """Return Django's settings of the cache that ``CACHE_URL`` names.

    Default: files under ``DATA_DIR``, which all workers of a machine share. A cache of each
    worker's own would go on with start pages that another worker has changed.
    """
    configuration: dict[str, Any] = dict(
        _environment.cache_url_config(_text("CACHE_URL", f"filecache://{DATA_DIR / 'cache'}"))
    )
    options = configuration.setdefault("OPTIONS", {})
    options.setdefault("MAX_ENTRIES", LARGEST_CACHE)
    return configuration


def sqlite_options() -> dict[str, Any]:
    """Return Django's options of an SQLite database that has readers and a writer at one time."""
    return {
        # A transaction that begins as a reader and then writes fails at once when another has
        # written meanwhile, whatever the timeout; one that begins as a writer waits its turn.
        "transaction_mode": "IMMEDIATE",
        # Seconds that a writer waits for another.
        "timeout": 20,
        # WAL lets readers go on while there is a writer; with it, NORMAL loses nothing but the
        # latest commits, and only when the machine itself loses power.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
        "PRAGMA foreign_keys=ON;",
    }


def development_secret() -> str:
    """Return the secret key of this checkout, generated on first use and kept in ``DATA_DIR``."""
    path = DATA_DIR / "secret-key"
    DATA_DIR.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    secret = DEVELOPMENT_SECRET_PREFIX + secrets.token_urlsafe(48)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(f"{secret}\n")
    return secret
