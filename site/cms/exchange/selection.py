"""Selections of pages and snippets, and of their strings, that somebody wants to carry."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Literal, get_args
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, Site
from wagtail_localize.models import TranslationSource

from cms.languages.registry import LANGUAGES, SOURCE_LANGUAGE_CODE
from cms.languages.tags import registered_code
from cms.translation.models import LanguageStatus

Only = Literal["untranslated", "outdated", "all"]
ONLY: tuple[Only, ...] = get_args(Only)


class SelectionError(Exception):
    """Raised for something chosen that does not exist. The message names it and the remedy."""


@dataclass(frozen=True, slots=True)
class Selection:
    """A selection of pages, snippets and strings.

    Attributes:
        language: code of the language to translate into.
        only: ``untranslated``: all that has no translation of what the source says now;
            ``outdated``: of these what had one of what the source said before; ``all``.
        under: path of a page, in any language: that page and all under it, no snippets.
        keys: translation keys of the pages and snippets; ``None`` for all.
        content_types: ids of the types of pages and snippets; ``None`` for all.
        prefill: whether what has no translation holds the source's text in its place.
        unreadable: keys of what is closed to whoever asks; see
            :func:`cms.translation.roles.reading.unreadable_pages`.
    """

    language: str
    only: Only = "all"
    under: str = ""
    keys: Collection[UUID] | None = None
    content_types: Collection[int] | None = None
    prefill: bool = False
    unreadable: Collection[UUID] = ()


def target_locale(code: str) -> Locale:
    """The locale to translate into.

    Args:
        code: of the language, or any tag that is a variant of it, such as ``smj-SE``.

    Raises:
        SelectionError: there is no such language, or nobody translates into it.
    """
    registered = registered_code(code)
    if not registered:
        raise SelectionError(
            _("There is no language “%(code)s”. The languages are: %(known)s.")
            % {"code": code, "known": ", ".join(LANGUAGES)}
        )
    if registered == SOURCE_LANGUAGE_CODE:
        raise SelectionError(
            _("“%(code)s” is the language that is translated from. Choose another.")
            % {"code": code}
        )
    return Locale.objects.get(language_code=registered)


def selected_sources(selection: Selection) -> Any:
    """A query for the translation sources of what is live and wanted.

    Raises:
        SelectionError: the language or the path does not exist.
    """
    wanted = LanguageStatus.objects.filter(
        locale=target_locale(selection.language), source_live=True
    )
    if selection.only == "untranslated":
        wanted = wanted.exclude(translated=F("strings"))
    elif selection.only == "outdated":
        wanted = wanted.filter(outdated__gt=0)
    sources = TranslationSource.objects.filter(pk__in=wanted.values("source"))
    if selection.unreadable:
        sources = sources.exclude(object__in=selection.unreadable)
    if selection.keys is not None:
        sources = sources.filter(object__in=list(selection.keys))
    if selection.content_types is not None:
        sources = sources.filter(specific_content_type__in=list(selection.content_types))
    if selection.under:
        top = page_at(selection.under)
        original = Page.objects.filter(
            translation_key=top.translation_key, locale__language_code=SOURCE_LANGUAGE_CODE
        ).first()
        below = Page.objects.descendant_of(original or top, inclusive=True)
        sources = sources.filter(object__in=below.order_by().values("translation_key"))
    return sources


def page_at(path: str) -> Page:
    """The page at a path of the default site, ``/sv/utvecklingsomraden/`` or without language.

    Raises:
        SelectionError: there is none; says how far the path leads.
    """
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    steps = [step for step in path.split("/") if step]
    code = steps.pop(0) if steps and steps[0] in LANGUAGES else SOURCE_LANGUAGE_CODE
    page = (
        site
        and site.root_page.get_translations(inclusive=True)
        .filter(locale__language_code=code)
        .first()
    )
    if page is None:
        raise SelectionError(_("There is no start page in “%(code)s” yet.") % {"code": code})
    for step in steps:
        below = page.get_children().filter(slug=step).first()
        if below is None:
            raise SelectionError(
                _("There is no page “%(step)s” under “%(title)s” (%(path)s).")
                % {"step": step, "title": page.title, "path": path}
            )
        page = below
    return page
