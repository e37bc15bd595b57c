"""Listens to everything that documents are made of, and invalidates what was changed.

Wagtail's own signals speak of publishing; a document also shows the title of a parent, the slug of
a linked page, the name of a municipality, the alternative size of an image. So this listens to
what is stored, whoever stores it.
"""

from functools import cache
from typing import Any

from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from django.dispatch import receiver
from modelcluster.fields import ParentalKey
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Locale,
    Page,
    PageViewRestriction,
    Site,
)
from wagtail.signals import post_page_move

from cms.content.api.delivered_types import delivered_snippets
from cms.content.api.references.dependencies import (
    file_token,
    image_token,
    page_token,
    snippet_token,
)
from cms.content.fields import stores_draft_alone
from cms.content.images.renditions import FILTERS
from cms.content.models import ContentDocument, ContentImage, ContentRendition
from cms.content.order.positions import positions_changed
from cms.content.redirects import leave_redirects
from cms.delivery.publishing.sequence import has_sequence_table, lock_sequence
from cms.delivery.tracking.transaction import invalidate, is_tracking
from cms.translation.status.counting import statuses_counted


@cache
def _owner_field(model: type[Any]) -> str | None:
    """The field by which a row belongs to a page or snippet, if it does."""
    for field in model._meta.concrete_fields:
        if isinstance(field, ParentalKey):
            return str(field.name)
    return None


@cache
def _is_snippet(model: type[Any]) -> bool:
    return model in delivered_snippets()


def _token(instance: Any) -> str | None:
    """The token of a changed object; ``None`` for one that no document shows."""
    model: Any = type(instance)
    if isinstance(instance, Page):
        return page_token(instance.translation_key)
    if _is_snippet(model):
        return snippet_token(instance.translation_key)
    if isinstance(instance, ContentImage):
        return image_token(instance.pk) if instance.pk else None
    if isinstance(instance, ContentDocument):
        return file_token(instance.pk) if instance.pk else None
    return None


