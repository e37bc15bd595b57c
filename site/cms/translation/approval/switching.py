"""Switches approval on and off for a language, so that nothing that is live goes back."""

from typing import Final

from django.db import transaction
from django.db.models import Case, Exists, Q, Value, When
from django.utils import timezone
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation

from cms.common.batches import batches
from cms.translation.approval.rules import approved_as_stored
from cms.translation.models import ApprovedText, Review, TranslatorGroup
from cms.translation.roles.groups import ensure_translator_group
from cms.translation.status.counting import recount_objects
from cms.translation.texts.same_on_purpose import approve_all_same

AT_A_TIME: Final = 2_000
"""Texts stored at a time."""


@transaction.atomic
def switch_approval(locale: Locale, *, on: bool) -> bool:
    """Switches approval on or off for a language; returns whether that was a change.

    Switched on, all texts that are stored count as approved. Switched off, all count as if it had
    never been on.
    """
    ensure_translator_group(locale)
    group = TranslatorGroup.objects.select_for_update().filter(locale=locale).first()
    if group is None or group.needs_approval == on:
        return False
    group.needs_approval = on
    group.save(update_fields=["needs_approval"])
    if on:
        _approve_what_there_is(locale)
    else:
        _forget(locale)
    return True


def _approve_what_there_is(locale: Locale) -> None:
    read = Q(review__state__in=[Review.State.TRANSLATED, Review.State.FINAL])
    unread = Q(translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE) & ~read
    rows = (
        StringTranslation.objects.filter(locale=locale, context__isnull=False, has_error=False)
        .annotate(unread=Case(When(unread, then=Value(True)), default=Value(False)))
        .order_by("pk")
        .values_list("context", "translation_of", "data", "created_at", "updated_at", "unread")
    )
    for some in batches(rows.iterator(chunk_size=AT_A_TIME), AT_A_TIME):
        ApprovedText.objects.bulk_create(
            [
                ApprovedText(
                    context_id=context,
                    string_id=string,
                    locale=locale,
                    data=data,
                    first_at=created_at,
                    approved_at=updated_at,
                    is_machine=is_machine,
                )
                for context, string, data, created_at, updated_at, is_machine in some
            ],
            batch_size=500,
        )


def _forget(locale: Locale) -> None:
    waiting = StringTranslation.objects.filter(
        ~Exists(approved_as_stored()), locale=locale, context__isnull=False, has_error=False
    )
    keys = set(waiting.values_list("context__object", flat=True))
    # Nothing shows them yet, however long ago they were written.
    waiting.update(updated_at=timezone.now())
    ApprovedText.objects.filter(locale=locale).delete()
    approve_all_same(locale.pk)
    recount_objects(keys, [locale.pk])
