"""Finds what is complete in a language and waits to be published, and what hinders the rest."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Locale, Page
from wagtail.permissions import policy_registry

from cms.translation.models import LanguageStatus
from cms.translation.roles.reading import readable_sources, unreadable_pages

COMPLETE = Q(translated__gte=F("strings"), to_review=0)
"""Every string is translated, read and, where the language wants that, approved."""


@dataclass(frozen=True, slots=True)
class Hindered:
    """A page or fact with texts to publish that is not published."""

    status: LanguageStatus
    reason: str

    @property
    def title(self) -> str:
        """The title of its source."""
        return str(self.status.source.object_repr)


def waiting(locale: Locale, user: Any) -> QuerySet[LanguageStatus]:
    """Finds what has texts to publish in a language and is open to a user, as the tree has it."""
    page = Page.objects.filter(
        translation_key=OuterRef("source__object"), locale=OuterRef("source__locale")
    )
    return (
        LanguageStatus.objects.filter(
            readable_sources(unreadable_pages(user)),
            locale=locale,
            source_live=True,
            unpublished__gt=0,
        )
        .select_related("source__specific_content_type", "locale")
        .defer("source__content_json")
        .annotate(tree_path=Subquery(page.values("path")[:1]))
        .order_by(F("tree_path").asc(nulls_last=True), "source__object_repr", "pk")
    )


def complete(locale: Locale, user: Any) -> QuerySet[LanguageStatus]:
    """Of these what is complete."""
    return waiting(locale, user).filter(COMPLETE)


def hindered(locale: Locale, user: Any) -> list[Hindered]:
    """Of these what is not complete, and what the user may not publish, each with its reason.

    The number of queries grows with the types that there are alone.
    """
    found = [Hindered(row, missing(row)) for row in waiting(locale, user).exclude(COMPLETE)]
    rows = list(complete(locale, user))
    may = _publishable(rows, locale, user)
    reason = may_not_publish()
    found += [Hindered(row, reason) for row in rows if row.source.object_id not in may]
    return found


def missing(row: LanguageStatus) -> str:
    """A sentence that says what something lacks to be complete; empty where it is."""
    left = row.strings - row.translated
    if left > 0:
        return ngettext(
            "%(count)d text is not translated or not approved.",
            "%(count)d texts are not translated or not approved.",
            left,
        ) % {"count": left}
    if row.to_review:
        return ngettext(
            "%(count)d text is to be reviewed.",
            "%(count)d texts are to be reviewed.",
            row.to_review,
        ) % {"count": row.to_review}
    return ""


def may_not_publish() -> str:
    """The reason of what somebody else is to publish."""
    return _("You may not publish it.")


def _publishable(rows: Sequence[LanguageStatus], locale: Locale, user: Any) -> set[Any]:
    """Keys of what a user may publish in a language."""
    keys: dict[Any, set[Any]] = defaultdict(set)
    for row in rows:
        model: Any = row.source.specific_content_type.model_class()
        keys[Page if issubclass(model, Page) else model].add(row.source.object_id)
    found: set[Any] = set()
    for model, of_model in keys.items():
        policy = policy_registry.get_by_type(model)
        may = policy.instances_user_has_permission_for(user, "publish")
        own = may.filter(locale=locale).values_list("translation_key", flat=True)
        found |= of_model & set(own)
    return found
