"""Makes tokens of drafts, and finds the draft of a token."""

import secrets
from datetime import timedelta
from hashlib import sha256
from typing import Any, Final, NamedTuple

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page

from cms.delivery.previews.models import PreviewToken

OF_A_PREVIEW: Final = timedelta(hours=1)
"""Of the preview in the admin, which makes itself another one."""
LONGEST: Final = timedelta(days=30)
KEPT: Final = timedelta(days=30)
"""A token that is over is kept for so long, then forgotten."""
MOST_OF_A_USER: Final = 100
"""Own previews of one page that one user has at a time; the oldest of more are over."""

SHARED: Final = "delivery_previews.share"
WITHDRAWN: Final = "delivery_previews.withdraw"
"""The actions in Wagtail's log."""


class Found(NamedTuple):
    """A token that is good, and the page that it opens."""

    token: PreviewToken
    page: Any


def may_preview(user: Any, page: Any) -> bool:
    """Tells whether a user may see the draft of a page elsewhere, and show it to others.

    Nobody may of a page that is closed: what lets somebody read it is asked for here alone. An
    alias has no draft.
    """
    if not user.is_active or page.pk is None or page.alias_of_id is not None:
        return False
    if not page.specific.permissions_for_user(user).can_edit():
        return False
    # What lies below no site has no address.
    return page.get_url_parts() is not None and not _is_closed(page)


def _is_closed(page: Any) -> bool:
    return bool(Page.objects.filter(pk=page.pk, id__is_closed=True).exists())


def make_token(
    page: Any,
    user: Any,
    lifetime: timedelta,
    *,
    admin: str,
    is_shared: bool = False,
    label: str = "",
) -> str:
    """Makes a token for the draft of a page; only who gets it here ever sees it.

    Args:
        user: whose right to edit the page the token lives by.
        admin: scheme and authority of the admin.
    """
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        PreviewToken.objects.create(
            digest=digest_of(token),
            page_id=page.pk,
            locale_id=page.locale_id,
            created_by=user,
            admin=admin,
            is_shared=is_shared,
            label=label,
            expires_at=timezone.now() + lifetime,
        )
        if is_shared:
            log(page, SHARED, user=user, data={"days": lifetime.days, "label": label})
        else:
            _end_oldest(page, user)
    return token


def _end_oldest(page: Any, user: Any) -> None:
    own = PreviewToken.objects.filter(page_id=page.pk, created_by=user, is_shared=False)
    old = own.order_by("-pk").values_list("pk", flat=True)[MOST_OF_A_USER:]
    PreviewToken.objects.filter(pk__in=list(old)).delete()


def digest_of(token: str) -> str:
    """The digest under which a token is stored; by looking it up, no time tells of a near miss."""
    return sha256(token.encode("utf-8", "replace")).hexdigest()


def find(token: str) -> Found | None:
    """The page of a token; ``None`` for one that is not there, over, withdrawn or without right.

    It lives by the right of who made it: it is dead as soon as they may not edit the page.
    """
    found = (
        PreviewToken.objects.select_related("page", "created_by")
        .filter(digest=digest_of(token))
        .first()
    )
    if found is None or not found.is_alive or found.page.locale_id != found.locale_id:
        return None
    page = found.page.specific
    return Found(found, page) if may_preview(found.created_by, page) else None


def live_links(page: Any) -> list[PreviewToken]:
    """The links to the draft of a page that are neither over nor withdrawn, the newest first."""
    tokens = PreviewToken.objects.filter(
        page_id=page.pk, is_shared=True, withdrawn_at=None, expires_at__gt=timezone.now()
    )
    return list(tokens.select_related("created_by"))


def withdraw(token: PreviewToken, page: Any, user: Any) -> None:
    """Ends a token."""
    with transaction.atomic():
        ended = PreviewToken.objects.filter(pk=token.pk, withdrawn_at=None)
        if ended.update(withdrawn_at=timezone.now()):
            log(page, WITHDRAWN, user=user, data={"label": token.label})


def forget_old_tokens() -> None:
    """Deletes tokens that have been over for long."""
    PreviewToken.objects.filter(expires_at__lt=timezone.now() - KEPT).delete()
