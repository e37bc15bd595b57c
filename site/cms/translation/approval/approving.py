"""Approves texts: by another person than the one who wrote them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail_localize.models import StringTranslation

from cms.translation.approval.rules import is_own, needs_approval
from cms.translation.models import ApprovedText, Review
from cms.translation.roles.permissions import may_translate
from cms.translation.status.counting import recount_objects
from cms.translation.texts.digests import says_the_same
from cms.translation.texts.same_on_purpose import approve_same


def reason_not_to_approve(translation: StringTranslation, user: Any) -> str:
    """A sentence that says why somebody may not approve a text; empty where they may."""
    if not may_translate(user, translation.locale):
        return _("You do not translate into this language.")
    if translation.has_error:
        return translation.get_error() or _("The text cannot be used as it is.")
    if is_own(translation.last_translated_by_id, user) and needs_approval(translation.locale_id):
        return _("You have written this text yourself. Another person is to approve it.")
    return ""


@transaction.atomic
def approve(translations: Iterable[StringTranslation], user: Any) -> None:
    """Approves stored texts of one language and counts them; whether one may has been asked.

    Where the language wants no approval, it says of them that somebody has read them.
    """
    chosen = [one for one in translations if one.context is not None]
    if not chosen:
        return
    locale = chosen[0].locale_id
    _note_read(chosen)
    if needs_approval(locale):
        store_approved(chosen, user, timezone.now())
        same = [one.data for one in chosen if says_the_same(one.data, one.translation_of.data)]
        approve_same(locale, same, user)
    recount_objects({one.context.object_id for one in chosen if one.context}, [locale])


def store_approved(translations: Iterable[StringTranslation], user: Any, at: datetime) -> None:
    """Stores the texts of translations as those that are published from now on."""
    ApprovedText.objects.bulk_create(
        [
            ApprovedText(
                context_id=one.context_id,
                string_id=one.translation_of_id,
                locale_id=one.locale_id,
                data=one.data,
                first_at=at,
                approved_at=at,
                approved_by=user,
            )
            for one in translations
            if one.context_id is not None
        ],
        batch_size=500,
        update_conflicts=True,
        unique_fields=["context", "string", "locale"],
        update_fields=["data", "approved_at", "approved_by", "is_machine"],
    )


def _note_read(translations: list[StringTranslation]) -> None:
    read = [one.pk for one in translations]
    Review.objects.filter(translation__in=read, state=Review.State.NEEDS_REVIEW).delete()
    Review.objects.bulk_create(
        [Review(translation_id=pk, state=Review.State.TRANSLATED) for pk in read],
        ignore_conflicts=True,
    )
