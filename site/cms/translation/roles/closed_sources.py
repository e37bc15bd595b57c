"""Closed pages whose texts are not for everybody who translates.

Whoever may read a closed page may begin its translation: a member of the group that it is closed
to, or any user where a login is asked for. For others it is in no list of what is to be
translated. Once somebody has begun it, it is a page of the language and stands with the others.
"""

from typing import Any

from django.db.models import Exists, OuterRef, Q
from wagtail.models import BaseViewRestriction, Page, PageViewRestriction
from wagtail.permissions import policy_registry


def closed_to(user: Any) -> Any:
    """The pages of a source language that a user may not read; a query, or ``None`` for none.

    One query where nothing is closed, two where something is.
    """
    if user.is_superuser and user.is_active:
        return None
    restrictions = PageViewRestriction.objects.exclude(
        restriction_type=BaseViewRestriction.LOGIN
    ).exclude(restriction_type=BaseViewRestriction.GROUPS, groups__in=user.groups.values("pk"))
    below = Q()
    for path in restrictions.values_list("page__path", flat=True):
        below |= Q(path__startswith=path)
    if not below:
        return None
    own = policy_registry.get_by_type(Page).explorable_instances(user)
    return Page.objects.filter(below).exclude(pk__in=own.order_by().values("pk"))


def readable_sources(user: Any) -> Q:
    """The condition on ``LanguageStatus`` that leaves out what a user may not read and begin."""
    closed = closed_to(user)
    if closed is None:
        return Q()
    keys = closed.order_by().values("translation_key")
    begun = Page.objects.filter(
        translation_key=OuterRef("source__object"), locale=OuterRef("locale"), alias_of=None
    )
    return ~Q(source__object__in=keys) | Q(Exists(begun))
