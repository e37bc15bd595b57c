"""Gives a language its group of translators as soon as it exists, and takes it away with it."""

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.models import Group
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models.signals import post_delete, post_migrate, post_save
from django.dispatch import receiver
from wagtail.models import Locale, Page

from cms.translation.models import TranslatorGroup
from cms.translation.roles.groups import close_group, ensure_translator_group


@receiver(post_save, sender=Locale)
def make_group(instance: Locale, created: bool, using: str, raw: bool = False, **_: Any) -> None:
    """Makes the group of a new locale; one that a migration makes gets it afterwards."""
    if created and not raw and _is_migrated(using):
        ensure_translator_group(instance)


@receiver(post_delete, sender=TranslatorGroup)
def close_with_language(instance: TranslatorGroup, **_: Any) -> None:
    """Takes their permissions from the translators of a deleted locale."""
    group = Group.objects.filter(pk=instance.group_id).first()
    if group is not None:
        close_group(group)


@receiver(post_save)
def admit_to_start_page(
    sender: type, instance: Any, created: bool, raw: bool = False, **_: Any
) -> None:
    """Admits translators to the new start page of their language."""
    if created and not raw and issubclass(sender, Page) and instance.depth == 2:
        ensure_translator_group(instance.locale)


def make_groups_after_migration(sender: AppConfig, using: str = DEFAULT_DB_ALIAS, **_: Any) -> None:
    """Gives every language of an existing database its group, once all tables are there."""
    if _is_migrated(using):
        for locale in Locale.objects.all():
            ensure_translator_group(locale)


def _is_migrated(using: str) -> bool:
    tables = connections[using].introspection.table_names()
    return TranslatorGroup._meta.db_table in tables


def connect_after_migration(last: AppConfig) -> None:
    """Connects after the last application, when every other has its permissions."""
    post_migrate.connect(make_groups_after_migration, sender=last)
