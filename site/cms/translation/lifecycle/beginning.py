"""Begins the translation of a page or snippet: a draft that nobody sees."""

from typing import Any

from django.db import transaction
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource


@transaction.atomic
def begin_translation(instance: Any, locale: Locale, user: Any = None) -> Any:
    """Makes the draft in which a page or snippet is translated, and those of the pages above it.

    What there is already stays as it is, and texts that were translated before are in it. Nothing
    is published. An alias, which shows the source's text under the language's name, becomes a
    draft as well.

    Args:
        instance: the source: a page or snippet in the language that is translated from.
        user: for the history of the page.

    Returns:
        The page or snippet in the language.
    """
    if isinstance(instance, Page):
        instance = instance.specific
        if instance.depth > 2:
            parent = instance.get_parent()
            if not _version(parent, locale):
                begin_translation(parent, locale, user)
    source, _created = TranslationSource.get_or_create_from_instance(instance)
    translation, created = Translation.objects.get_or_create(source=source, target_locale=locale)
    target = _version(instance, locale)
    if not translation.enabled and target is None:
        # It was deleted once; a page that was cut loose from its source stays loose.
        translation.enabled = True
        translation.save(update_fields=["enabled"])
    if target is None:
        alias = _alias(instance, locale)
        translation.save_target(user=user, publish=False)
        target = translation.get_target_instance()
        if alias is not None and target.live:
            target.unpublish(user=user)
            target.refresh_from_db()
    elif created:
        # Written in its own language, it is no translation: it stays what it is.
        translation.enabled = False
        translation.save(update_fields=["enabled"])
    return target


def _version(instance: Any, locale: Locale) -> Any:
    versions = type(instance)._default_manager.filter(
        translation_key=instance.translation_key, locale=locale
    )
    if isinstance(instance, Page):
        versions = versions.filter(alias_of=None)
    return versions.first()


def _alias(instance: Any, locale: Locale) -> Page | None:
    if not isinstance(instance, Page):
        return None
    found: Page | None = Page.objects.filter(
        translation_key=instance.translation_key, locale=locale, alias_of__isnull=False
    ).first()
    return found
