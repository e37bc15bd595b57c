"""Wagtail's Locale rows, one per registered language."""

from typing import Any

from django.apps import AppConfig
from django.apps import apps as installed_apps
from django.apps.registry import Apps
from django.db import DEFAULT_DB_ALIAS, connections, router

from cms.languages.registry import LANGUAGES


def locale_at_hand(pk: int, code: str) -> Any:
    """Return a Locale of which id and code are known, without a query."""
    locale_model: Any = installed_apps.get_model("wagtailcore", "Locale")
    return locale_model.from_db(DEFAULT_DB_ALIAS, ["id", "language_code"], [pk, code])


def create_missing_locales(apps: Apps = installed_apps, using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Create the Locale of each registered language that has none, and return their codes.

    Does nothing where the database has no table for them yet.
    """
    try:
        locale_model = apps.get_model("wagtailcore", "Locale")
    except LookupError:
        return []
    if not router.allow_migrate_model(using, locale_model):
        return []
    if locale_model._meta.db_table not in connections[using].introspection.table_names():
        return []
    existing = set(locale_model.objects.using(using).values_list("language_code", flat=True))
    missing = [code for code in LANGUAGES if code not in existing]
    for code in missing:
        locale_model.objects.using(using).create(language_code=code)
    return missing


def create_locales_after_migration(
    sender: AppConfig,
    using: str = DEFAULT_DB_ALIAS,
    apps: Apps = installed_apps,
    **options: object,
) -> None:
    """Give every database, the tests' included, its locales as soon as it has been migrated."""
    create_missing_locales(apps, using)
