"""Follows what editors and translators do: sources stay in step, and everything stays counted."""

from contextlib import ExitStack
from typing import Any, Final
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.dispatch import receiver
from wagtail.models import DraftStateMixin, Locale, Page, PageViewRestriction, TranslatableMixin
from wagtail.signals import (
    copy_for_translation_done,
    page_published,
    page_unpublished,
    post_page_move,
    published,
    unpublished,
)
from wagtail_localize.models import (
    StringTranslation,
    Translation,
    TranslationSource,
    handle_translation_on_delete,
)

from cms.translation.faults import fault_of
from cms.translation.lifecycle.closed_pages import staying_closed
from cms.translation.lifecycle.telling import follow_fact
from cms.translation.lifecycle.tree_alignment import follow_position
from cms.translation.lifecycle.view_restrictions import open_copies
from cms.translation.models import LanguageStatus, Review, SameOnPurpose
from cms.translation.sources.following import follow, is_followed
from cms.translation.status.counting import (
    recount,
    recount_objects,
    statuses_counted,
)
from cms.translation.status.judgement import UNCOUNTED_PATHS
from cms.translation.string_versions import keep_before_deleting, keep_before_saving
from cms.translation.strings import is_typed
from cms.translation.texts.digests import says_the_same
from cms.translation.texts.judging import KnownTexts
from cms.translation.texts.recording import record
from cms.translation.texts.same_on_purpose import say_same


@receiver([page_published, published])
def follow_publication(signal: Any, instance: Any, **kwargs: Any) -> None:
    """Follows a published source: its translations are made from it from now on."""
    if signal is published and isinstance(instance, Page):
        return  # A page has a signal of its own, which a copied page sends alone.
    # Recorded when it was saved, just before.
    texts: KnownTexts | None = instance.__dict__.pop(_RECORDED, None)
    if is_followed(instance):
        follow(instance, texts)
    elif isinstance(instance, TranslatableMixin):
        recount_objects([instance.translation_key], texts=texts)


@receiver(post_save)
def record_texts(
    sender: type, instance: Any, raw: bool = False, update_fields: Any = None, **kwargs: Any
) -> None:
    """Records what a page or fact says that is live, whoever stored it: by these it is judged."""
    if raw or not isinstance(instance, TranslatableMixin):
        return
    is_alias = bool(getattr(instance, "alias_of_id", None))
    if is_alias or not getattr(instance, "live", True) or _is_partial(instance):
        return
    if update_fields is None or not _BESIDE_TEXTS.issuperset(update_fields):
        instance.__dict__[_RECORDED] = record([instance])
    if update_fields is not None and not _ALIAS.isdisjoint(update_fields):
        # An alias that becomes a page of its own is live, and is not published by that.
        recount_objects([instance.translation_key])


_RECORDED: Final = "_recorded_texts"
"""Attribute that holds the known texts of a page or fact, from its saving to its publication."""

_ALIAS: Final = frozenset({"alias_of", "alias_of_id"})

_BESIDE_TEXTS = frozenset(
    {
        "draft_title",
        "expired",
        "first_published_at",
        "go_live_at",
        "has_unpublished_changes",
        "last_published_at",
        "latest_revision",
        "latest_revision_created_at",
        "live_revision",
        "locked",
        "locked_at",
        "locked_by",
        "numchild",
        "path",
        "slug",
        "url_path",
    }
)
"""Fields of what is stored by itself and is no text."""


def _is_partial(instance: Any) -> bool:
    """Tells whether a page was read as Wagtail's own type, without its texts."""
    return isinstance(instance, Page) and (
        instance.depth < 2
        or instance.content_type_id != ContentType.objects.get_for_model(type(instance)).pk
    )


@receiver(copy_for_translation_done)
def record_source(source_obj: Any, **kwargs: Any) -> None:
    """Records what the source of a copy says, which may never have been published."""
    if not getattr(source_obj, "live", True):
        record([source_obj.specific if isinstance(source_obj, Page) else source_obj])


@receiver(unpublished)
def tell_of_unpublished(instance: Any, **kwargs: Any) -> None:
    """Tells the translators of a fact that it is no longer published in the source's language."""
    if _is_published_fact(instance):
        follow_fact(instance)


@receiver(pre_delete)
def tell_of_deleted(sender: type, instance: Any, **kwargs: Any) -> None:
    """Tells the translators of a live fact that it is deleted in the source's language."""
    if _is_published_fact(instance) and instance.live:
        follow_fact(instance)


def _is_published_fact(instance: Any) -> bool:
    """Tells whether something is a fact in a language, which can be published."""
    return (
        isinstance(instance, TranslatableMixin)
        and isinstance(instance, DraftStateMixin)
        and not isinstance(instance, Page)
    )


@receiver([page_unpublished, unpublished])
def count_unpublished(instance: Any, **kwargs: Any) -> None:
    """Counts what is no longer live as a draft; nobody has to translate it."""
    if isinstance(instance, TranslatableMixin):
        recount_objects([instance.translation_key])


