"""Lists of what an editor should look at: scheduled pages, pages to review, bare images."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Exists, Min, OuterRef, Q, QuerySet
from django.utils.timezone import now
from wagtail.models import Page, PageLogEntry, Revision, get_page_models
from wagtail.permissions import policy_registry

from cms.content.models import ContentImage
from cms.languages.registry import SOURCE_LANGUAGE_CODE

REVIEWED: Final = "content.reviewed"
"""Log action of a page that somebody has read and left as it is."""


def scheduled_pages(user: Any) -> list[Page]:
    """Pages that go live at a time that is set, as ``goes_live_at``; the next first."""
    approved = Revision.objects.filter(
        approved_go_live_at__isnull=False, base_content_type__model="page"
    )
    times = approved.order_by().values("object_id").annotate(at=Min("approved_go_live_at"))
    due = {int(row["object_id"]): row["at"] for row in times}
    pages = _may_change(user).filter(pk__in=due)
    found = list(pages.select_related("locale"))
    for page in found:
        page.goes_live_at = due[page.pk]
    return sorted(found, key=lambda page: (page.goes_live_at, page.pk))


def pages_to_review(user: Any) -> QuerySet[Page]:
    """Live pages of the source language that nobody has published or reviewed for their time.

    The time is each page type's own, ``review_after``. The oldest first.
    """
    read = PageLogEntry.objects.filter(page=OuterRef("pk"), action=REVIEWED)
    long_ago = Q(pk__in=())
    for model, before in _limits():
        long_ago |= Q(
            ~Exists(read.filter(timestamp__gte=before)),
            content_type__app_label=model._meta.app_label,
            content_type__model=model._meta.model_name,
            last_published_at__lt=before,
        )
    pages: QuerySet[Page] = (
        _may_change(user)
        .filter(
            long_ago,
            live=True,
            alias_of=None,
            locale__language_code=SOURCE_LANGUAGE_CODE,
        )
        .select_related("owner", "locale", "content_type")
        .order_by("last_published_at", "pk")
    )
    return pages


def images_without_description(user: Any) -> QuerySet[ContentImage]:
    """Images that pages cannot describe from what the library says of them; the newest first."""
    policy = policy_registry.get_by_type(ContentImage)
    images: QuerySet[ContentImage] = policy.instances_user_has_permission_for(user, "change")
    return images.filter(description="").order_by("-created_at", "-pk")


def _may_change(user: Any) -> QuerySet[Page]:
    policy = policy_registry.get_by_type(Page)
    pages: QuerySet[Page] = policy.instances_user_has_permission_for(user, "change")
    return pages


def _limits() -> list[tuple[type[Page], datetime]]:
    times = ((model, getattr(model, "review_after", None)) for model in get_page_models())
    return [(model, now() - time) for model, time in times if isinstance(time, timedelta)]
