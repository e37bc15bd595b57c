"""Follows what editors and translators do: sources stay in step, and everything stays counted."""

from typing import Any
from uuid import UUID

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, TranslatableMixin
from wagtail.signals import page_published, page_unpublished, published, unpublished
from wagtail_localize.models import (
    StringTranslation,
    Translation,
    handle_translation_on_delete,
)

from norrbotten.translation.counting import recount, recount_objects
from norrbotten.translation.models import Review
from norrbotten.translation.sources import follow, is_followed


@receiver([page_published, published])
def follow_publication(signal: Any, instance: Any, **kwargs: Any) -> None:
    """A source that is published is the source of all its translations from that moment on."""
    if signal is published and isinstance(instance, Page):
        return  # A page has a signal of its own, which a copied page sends alone.
    if is_followed(instance):
        follow(instance)
    elif isinstance(instance, TranslatableMixin):
        recount_objects([instance.translation_key])


@receiver([page_unpublished, unpublished])
def count_unpublished(instance: Any, **kwargs: Any) -> None:
    """What is no longer live is a draft; nobody has to translate it."""
    if isinstance(instance, TranslatableMixin):
        recount_objects([instance.translation_key])


@receiver(post_delete)
def count_deleted(sender: type, instance: Any, **kwargs: Any) -> None:
    """What is deleted in a language is missing there."""
    if isinstance(instance, TranslatableMixin) and sender is instance.get_translation_model():
        # wagtail-localize listens too, later, and what it does is counted here.
        handle_translation_on_delete(instance)
        recount_objects([instance.translation_key])


@receiver(post_save, sender=Translation)
@receiver(post_delete, sender=Translation)
def count_begun(instance: Translation, **kwargs: Any) -> None:
    """A translation that is begun or ended counts from then on."""
    recount([instance.source_id], [instance.target_locale_id])


@receiver(post_save, sender=StringTranslation)
def count_string(
    instance: StringTranslation, update_fields: Any = None, created: bool = False, **kwargs: Any
) -> None:
    """A changed text is nobody's reviewed text any more, and is counted."""
    if not created and (update_fields is None or "data" in update_fields):
        Review.objects.filter(translation=instance).delete()
    _count_object(instance)


@receiver(post_delete, sender=StringTranslation)
def count_deleted_string(instance: StringTranslation, **kwargs: Any) -> None:
    """A string that lost its translation waits for one."""
    _count_object(instance)


def _count_object(instance: StringTranslation) -> None:
    if instance.context is not None:
        key: UUID = instance.context.object_id
        recount_objects([key], [instance.locale_id])
