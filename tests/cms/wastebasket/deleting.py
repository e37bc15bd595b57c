"""Adds pages, deletes them and brings them back, as the screens do."""

from typing import Any

from wagtail.models import Page

from cms.wastebasket.bringing_back import Returned, bring_back
from cms.wastebasket.models import DeletedPage
from cms.wastebasket.placing import proposed_parent
from home.models import ContentPage


def add(parent: Any, title: str, slug: str) -> Any:
    """Adds a live page below another."""
    page = ContentPage(title=title, slug=slug)
    Page.objects.get(pk=parent.pk).specific.add_child(instance=page)
    page.save_revision().publish()
    return ContentPage.objects.get(pk=page.pk)


def delete(page: Page, user: object) -> DeletedPage:
    """Deletes a page, and returns what is kept of it."""
    Page.objects.get(pk=page.pk).delete(user=user)
    assert not Page.objects.filter(pk=page.pk).exists()
    return DeletedPage.objects.get(page_id=page.pk)


def back(deleted: DeletedPage, user: object, *, as_drafts: bool = False) -> Returned:
    """Brings a page back to where the screen proposes."""
    parent = proposed_parent(deleted)
    assert parent is not None
    return bring_back(deleted, parent, user, as_drafts=as_drafts)
