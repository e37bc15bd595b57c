"""Reactions to the saving of images."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver

from cms.content.images.tasks import make_renditions_of
from cms.content.models import ContentImage


@receiver(post_save, sender=ContentImage)
def enqueue_renditions(instance: ContentImage, raw: bool = False, **kwargs: Any) -> None:
    """Makes the renditions once the image is safely stored; a fixture brings its own."""
    if not raw:
        transaction.on_commit(partial(make_renditions_of.enqueue, instance.pk))
