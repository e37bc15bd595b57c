"""Takes a suggestion as the translation, when somebody has read it."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail_localize.models import StringSegment, StringTranslation

from cms.translation.faults import fault_of
from cms.translation.models import Suggestion


class CannotUse(Exception):
    """Raised for a suggestion that cannot be the translation. The message says why."""


@transaction.atomic
def use_suggestion(suggestion: Suggestion, user: Any = None) -> StringTranslation:
    """Stores a suggestion as the translation of its source text; it waits to be published.

    A translation that was there before is kept as a suggestion in its place.

    Raises:
        CannotUse: its source text is no longer there, or the text has a fault.
    """
    segment = (
        StringSegment.objects.filter(
            context=suggestion.context_id, string__data=suggestion.source_text
        )
        .order_by("-pk")
        .first()
    )
    if segment is None:
        raise CannotUse(_("The source has changed since. Take over by hand what is still right."))
    place = {
        "translation_of_id": segment.string_id,
        "context_id": segment.context_id,
        "locale_id": suggestion.locale_id,
    }
    if reason := fault_of(StringTranslation(**place, data=suggestion.data)):
        raise CannotUse(reason)
    before = StringTranslation.objects.filter(**place).first()
    if before is not None and before.data != suggestion.data:
        Suggestion.objects.create(
            context_id=segment.context_id,
            locale_id=suggestion.locale_id,
            source_text=suggestion.source_text,
            data=before.data,
            reason=Suggestion.Reason.REPLACED,
            origin=before.tool_name,
            made_by=before.last_translated_by,
        )
    taken, _created = StringTranslation.objects.update_or_create(
        **place,
        defaults={
            "data": suggestion.data,
            "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
            "tool_name": suggestion.origin,
            "last_translated_by": user,
            "has_error": False,
            "field_error": "",
        },
    )
    suggestion.delete()
    return taken
