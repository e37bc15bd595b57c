"""Pages whose texts a user may not read, though they may work in a language.

A page is closed for readers by Wagtail's *Privacy*: itself, or by what is above it, by what it is
translated from, by what it shows as an alias (see ``lifecycle/closed_pages.py``). Who is let in
reads it: a member of the group, any user where a login is asked for, and whoever works on the page
that was closed. Whether somebody knows a password is not known.

Nobody else is told of it: its text leaves in no file, and it is in no list of what is to be
translated. Once a translator has begun it, it is a page of that language and stands in the lists.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from wagtail.models import BaseViewRestriction, Locale, Page, PageViewRestriction
from wagtail.permissions import policy_registry
from wagtail_localize.models import TranslationSource

from cms.common.batches import batches
from cms.translation.lifecycle.closed_pages import keys_closed_with

_WORK: Final = ("add", "change", "publish", "lock", "unlock", "bulk_delete")
_KEYS_AT_A_TIME: Final = 400
_SOURCE: Final = TranslationSource.objects.filter(
    object=OuterRef("translation_key"), locale=OuterRef("locale")
)
"""Of a page, that translations are made from it."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The pages that a user may not read.

    Attributes:
        pages: their ids, in whatever language.
        keys: their translation keys.
        sources: of these the keys of what is closed in the language that it is translated from;
            the others are closed in another alone.
    """

    pages: frozenset[int] = frozenset()
    keys: frozenset[UUID] = frozenset()
    sources: frozenset[UUID] = frozenset()


def unreadable_pages(user: Any) -> Unreadable:
    """Finds what is closed to a user.

    Two queries where nothing is; else their number grows with what is closed, not with the site.
    """
    if user.is_superuser and user.is_active:
        return Unreadable()
    own = policy_registry.get_by_type(Page).instances_user_has_any_permission_for(user, _WORK)
    own = own.order_by().values("pk")
    restrictions = (
        PageViewRestriction.objects.exclude(restriction_type=BaseViewRestriction.LOGIN)
        .exclude(restriction_type=BaseViewRestriction.GROUPS, groups__in=user.groups.values("pk"))
        .exclude(page__in=own)
    )
    closed = set(restrictions.values_list("page", flat=True))
    if not closed:
        return Unreadable()
    found = list(_closed_by(closed, own))
    return Unreadable(
        frozenset(pk for pk, _key, _is_source in found),
        frozenset(key for _pk, key, _is_source in found),
        frozenset(key for _pk, key, is_source in found if is_source),
    )


def _closed_by(closed: set[int], own: Any) -> Iterator[tuple[int, UUID, bool]]:
    """Pages closed where some others are, but for own ones: id, key, and if it is a source."""
    for keys in batches(sorted(keys_closed_with(closed)), _KEYS_AT_A_TIME):
        pages = Page.objects.filter(translation_key__in=keys, id__is_closed_by=list(closed))
        pages = pages.exclude(pk__in=own).order_by()
        yield from pages.values_list("pk", "translation_key", Exists(_SOURCE))


def source_pages(keys: Iterable[UUID]) -> frozenset[int]:
    """Ids of the pages that the translations of some keys are made from."""
    found: set[int] = set()
    for some in batches(keys, _KEYS_AT_A_TIME):
        pages = Page.objects.filter(Exists(_SOURCE), translation_key__in=some)
        found.update(pages.order_by().values_list("pk", flat=True))
    return frozenset(found)


def readable_sources(unreadable: Unreadable) -> Q:
    """The condition on ``LanguageStatus`` that leaves out what a user may not read and begin."""
    if not unreadable.sources:
        return Q()
    begun = Page.objects.filter(
        translation_key=OuterRef("source__object"), locale=OuterRef("locale"), alias_of=None
    )
    return ~Q(source__object__in=unreadable.sources) | Q(Exists(begun))


def unread_keys(unreadable: Unreadable, locale: Locale) -> frozenset[UUID]:
    """The keys of what a user may not read and nobody has begun in a language."""
    if not unreadable.sources:
        return frozenset()
    begun = Page.objects.filter(
        translation_key__in=unreadable.sources, locale=locale, alias_of=None
    ).values_list("translation_key", flat=True)
    return unreadable.sources.difference(begun)
