"""Translated addresses: what one may look like, and whether it is free."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.languages.slugs import ascii_slug, slug_in_ascii

SLUG_PATH = "slug"
"""Where wagtail-localize has a page's address."""


def slug_problem(key: UUID, locale_id: int, slug: str) -> str | None:
    """The reason why a page cannot have this slug, with the remedy; ``None`` if it can.

    Args:
        key: the page's translation key.
        slug: the last part of its address, as the translator wrote it.
    """
    if slug != ascii_slug(slug):
        return slug_in_ascii(slug)
    taken_by = _siblings(key, locale_id).filter(slug=slug).first()
    if taken_by is not None:
        return _("The page “%(title)s” beside it has this address already. Choose another.") % {
            "title": taken_by.title
        }
    return None


def _siblings(key: UUID, locale_id: int) -> Any:
    """The pages beside a page in a language, or beside where it will be."""
    target = Page.objects.filter(translation_key=key, locale=locale_id).first()
    if target is not None:
        siblings = target.get_siblings(inclusive=False)
    else:
        source = Page.objects.filter(translation_key=key).first()
        parent = source and source.get_parent()
        above = parent and (
            parent if parent.is_root() else parent.get_translation_or_none(locale_id)
        )
        siblings = Page.objects.child_of(above) if above else Page.objects.none()
    return siblings.exclude(translation_key=key)
