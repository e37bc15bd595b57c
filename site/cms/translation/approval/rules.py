"""The rules of approval: which text of a string is published, and whose text is whose.

``cms.translation.strings`` says which one counts; both go by
:class:`~cms.translation.models.ApprovedText`.
"""

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, When
from wagtail_localize.models import StringTranslation

from cms.translation.models import ApprovedText, TranslatorGroup

_shows_unapproved: ContextVar[bool] = ContextVar("shows_unapproved", default=False)


@contextmanager
def showing_unapproved() -> Generator[None]:
    """Has what is made within show each text as it is stored; nothing of it is to be stored."""
    token = _shows_unapproved.set(True)
    try:
        yield
    finally:
        _shows_unapproved.reset(token)


def publishable(locale: Any) -> Case | Subquery:
    """The text that is published of a string segment, for its query.

    Args:
        locale: the language, or its id.
    """
    language = getattr(locale, "pk", locale)
    place = {"context": OuterRef("context_id"), "locale": language}
    stored = StringTranslation.objects.filter(translation_of=OuterRef("string_id"), **place)
    as_stored = Subquery(stored.exclude(has_error=True).values("data"))
    if _shows_unapproved.get():
        return as_stored
    approved = ApprovedText.objects.filter(string=OuterRef("string_id"), **place)
    # An approved text may turn out not to fit its field, such as an address that is taken.
    fault = StringTranslation.objects.filter(
        translation_of=OuterRef("string"),
        context=OuterRef("context"),
        locale=OuterRef("locale"),
        data=OuterRef("data"),
        has_error=True,
    )
    wants_approval = TranslatorGroup.objects.filter(locale=language, needs_approval=True)
    return Case(
        When(Exists(wants_approval), then=Subquery(approved.filter(~Exists(fault)).values("data"))),
        default=as_stored,
    )


def needs_approval(locale: int) -> bool:
    """Tells whether a language wants each of its texts to be approved."""
    return TranslatorGroup.objects.filter(locale=locale, needs_approval=True).exists()


def is_own(written_by: int | None, user: Any) -> bool:
    """Tells whether another person is needed to approve a text: who asks has written it.

    Args:
        written_by: id of who wrote it; ``None`` where nobody knows.
        user: ``None`` for a command, which is nobody else.
    """
    return user is None or written_by == user.pk


def may_be_published() -> Q:
    """The condition on stored translations of which none waits for approval."""
    return ~Q(locale__translator_group__needs_approval=True) | Q(Exists(approved_as_stored()))


def approved_as_stored() -> QuerySet[ApprovedText]:
    """The approved texts that say what a stored translation says, within a query for these."""
    return ApprovedText.objects.filter(
        string=OuterRef("translation_of"),
        context=OuterRef("context"),
        locale=OuterRef("locale"),
        data=OuterRef("data"),
    )