@receiver(pre_delete)
def hold_before_deleting(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Locks the feed before the first of several objects is deleted in one transaction."""
    is_shown = isinstance(instance, Redirect) or _token(instance) is not None
    if is_shown and not is_tracking():
        lock_sequence()


@receiver(post_save)
def follow_saving(
    sender: Any, instance: Any, raw: bool = False, update_fields: Any = None, **kwargs: Any
) -> None:
    """Follows what is stored, which may show; what a draft alone holds does not."""
    if raw:
        return
    if (name := _owner_field(sender)) is not None and not isinstance(instance, Page):
        _touch_owner(instance, name)
    token = _token(instance)
    if token is None or stores_draft_alone(update_fields):
        return
    # The address before, with which those of all pages below it begin: see
    # ``upstream/wagtail/page_position.py``.
    before = instance.__dict__.pop("_address_before", None)
    has_moved = before not in (None, instance.__dict__.get("url_path"))
    if has_moved:
        leave_redirects(instance, before)
    # What an alias shows may be closed, and all below it is closed with it.
    is_of_alias = update_fields is not None and "alias_of_id" in update_fields
    invalidate(
        token,
        subtrees=(instance.pk,) if has_moved else (),
        closures=(instance.pk,) if is_of_alias else (),
    )


@receiver(post_delete)
def follow_deleting(sender: Any, instance: Any, origin: Any = None, **kwargs: Any) -> None:
    """Follows what is deleted: it takes its document along, and leaves those that showed it."""
    name = _owner_field(sender)
    if name is not None and not isinstance(instance, Page) and _is_of(origin, sender):
        _touch_owner(instance, name)
    if (token := _token(instance)) is not None:
        invalidate(token, is_deleted=True)


def _is_of(origin: Any, model: type[Any]) -> bool:
    """Tells whether rows were deleted themselves, one or many, and not along with another."""
    return isinstance(origin, model) or getattr(origin, "model", None) is model


def _touch_owner(instance: Any, name: str) -> None:
    owner = getattr(instance, name, None)
    if owner is not None and owner.pk and (token := _token(owner)) is not None:
        invalidate(token)


@receiver(post_page_move)
def follow_move(instance: Page, **kwargs: Any) -> None:
    """Invalidates everything under a page that moved: it has another address, and other readers."""
    invalidate(page_token(instance.translation_key), closures=(instance.pk,))


@receiver(positions_changed)
def follow_order(keys: Any, **kwargs: Any) -> None:
    """Invalidates pages that have another place among their siblings, in all languages."""
    invalidate(*map(page_token, keys))


@receiver(post_save, sender=PageViewRestriction)
@receiver(post_delete, sender=PageViewRestriction)
def follow_restriction(instance: PageViewRestriction, raw: bool = False, **kwargs: Any) -> None:
    """Follows restrictions: what is closed goes at once, in all languages, with all under it."""
    if not raw:
        _touch_restricted(instance)


@receiver(m2m_changed, sender=PageViewRestriction.groups.through)
def follow_admission(instance: Any, action: str, **kwargs: Any) -> None:
    """Follows admissions, whoever is let in: a restricted page has no document."""
    if action.startswith("post_") and isinstance(instance, PageViewRestriction):
        _touch_restricted(instance)


def _touch_restricted(restriction: PageViewRestriction) -> None:
    page = Page.objects.filter(pk=restriction.page_id).first()
    if page is not None:
        invalidate(page_token(page.translation_key), closures=(page.pk,))


@receiver(post_save, sender=CollectionViewRestriction)
@receiver(post_delete, sender=CollectionViewRestriction)
def follow_collection_restriction(
    instance: CollectionViewRestriction, raw: bool = False, **kwargs: Any
) -> None:
    """Invalidates the images and files of a collection that is closed or opened."""
    collection = Collection.objects.filter(pk=instance.collection_id).first()
    if collection is not None and not raw:
        touch_collection(collection)


@receiver(post_save, sender=Collection)
def follow_collection(instance: Collection, raw: bool = False, **kwargs: Any) -> None:
    """Invalidates a collection that moves: it may come under a closed one."""
    if not raw:
        touch_collection(instance)


def touch_collection(collection: Collection) -> None:
    """Invalidates the images and files of a collection and of those below it."""
    inside = {"collection__path__startswith": collection.path}
    images = ContentImage.objects.filter(**inside).values_list("pk", flat=True)
    files = ContentDocument.objects.filter(**inside).values_list("pk", flat=True)
    invalidate(*map(image_token, images), *map(file_token, files))


@receiver(post_save, sender=ContentRendition)
@receiver(post_delete, sender=ContentRendition)
def follow_rendition(instance: ContentRendition, raw: bool = False, **kwargs: Any) -> None:
    """Invalidates an image of which something that documents show was made or cleared away."""
    if instance.filter_spec in FILTERS and not raw:
        invalidate(image_token(instance.image_id))


@receiver(post_save, sender=Redirect)
@receiver(post_delete, sender=Redirect)
def follow_redirect(instance: Redirect, raw: bool = False, **kwargs: Any) -> None:
    """Follows redirects that an editor enters, imports or deletes, or that go with their page."""
    if not raw:
        invalidate(redirects=((instance.pk, instance.old_path),))


@receiver(post_save, sender=Site)
@receiver(post_delete, sender=Site)
@receiver(post_save, sender=Locale)
@receiver(post_delete, sender=Locale)
def follow_site_or_language(raw: bool = False, **kwargs: Any) -> None:
    """Invalidates everything: addresses begin with their site's, and documents name languages."""
    if not raw and has_sequence_table():
        invalidate(everything=True)


@receiver(statuses_counted)
def follow_counting(sender: Any, pages: Any, snippets: Any, **kwargs: Any) -> None:
    """Follows translation progress, and which texts are still in the source language."""
    invalidate(*map(page_token, pages), *map(snippet_token, snippets))
