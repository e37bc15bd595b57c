"""Opens what was closed along with a page by a restriction of the same kind.

Translations and aliases are closed by the rule of ``closed_pages.py`` and need no restriction. Some
have one all the same: Wagtail copies it to a new alias, and former versions of this program copied
it to translations. It goes with the one that it was copied from.
"""

from django.db.models import Q
from wagtail.models import Page, PageViewRestriction

from cms.translation.sources.following import is_followed


def open_copies(restriction: PageViewRestriction, groups: set[int]) -> None:
    """Takes the copies of a restriction that is being removed away; others stay."""
    page = Page.objects.filter(pk=restriction.page_id).first()
    if page is None:
        return
    shown = Q(page__alias_of=page)
    if is_followed(page):
        shown |= Q(page__in=page.get_translations())
    copies = PageViewRestriction.objects.filter(
        shown,
        restriction_type=restriction.restriction_type,
        password=restriction.password,
    )
    for copy in copies.prefetch_related("groups"):
        if {group.pk for group in copy.groups.all()} == groups:
            copy.delete()