@receiver(post_delete)
def count_deleted(sender: type, instance: Any, origin: Any = None, **kwargs: Any) -> None:
    """Counts what is deleted in a language as missing there."""
    if _deleted_with(origin, Locale):
        return
    if isinstance(instance, TranslatableMixin) and sender is instance.get_translation_model():
        # wagtail-localize listens too, later, and what it does is counted here.
        handle_translation_on_delete(instance)
        recount_objects([instance.translation_key])


@receiver(post_save, sender=Translation)
@receiver(post_delete, sender=Translation)
def count_begun(instance: Translation, origin: Any = None, **kwargs: Any) -> None:
    """Counts a translation that is begun or ended; one that goes with its source counts nowhere."""
    if origin is None or _deleted_with(origin, Translation):
        recount([instance.source_id], [instance.target_locale_id])


@receiver(post_delete, sender=TranslationSource)
def show_uncounted(instance: TranslationSource, **kwargs: Any) -> None:
    """Has what is shown of a source follow that nothing is counted of it any more."""
    keys = {instance.object_id}
    statuses_counted.send(sender=LanguageStatus, pages=keys, snippets=keys)


@receiver(pre_save, sender=StringTranslation)
def keep_replaced(
    instance: StringTranslation, update_fields: Any = None, raw: bool = False, **kwargs: Any
) -> None:
    """Keeps the text that a string's translation had until now."""
    if not raw:
        keep_before_saving(instance, update_fields)


@receiver(pre_delete, sender=StringTranslation)
def keep_deleted(instance: StringTranslation, origin: Any = None, **kwargs: Any) -> None:
    """Keeps the text of a deleted translation; what goes with its language or source is gone."""
    if origin is None or _deleted_with(origin, StringTranslation):
        keep_before_deleting(instance)


@receiver(post_save, sender=StringTranslation)
def count_string(
    instance: StringTranslation, update_fields: Any = None, created: bool = False, **kwargs: Any
) -> None:
    """Counts a changed string, and drops its review: nobody has read it as it is."""
    if update_fields is None or "data" in update_fields:
        if not created:
            Review.objects.filter(translation=instance).delete()
        _judge_text(instance)
        _say_typed(instance)
    _count_object(instance)


def _say_typed(translation: StringTranslation) -> None:
    """Says that a text is the same on purpose where a person enters what the source says.

    In wagtail-localize's own editor there is no other way to say it. Ours has one, and saves
    without this signal: there somebody may copy the source to begin from it.
    """
    if (
        is_typed(translation.translation_type, translation.tool_name)
        and translation.last_translated_by_id is not None
        and translation.context is not None
        and translation.context.path not in UNCOUNTED_PATHS
        and says_the_same(translation.data, translation.translation_of.data)
    ):
        say_same(
            translation.locale_id,
            [translation.data],
            SameOnPurpose.How.TYPED,
            user=translation.last_translated_by,
        )


def _judge_text(translation: StringTranslation) -> None:
    """Marks a text that cannot be, with the reason for the editor; it is not used."""
    if not translation.has_error and (reason := fault_of(translation)):
        translation.set_field_error([ValidationError(reason)])


@receiver(post_delete, sender=StringTranslation)
def count_deleted_string(instance: StringTranslation, origin: Any = None, **kwargs: Any) -> None:
    """Counts a string that lost its translation."""
    if not _deleted_with(origin, Locale):
        _count_object(instance)


def _deleted_with(origin: Any, model: type) -> bool:
    """Tells whether a deletion began with a row of a model: a language goes with all it has."""
    return getattr(origin, "model", type(origin)) is model


@receiver(post_page_move)
def follow_move(instance: Page, **kwargs: Any) -> None:
    """Moves the translations of a page that moved, where they can."""
    if is_followed(instance):
        follow_position(instance)


@receiver(pre_delete, sender=PageViewRestriction)
def follow_opening(instance: PageViewRestriction, origin: Any = None, **kwargs: Any) -> None:
    """Opens what was closed along with the page; a deleted page opens nothing."""
    if _deleted_with(origin, PageViewRestriction):
        open_copies(instance, set(instance.groups.values_list("pk", flat=True)))


@receiver(pre_save)
def hold_closed(sender: type, instance: Any, update_fields: Any = None, **kwargs: Any) -> None:
    """Keeps an alias closed that becomes a page of its own, as the page that it showed is."""
    if isinstance(instance, Page) and not instance.alias_of_id and _is_of_alias(update_fields):
        instance.__dict__[_STAYING] = staying = ExitStack()
        staying.enter_context(staying_closed([instance.pk]))


@receiver(post_save)
def stay_closed(sender: type, instance: Any, **kwargs: Any) -> None:
    """Ends what :func:`hold_closed` has begun."""
    if (staying := instance.__dict__.pop(_STAYING, None)) is not None:
        staying.close()


_STAYING: Final = "_staying_closed"


def _is_of_alias(update_fields: Any) -> bool:
    """Tells whether it is stored of a page whether it is an alias, as converting does."""
    return update_fields is not None and not {"alias_of", "alias_of_id"}.isdisjoint(update_fields)


def _count_object(instance: StringTranslation) -> None:
    if instance.context is not None:
        key: UUID = instance.context.object_id
        recount_objects([key], [instance.locale_id], of_strings=True)
