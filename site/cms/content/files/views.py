"""The addresses of files: what is closed is refused at each.

A file is let out for what names it, an image, one of its renditions or a document, and its
collection says to whom. What nothing names any more is not given out.
"""

from typing import Any

from django.core.files.storage import default_storage
from django.db.models import Exists
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import add_never_cache_headers
from wagtail.documents.models import document_served
from wagtail.documents.views.serve import serve
from wagtail.documents.wagtail_hooks import check_view_restrictions
from wagtail.permissions import policy_registry
from wagtail.users.models import UserProfile

from cms.content.files.sending import disposition_of, for_any_origin, send
from cms.content.models import ContentDocument, ContentImage, ContentRendition
from cms.content.visibility import restrictions_on_collection

_ACTIONS = ("add", "change", "delete", "choose")
_ENTER = "wagtailadmin.access_admin"


@for_any_origin
def serve_media(request: HttpRequest, name: str) -> HttpResponseBase:
    """Gives out a file, or says why not: as Wagtail does of a document in a closed collection.

    Raises:
        Http404: nothing of the site is called that.
    """
    if "\0" in name:
        # PostgreSQL takes no such text.
        raise Http404(name)
    for model, owner in _in_likely_order(name):
        found = list(_named(model, owner, name))
        if not found:
            continue
        closed = [row for row in found if row.is_closed]
        for row in closed:
            if (refusal := _refusal(request, getattr(row, owner) if owner else row)) is not None:
                return refusal
        is_public = not closed
        if model is ContentDocument:
            return _sent_document(request, found[0], is_public=is_public)
        return send(request, default_storage, name, is_public=is_public)
    if UserProfile.objects.filter(avatar=name).exists() and _may_enter(request):
        return send(request, default_storage, name, is_public=False)
    raise Http404(name)


def _in_likely_order(name: str) -> list[tuple[Any, str]]:
    """Models to look in, each with the name of its member that lies in a collection."""
    places = [(ContentRendition, "image"), (ContentImage, ""), (ContentDocument, "")]
    folders = {"images": ContentRendition, "original_images": ContentImage}
    likely = folders.get(name.partition("/")[0], ContentDocument)
    return sorted(places, key=lambda place: place[0] is not likely)


def _named(model: Any, owner: str, name: str) -> Any:
    path = f"{owner}__collection__path" if owner else "collection__path"
    rows = model._default_manager.filter(file=name)
    if owner:
        rows = rows.select_related(owner)
    return rows.annotate(is_closed=Exists(restrictions_on_collection(path)))


def _refusal(request: HttpRequest, owner: Any) -> HttpResponseBase | None:
    """The answer to whoever may not see it; an editor sees what the admin shows of it."""
    refusal: HttpResponseBase | None = check_view_restrictions(owner, request)
    if refusal is not None and _may_enter(request):
        policy = policy_registry.get_by_type(type(owner))
        if policy.user_has_any_permission_for_instance(request.user, _ACTIONS, owner):
            return None
    if refusal is not None:
        add_never_cache_headers(refusal)
    return refusal


def _may_enter(request: Any) -> bool:
    return bool(request.user.has_perm(_ENTER))


@for_any_origin
def serve_document(request: HttpRequest, document_id: int, filename: str) -> HttpResponseBase:
    """Gives out a file at the address that documents and texts name.

    One that lies elsewhere than on this machine is left to Wagtail, which leads to its storage.

    Raises:
        Http404: there is none with this number and name.
    """
    closed = Exists(restrictions_on_collection("collection__path"))
    document: Any = (
        ContentDocument.objects.filter(pk=document_id).annotate(is_closed=closed).first()
    )
    if document is None or document.filename != filename:
        raise Http404(filename)
    if not document.is_stored_locally():
        return serve(request, document_id, filename)  # type: ignore[no-any-return]
    if document.is_closed and (refusal := _refusal(request, document)) is not None:
        return refusal
    document_served.send(sender=ContentDocument, instance=document, request=request)
    return _sent_document(request, document, is_public=not document.is_closed)


def _sent_document(request: HttpRequest, document: Any, *, is_public: bool) -> HttpResponseBase:
    is_shown = document.content_disposition == "inline"
    return send(
        request,
        document.file.storage,
        document.file.name,
        is_public=is_public,
        disposition=disposition_of(document.filename, is_shown=is_shown),
    )
