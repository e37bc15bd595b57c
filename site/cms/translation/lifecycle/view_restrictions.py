"""A page that is closed in the source language is closed in every language.

wagtail-localize copies a restriction when a translation is published, and opens a translation that
is closed when its source is not. Here it is copied as soon as it is set, and only what was copied
is opened again. An alias in another language shows the source's text, and is closed with it.
"""

from django.db import transaction
from wagtail.models import Page, PageViewRestriction

from cms.translation.sources.following import is_followed


def close_translations(restriction: PageViewRestriction) -> None:
    """Gives every translation of a restricted source page the same restriction."""
    page = restriction.page
    if not is_followed(page):
        return
    for target in page.get_translations():
        close(target, restriction)


@transaction.atomic
def close(page: Page, restriction: PageViewRestriction) -> None:
    """Restricts a page as another one is; a restriction of its own gives way."""
    own = page.view_restrictions.first() or PageViewRestriction(page=page)
    own.restriction_type = restriction.restriction_type
    own.password = restriction.password
    own.save()
    own.groups.set(restriction.groups.all())


def open_translations(restriction: PageViewRestriction, groups: set[int]) -> None:
    """Takes the copies of a restriction that is being removed away; others stay."""
    page = Page.objects.filter(pk=restriction.page_id).first()
    if page is None or not is_followed(page):
        return
    copies = PageViewRestriction.objects.filter(
        page__in=page.get_translations(),
        restriction_type=restriction.restriction_type,
        password=restriction.password,
    )
    for copy in copies.prefetch_related("groups"):
        if {group.pk for group in copy.groups.all()} == groups:
            copy.delete()
