"""A translation that somebody works on, with their rights: all in one query."""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import (
    CharField,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils.translation import activate
from django.utils.translation import gettext as _
from wagtail.models import (
    BaseViewRestriction,
    GroupPagePermission,
    Locale,
    Page,
    PageViewRestriction,
)
from wagtail.users.models import UserProfile
from wagtail_localize.models import Translation

from cms.languages.registry import LANGUAGES, SOURCE_LANGUAGE_CODE
from cms.translation.editor.json_views import Refusal
from cms.translation.models import LanguageStatus, SourceChange, Suggestion, TranslatorGroup
from cms.translation.roles.reading import unread_keys, unreadable_pages


@dataclass(slots=True)
class Opened:
    """A translation in the hands of somebody who may work on it.

    Attributes:
        content_type: of the page or fact.
        is_enabled: whether it is kept in step with its source; else it is written by hand.
        status: what is counted of it; ``None`` where nothing is yet.
        changed_at: when the source was last another.
        page: id of the page in the language; ``None`` for a fact.
        live_since: when what is live was read from the strings; ``None`` where that has to be
            looked up, or nothing is live.
        is_live_page: whether it is a page that is live.
        has_former: whether another string stood before in the context that is asked for.
        has_suggestion: whether a text is kept there and not used.
        needs_approval: whether the language wants each text to be approved by a second person.
    """

    id: int
    source: int
    key: UUID
    content_type: int
    source_locale: int
    locale: Locale
    user: Any
    is_enabled: bool
    status: LanguageStatus | None
    changed_at: datetime | None
    page: int | None
    live_since: datetime | None
    is_live_page: bool
    has_former: bool
    has_suggestion: bool
    needs_approval: bool


def open_translation(user: Any, pk: int, context: int = 0) -> Opened:
    """Opens a translation for a user, and activates the language of their account.

    One query, and two more where a page of the site is closed.

    Args:
        context: id of the context that is worked on.

    Raises:
        Http404: there is no such translation.
        PermissionDenied: the user does not translate into the language, or may not change the
            page.
        Refusal: the page is closed to the user.
    """
    row = _query(user, pk, context).first()
    if row is None:
        raise Http404
    preferred = UserProfile(preferred_language=row.preferred or "")
    activate(preferred.get_preferred_language())
    locale = row.target_locale
    code = locale.language_code
    if not row.may_translate or code not in LANGUAGES or code == SOURCE_LANGUAGE_CODE:
        raise PermissionDenied
    if row.page is not None and not row.may_change:
        page = Page.objects.get(pk=row.page)
        if not page.permissions_for_user(user).can_edit():
            raise PermissionDenied
    source = row.source
    if row.any_closed:
        unreadable = unreadable_pages(user)
        if source.object_id in unread_keys(unreadable, locale) or row.page in unreadable.pages:
            raise Refusal(HTTPStatus.FORBIDDEN, _("This page is closed to you."))
    return Opened(
        id=row.pk,
        source=source.pk,
        key=source.object_id,
        content_type=source.specific_content_type_id,
        source_locale=source.locale_id,
        locale=locale,
        user=user,
        is_enabled=row.enabled,
        status=_status(row),
        changed_at=row.changed_at,
        page=row.page,
        live_since=row.live_since,
        is_live_page=bool(row.page_is_live),
        has_former=row.has_former,
        has_suggestion=row.has_suggestion,
        needs_approval=row.needs_approval,
    )


_STATUS_COLUMNS = [column.attname for column in LanguageStatus._meta.concrete_fields]


def _status(row: Any) -> LanguageStatus | None:
    values = {name: getattr(row, f"status_{name}") for name in _STATUS_COLUMNS}
    return LanguageStatus(**values) if values["id"] is not None else None


def _query(user: Any, pk: int, context: int) -> Any:
    pages = Page.objects.order_by().filter(
        translation_key=OuterRef("source__object"), locale=OuterRef("target_locale"), alias_of=None
    )
    since = Coalesce(
        "live_revision__created_at",
        "last_published_at",
        "first_published_at",
        output_field=DateTimeField(null=True),
    )
    permissions = GroupPagePermission.objects.filter(
        group__user=user, permission__codename="change_page"
    ).annotate(below=ExpressionWrapper(OuterRef("path"), output_field=CharField()))
    changeable = pages.filter(Exists(permissions.filter(below__startswith=F("page__path"))))
    groups = TranslatorGroup.objects.filter(locale=OuterRef("target_locale"), group__user=user)
    everything = Value(user.is_superuser)
    return (
        Translation.objects.filter(pk=pk)
        .select_related("source", "target_locale")
        .defer("source__content_json")
        .annotate(
            changed_at=F("source__followed__changed_at"),
            may_translate=everything if user.is_superuser else Exists(groups),
            may_change=everything if user.is_superuser else Exists(changeable),
            page=Subquery(pages.values("pk")[:1]),
            page_is_live=Subquery(pages.values("live")[:1]),
            live_since=Subquery(pages.filter(live=True).annotate(since=since).values("since")[:1]),
            any_closed=Exists(
                PageViewRestriction.objects.exclude(restriction_type=BaseViewRestriction.LOGIN)
            ),
            needs_approval=Exists(
                TranslatorGroup.objects.filter(
                    locale=OuterRef("target_locale"), needs_approval=True
                )
            ),
            has_suggestion=Exists(
                Suggestion.objects.filter(context=context, locale=OuterRef("target_locale"))
            ),
            has_former=Exists(SourceChange.objects.filter(context=context)),
            preferred=Subquery(
                UserProfile.objects.filter(user=user).values("preferred_language")[:1]
            ),
            counted=FilteredRelation(
                "source__statuses", condition=Q(source__statuses__locale=F("target_locale"))
            ),
            **{f"status_{name}": F(f"counted__{name}") for name in _STATUS_COLUMNS},
        )
    )
