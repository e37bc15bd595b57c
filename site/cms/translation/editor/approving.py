"""A second person approves what somebody has entered: one string, or all of a page."""

import json
from collections.abc import Collection
from http import HTTPStatus
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_user_display_name
from wagtail_localize.models import StringTranslation, Translation

from cms.translation.approval.approving import approve, reason_not_to_approve
from cms.translation.editor.json_views import JsonView, Refusal
from cms.translation.editor.rows import row_state
from cms.translation.editor.state import counts_of_status
from cms.translation.editor.translation_page import may_edit
from cms.translation.models import LanguageStatus
from cms.translation.roles.permissions import may_translate
from cms.translation.strings import StringRef, load_strings
from cms.translation.texts.versions import version_of


class _ApprovingView(JsonView):
    """A translation whose texts somebody approves."""

    http_method_names = ("post",)

    def find(self, translation_id: int) -> None:
        """Finds the translation.

        Raises:
            Http404: there is none, or its page or fact was deleted.
            PermissionDenied: the user may not edit the page or fact in its language.
        """
        self.translation = get_object_or_404(
            Translation.objects.select_related("source", "target_locale"), pk=translation_id
        )
        try:
            instance = self.translation.get_target_instance()
        except ObjectDoesNotExist as error:
            raise Http404 from error
        user = self.request.user
        may = may_translate(user, self.translation.target_locale)
        if not may or not may_edit(user, instance):
            raise PermissionDenied

    def stored(self, **where: Any) -> Any:
        """Stored texts of the page or fact, so that nobody changes one meanwhile."""
        return (
            StringTranslation.objects.select_for_update(of=("self",))
            .filter(
                locale=self.translation.target_locale,
                context__object=self.translation.source.object_id,
                **where,
            )
            .select_related("locale", "context", "translation_of")
        )

    def states(self, refs: Collection[StringRef]) -> dict[StringRef, str]:
        """The states of some strings that the source has."""
        source, locale = self.translation.source, self.translation.target_locale
        strings = load_strings([source.pk], [source.object_id], {locale.pk: locale.language_code})
        return {
            one.ref: row_state(one, strings, locale.pk)
            for one in strings.of_source[source.pk]
            if one.ref in refs
        }

    def told(self, **members: Any) -> JsonResponse:
        """An answer, with who has approved, when, and what is left of the page."""
        counted = LanguageStatus.objects.filter(
            source=self.translation.source, locale=self.translation.target_locale
        ).first()
        counts = counts_of_status(counted)
        by = get_user_display_name(self.request.user)
        return JsonResponse(
            {**members, "by": by, "at": timezone.now().isoformat(), "counts": counts}
        )


class ApproveView(_ApprovingView):
    """``POST {"over": version}``: approves one string as whoever approves it has seen it."""

    @transaction.atomic
    def post(
        self, request: HttpRequest, translation_id: int, context_id: int, string_id: int
    ) -> JsonResponse:
        """Answers ``{"state", "by", "at", "counts"}``.

        403 with ``detail`` for who may not, such as who wrote it; 409 where the text is another
        than the one that was seen; 422 where it cannot be used.
        """
        self.find(translation_id)
        stored = get_object_or_404(self.stored(), context=context_id, translation_of=string_id)
        if _sent(request).get("over") != version_of(stored.data):
            raise Refusal(
                HTTPStatus.CONFLICT, _("Somebody has changed the text meanwhile. Read it again.")
            )
        if stored.has_error:
            reason = reason_not_to_approve(stored, request.user)
            raise Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, reason)
        if reason := reason_not_to_approve(stored, request.user):
            raise Refusal(HTTPStatus.FORBIDDEN, reason)
        approve([stored], request.user)
        ref = StringRef(context_id, string_id)
        return self.told(state=self.states([ref]).get(ref, "done"))


class ApproveAllView(_ApprovingView):
    """``POST {"over": {ref: version}}``: approves all of a page that its user may approve.

    Without ``over`` it is what is stored, else of these strings what was seen and is still so.
    """

    @transaction.atomic
    def post(self, request: HttpRequest, translation_id: int) -> JsonResponse:
        """Answers ``{"approved", "left", "detail", "strings", "by", "at", "counts"}``.

        ``strings`` has the state of each by its ref. 403 with ``detail`` where all that waits was
        written by who asks.
        """
        self.find(translation_id)
        over = _sent(request).get("over")
        seen = over if isinstance(over, dict) else None
        chosen, reasons = [], []
        for one in self._waiting():
            ref = f"{one.context_id}-{one.translation_of_id}"
            if seen is not None and seen.get(ref) != version_of(one.data):
                continue
            reason = reason_not_to_approve(one, request.user)
            if reason:
                reasons.append(reason)
            else:
                chosen.append(one)
        if reasons and not chosen:
            raise Refusal(HTTPStatus.FORBIDDEN, reasons[0])
        approve(chosen, request.user)
        refs = [StringRef(one.context_id, one.translation_of_id) for one in chosen]
        states = self.states(refs)
        return self.told(
            approved=len(chosen),
            left=len(reasons),
            detail=reasons[0] if reasons else "",
            strings={f"{ref.context}-{ref.string}": state for ref, state in states.items()},
        )

    def _waiting(self) -> list[StringTranslation]:
        """Finds what the source's present strings have and somebody is to read."""
        source, locale = self.translation.source, self.translation.target_locale
        strings = load_strings([source.pk], [source.object_id], {locale.pk: locale.language_code})
        found = {
            stored.id
            for one in strings.of_source[source.pk]
            if (stored := strings.translations[locale.pk].get(one.ref)) is not None
            and stored.is_translation
            and stored.needs_review
        }
        return list(self.stored(pk__in=found).order_by("pk"))


def _sent(request: HttpRequest) -> dict[str, Any]:
    try:
        found = json.loads(request.body or b"{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
