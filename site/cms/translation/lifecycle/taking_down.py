"""Takes the translations of a page down with it, or leaves them to their translators.

A page that is unpublished, deleted, expired or moved where its translations cannot follow may have
done so because what it says is wrong. So its translations go too, unless whoever does it chooses
otherwise: in the admin by a field of the form, in the API by a parameter. That asks for no
permission in their trees. It is logged with each page, and what was taken down comes back when the
source is published again.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail_localize.models import Translation

from cms.languages.registry import SOURCE_LANGUAGE_CODE
from cms.translation.lifecycle.telling import tell_translators
from cms.translation.models import TakenDown


class Choice(StrEnum):
    """The ways in which translations can follow a page that is taken down."""

    TAKE_DOWN = "take_down"
    LEAVE = "leave"


TAKEN_DOWN: Final = "cms_translation.take_down"
LEFT_LIVE: Final = "cms_translation.leave_live"
BROUGHT_BACK: Final = "cms_translation.bring_back"
"""Actions of the log."""

_chosen: ContextVar[Choice] = ContextVar("chosen", default=Choice.TAKE_DOWN)


@contextmanager
def choosing(choice: Choice) -> Iterator[None]:
    """Makes a choice for all that is taken down within."""
    token = _chosen.set(choice)
    try:
        yield
    finally:
        _chosen.reset(token)


def choose(choice: Choice) -> None:
    """Makes another choice, until the end of what :func:`choosing` surrounds."""
    _chosen.set(choice)


def live_translations(pages: Collection[int]) -> Any:
    """A query for live pages that are translated from some pages, or show them as aliases.

    Three queries, however many there are.
    """
    rows = Page.objects.filter(pk__in=pages, depth__gt=1, alias_of=None)
    chosen = list(rows.values_list("translation_key", "locale", "locale__language_code"))
    keys = {key for key, _locale, _code in chosen}
    links = Translation.objects.filter(source__object__in=keys)
    sources: dict[tuple[UUID, int], set[int]] = {}
    translated: set[tuple[UUID, int]] = set()
    for key, source, target, is_kept in links.values_list(
        "source__object", "source__locale", "target_locale", "enabled"
    ):
        sources.setdefault((key, source), set()).add(target)
        if is_kept:
            translated.add((key, target))
    shown = Q(alias_of__in=pages)
    for key, locale, code in chosen:
        if code != SOURCE_LANGUAGE_CODE:
            shown |= Q(translation_key=key, locale__in=sources.get((key, locale), ()))
        elif (key, locale) not in translated:
            shown |= Q(translation_key=key) & ~Q(locale=locale)
    return (
        Page.objects.live()
        .filter(shown)
        .exclude(pk__in=pages)
        .select_related("locale")
        .order_by("locale__language_code", "path")
    )


@transaction.atomic
def follow_taking_down(
    page: Page, pages: Collection[int], user: Any, *, is_expired: bool = False
) -> None:
    """Does with the live translations of pages that are taken down what was chosen.

    Args:
        page: of these pages the one that was chosen; it is named to translators.
        user: whoever takes them down, for the log.
        is_expired: whether their time was over.
    """
    found: list[Any] = list(live_translations(pages).specific())
    if not found:
        return
    if _chosen.get() is Choice.LEAVE:
        for left in found:
            log(instance=left, action=LEFT_LIVE, user=user, data=_named(page))
        tell_translators(page, found)
        return
    for one in found:
        _take_down(one, page, user, is_expired=is_expired)


def _take_down(one: Page, page: Page, user: Any, *, is_expired: bool) -> None:
    one.refresh_from_db()
    if not one.live:
        return  # An alias of a translation goes with that.
    revision = one.live_revision_id
    UnpublishPageAction(one, user=user, set_expired=is_expired, log_action=TAKEN_DOWN).execute(
        skip_permission_checks=True
    )
    TakenDown.objects.update_or_create(
        page_id=one.pk, defaults={"source_key": page.translation_key, "revision_id": revision}
    )


def _named(page: Page) -> dict[str, Any]:
    return {"source": {"id": page.pk, "title": page.get_admin_display_title()}}


@transaction.atomic(savepoint=False)
def bring_back(page: Page, user: Any) -> None:
    """Publishes again what was taken down with a page that is published again.

    What is being moderated is left to that; what was written since stays a draft. That the page
    itself was taken down is forgotten: somebody has decided otherwise.
    """
    rows = TakenDown.objects.filter(Q(source_key=page.translation_key) | Q(page=page.pk))
    for taken in rows.select_related("revision"):
        taken.delete()
        if taken.page_id == page.pk:
            continue
        one: Any = Page.objects.get(pk=taken.page_id).specific
        if one.live or one.alias_of_id or one.current_workflow_state:
            continue
        revision = taken.revision or one.save_revision(user=user)
        PublishPageRevisionAction(revision, user=user, log_action=BROUGHT_BACK).execute(
            skip_permission_checks=True
        )
