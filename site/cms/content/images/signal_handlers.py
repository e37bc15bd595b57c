"""Reactions to the saving of images."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from cms.content.images.tasks import make_renditions_of
from cms.content.models import ContentImage


@receiver(post_save, sender=ContentImage)
def enqueue_renditions(
    instance: ContentImage, created: bool = False, raw: bool = False, **kwargs: Any
) -> None:
    """Leaves the renditions of a new file to the worker; a fixture brings its own.

    In the transaction that stores the image: a machine that stops leaves both or neither.
    """
    if (created or instance.has_new_file) and instance.waits_for_worker and not raw:
        make_renditions_of.enqueue(instance.pk)
