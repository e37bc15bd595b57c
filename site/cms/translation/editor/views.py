"""The addresses that the editor's script asks."""

from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token

from cms.translation.editor.history import history_of
from cms.translation.editor.json_views import JsonView, members
from cms.translation.editor.link_addresses import save_link
from cms.translation.editor.opening import open_translation
from cms.translation.editor.saving import Saved, save_same, save_string
from cms.translation.editor.state import counts_of_status, whole_state
from cms.translation.strings import StringRef


class StringView(JsonView):
    """One string: ``PUT`` saves it over the version that its writer saw."""

    def put(
        self, request: HttpRequest, translation_id: int, context_id: int, string_id: int
    ) -> JsonResponse:
        """Answers with what became of it."""
        opened = open_translation(request.user, translation_id, context_id)
        data, over = members(request, "data", "over")
        return _answer(save_string(opened, StringRef(context_id, string_id), data, over))


class SameView(JsonView):
    """One string: ``POST`` says that it is the same as in the source, on purpose."""

    def post(
        self, request: HttpRequest, translation_id: int, context_id: int, string_id: int
    ) -> JsonResponse:
        """Answers as saving does."""
        opened = open_translation(request.user, translation_id, context_id)
        [over] = members(request, "over")
        return _answer(save_same(opened, StringRef(context_id, string_id), over))


class HistoryView(JsonView):
    """The versions of one string."""

    def get(
        self, request: HttpRequest, translation_id: int, context_id: int, string_id: int
    ) -> JsonResponse:
        """Answers with them, the latest first."""
        opened = open_translation(request.user, translation_id)
        versions = history_of(opened, StringRef(context_id, string_id))
        return JsonResponse({"versions": versions})


class LinkView(JsonView):
    """One link: ``PUT`` gives it an address of its own."""

    def put(self, request: HttpRequest, translation_id: int, context_id: int) -> JsonResponse:
        """Answers with its address, and that of the source."""
        opened = open_translation(request.user, translation_id)
        [href] = members(request, "href")
        return JsonResponse(save_link(opened, context_id, href))


class StateView(JsonView):
    """The state of every string, by which a script sees what others have changed."""

    def get(self, request: HttpRequest, translation_id: int) -> JsonResponse:
        """Answers with versions, states and what is left."""
        return JsonResponse(whole_state(open_translation(request.user, translation_id)))


class TokenView(JsonView):
    """The token that a script sends along, which is another after each login."""

    def get(self, request: HttpRequest, translation_id: int) -> JsonResponse:
        """Answers with it."""
        return JsonResponse({"csrf": get_token(request)})


def _answer(saved: Saved) -> JsonResponse:
    return JsonResponse(
        {
            "version": saved.version,
            "state": saved.state,
            "fault": saved.fault,
            "notes": saved.notes,
            "by": saved.by,
            "at": saved.at.isoformat() if saved.at is not None else None,
            "counts": counts_of_status(saved.status),
        }
    )
