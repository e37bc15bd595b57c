"""Asking a language for a page or fact by a day: who may, and what becomes of the request.

One request is open for a page and language: who asks again changes its day and note. It is done by
itself when the language is complete; see :mod:`cms.translation.status.requested`.
"""

from collections import Counter
from collections.abc import Collection
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction, get_translatable_models
from wagtail_localize.models import TranslationSource

from cms.translation.models import LanguageStatus, TranslationRequest
from cms.translation.roles.permissions import (
    changeable,
    locales_with_permission,
    may_change,
    translator_locales,
)
from cms.translation.roles.reading import readable_sources, unread_keys, unreadable_pages


@transaction.atomic
def ask(source: TranslationSource, locale: Locale, user: Any, due: date, note: str) -> bool:
    """Asks a language for a page or fact; tells whether nobody had asked yet.

    A request that is open gets the day and the note, in the name of who asks now.
    """
    requests = TranslationRequest.objects.select_for_update()
    request, is_new = requests.get_or_create(
        source=source,
        locale=locale,
        outcome="",
        defaults={"asked_by": user, "due": due, "note": note},
    )
    if not is_new and (request.due, request.note) != (due, note):
        request.asked_by, request.due, request.note = user, due, note
        request.changed_at = timezone.now()
        request.save(update_fields=["asked_by", "due", "note", "changed_at"])
    return is_new


def withdraw(request: TranslationRequest, user: Any) -> bool:
    """Ends a request; tells whether it was still open."""
    found = TranslationRequest.objects.filter(pk=request.pk, outcome="").update(
        outcome=TranslationRequest.Outcome.WITHDRAWN, ended_at=timezone.now(), ended_by=user
    )
    return bool(found)


def may_ask(user: Any, source: TranslationSource) -> bool:
    """Tells whether somebody may ask for what they may change in the language of the source."""
    instance = source_instance(source)
    return instance is not None and may_change(user, instance)


def source_instance(source: TranslationSource) -> Any:
    """The page or fact that translations are made from; ``None`` where it was deleted."""
    model: Any = source.specific_content_type.model_class()
    found = model and model._default_manager.filter(
        translation_key=source.object_id, locale=source.locale_id
    )
    return found.first() if found is not None else None


def visible_requests(user: Any) -> QuerySet[TranslationRequest]:
    """The requests that somebody is told of.

    Translators: those to their languages, of what is live and they may read. Who may change a
    page or fact: those for it, to every language.
    """
    found = TranslationRequest.objects.all()
    if user.is_superuser and user.is_active:
        return found
    pages = changeable(user, Page).filter(
        translation_key=OuterRef("source__object"), locale=OuterRef("source__locale")
    )
    chosen = Q(Exists(pages.order_by())) | _changeable_facts(user)
    if own := translator_locales(user):
        chosen |= requests_to(own, readable_sources(unreadable_pages(user)))
    return found.filter(chosen)


def requests_to(locales: Collection[Locale], readable: Q) -> Q:
    """The condition on requests to some languages: of what is live.

    Args:
        readable: :func:`readable_sources` of who is shown them.
    """
    live = LanguageStatus.objects.filter(
        source=OuterRef("source"), locale=OuterRef("locale"), source_live=True
    )
    return Q(Exists(live), locale__in=[one.pk for one in locales]) & readable


def _changeable_facts(user: Any) -> Q:
    chosen = Q(pk__in=())
    for model in get_translatable_models():
        if issubclass(model, Page) or model._meta.abstract:
            continue
        options: Any = model._meta
        of_type = Q(
            source__specific_content_type__app_label=options.app_label,
            source__specific_content_type__model=options.model_name,
        )
        locales = locales_with_permission(user, f"{options.app_label}.change_{options.model_name}")
        if locales is None:
            chosen |= of_type
        elif locales:
            chosen |= of_type & Q(source__locale__in=locales)
    return chosen


def count_readers(source: TranslationSource, locales: Collection[Locale]) -> dict[int, int]:
    """Counts the translators who may read a source, by the ids of their locales.

    One query and one more where nothing on the site is closed; else some for each translator.
    """
    users = get_user_model()._default_manager.filter(
        is_active=True, groups__translator_group__locale__in=locales
    )
    members = set(users.values_list("pk", "groups__translator_group__locale"))
    if PageViewRestriction.objects.exists():
        unreadable = {user.pk: unreadable_pages(user) for user in users.distinct()}
        unread = {
            (pk, locale.pk)
            for pk, pages in unreadable.items()
            for locale in locales
            if source.object_id in unread_keys(pages, locale)
        }
        members -= unread
    return Counter(locale for _user, locale in members)
