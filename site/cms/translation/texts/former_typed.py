"""Says of texts that were typed before it could be said that they are the same on purpose."""

from collections import defaultdict
from typing import Final

from django.contrib.auth import get_user_model
from django.db import transaction
from wagtail_localize.models import StringTranslation

from cms.translation.models import FinishedStep, SameOnPurpose
from cms.translation.status.judgement import UNCOUNTED_PATHS
from cms.translation.texts.digests import says_the_same
from cms.translation.texts.same_on_purpose import say_same

STEP: Final = "say-typed-before"

AT_A_TIME: Final = 2_000
"""Strings that are read at a time."""


@transaction.atomic
def say_typed_before(*, anew: bool = False) -> int:
    """Says it of every text that a person typed as the source has it, once in a site's life.

    What came by a file does not count: programs fill in the source's text. What is withdrawn
    afterwards stays withdrawn, for a second call does nothing.

    Args:
        anew: whether to do it in any case, such as for texts that a bundle has just brought.

    Returns:
        The number of texts of which it had not been said.
    """
    _step, is_first = FinishedStep.objects.get_or_create(name=STEP)
    if not (is_first or anew):
        return 0
    typed = StringTranslation.objects.filter(
        translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL, tool_name=""
    ).exclude(context__path__in=UNCOUNTED_PATHS)
    rows = typed.order_by("pk").values_list(
        "locale", "last_translated_by", "data", "translation_of__data"
    )
    texts: dict[tuple[int, int | None], list[str]] = defaultdict(list)
    for locale, user, data, source in rows.iterator(chunk_size=AT_A_TIME):
        if says_the_same(data, source):
            texts[locale, user].append(data)
    users = get_user_model().objects.in_bulk([user for _locale, user in texts if user])
    return sum(
        say_same(locale, found, SameOnPurpose.How.BEFORE, user=users.get(user))
        for (locale, user), found in texts.items()
    )
