"""Keeps ranks and trees in order whenever a page comes, moves or goes."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import copy_for_translation_done, post_page_move

from cms.content.order.positions import forget, keep_place, positions_changed
from cms.content.order.trees import order_beside
from cms.languages.registry import SOURCE_LANGUAGE_CODE


@receiver(post_save)
def follow_new_page(
    sender: Any, instance: Any, created: bool = False, raw: bool = False, **kwargs: Any
) -> None:
    """Gives a new page its rank."""
    if created and not raw and isinstance(instance, Page):
        keep_place(instance)


@receiver(post_page_move)
def follow_move(instance: Page, **kwargs: Any) -> None:
    """Gives a page that moved its rank; the tree of a translation keeps the source's order."""
    keep_place(instance)
    if instance.locale.language_code != SOURCE_LANGUAGE_CODE:
        order_beside([instance.translation_key])


@receiver(positions_changed)
def follow_ranks(keys: Any, **kwargs: Any) -> None:
    """Has the trees of translations follow."""
    order_beside(keys)


@receiver(copy_for_translation_done)
def follow_copy(target_obj: Any, **kwargs: Any) -> None:
    """Puts a translation that was begun in the place that its source has."""
    if isinstance(target_obj, Page):
        order_beside([target_obj.translation_key])
        # The page at hand is stored again, and others are put below it.
        target_obj.path = Page.objects.values_list("path", flat=True).get(pk=target_obj.pk)


@receiver(post_delete, sender=Page)
def follow_deletion(instance: Page, **kwargs: Any) -> None:
    """Ranks the translations of a deleted page by their own trees, where some are left."""
    forget(instance.translation_key)
