"""Publishes one translation, with all that its source says now."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationSource

from cms.translation.lifecycle.beginning import begin_translation
from cms.translation.lifecycle.locks import reason_not_to_publish
from cms.translation.lifecycle.restoring import CannotRestore


class CannotPublish(Exception):
    """Raised for a translation that cannot be published. The message names text and fault."""


def publish_translation(source: TranslationSource, locale: Locale, user: Any = None) -> Any:
    """Puts the translations of a page or snippet into its page in a language and publishes that.

    Nothing is published in another language. wagtail-localize publishes when the transaction has
    ended; here it happens within, so that a page is either published or as it was. One that is
    written by hand in the language stays as it is: the translations would take the place of what
    somebody wrote there.

    Returns:
        The published page or snippet.

    Raises:
        CannotPublish: a text is not allowed in its field, or the page is written by hand: what
            somebody wrote there would be overwritten. Or it is locked, moderated or scheduled. Or
            what it is translated from was deleted, or has a block that takes no text.
    """
    try:
        instance = source.get_source_instance()
    except ObjectDoesNotExist as error:
        raise CannotPublish(
            _("“%(title)s” is not there any more; it was deleted.") % {"title": source.object_repr}
        ) from error
    try:
        with transaction.atomic():
            begin_translation(instance, locale, user)
            translation = Translation.objects.get(source=source, target_locale=locale)
            if not translation.enabled:
                raise CannotPublish(
                    _(
                        "%(title)s: the page is written by hand in this language, for its "
                        "translation was stopped. Publish it in its own editor."
                    )
                    % {"title": source.object_repr}
                )
            if reason := reason_not_to_publish(translation.get_target_instance(), instance, user):
                raise CannotPublish(reason)
            translation.save_target(user=user, publish=False)
            target = translation.get_target_instance()
            target.get_latest_revision().publish(user=user)
    except CannotRestore as error:
        raise CannotPublish(str(error)) from error
    except ValidationError as error:
        raise CannotPublish(f"{source.object_repr}: {'; '.join(error.messages)}") from error
    return translation.get_target_instance()
