"""Buttons beside an address: ask it again; it is right; look after it again."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from cms.content.start_page.panel import is_editor
from cms.web_addresses.admin.seeing import seen_addresses
from cms.web_addresses.models import WebAddress
from cms.web_addresses.turns import wake


@require_POST
def try_again(request: HttpRequest, address_id: int) -> HttpResponse:
    """Has an address asked soon, by the worker."""
    address = _seen(request, address_id)
    if address is None:
        return _back(request)
    if settings.WEB_ADDRESSES_CHECK:
        _update(address, is_wanted=True, next_check_at=timezone.now())
        wake()
        messages.success(
            request, _("%(address)s is asked again within some minutes.") % {"address": address}
        )
    else:
        messages.warning(
            request, _("Addresses of other sites are not looked at here; see WEB_ADDRESSES_CHECK.")
        )
    return _back(request)


@require_POST
def confirm(request: HttpRequest, address_id: int) -> HttpResponse:
    """Notes that an address is right as it is."""
    if (address := _seen(request, address_id)) is not None:
        _update(address, confirmed_at=timezone.now(), confirmed_by=request.user)
        messages.success(request, _("%(address)s is no longer called dead.") % {"address": address})
    return _back(request)


@require_POST
def look_after(request: HttpRequest, address_id: int) -> HttpResponse:
    """Takes back that an address is right as it is."""
    if (address := _seen(request, address_id)) is not None:
        _update(address, confirmed_at=None, confirmed_by=None)
        messages.success(request, _("%(address)s is looked after again.") % {"address": address})
    return _back(request)


def _seen(request: HttpRequest, address_id: int) -> WebAddress | None:
    """The address, where the user sees it; where not, a message says so.

    Raises:
        PermissionDenied: the user changes no pages but translations.
    """
    if not is_editor(request.user):
        raise PermissionDenied
    address: WebAddress | None = seen_addresses(request.user).filter(pk=address_id).first()
    if address is None:
        messages.error(request, _("This address is not in the list any more."))
    return address


def _update(address: WebAddress, **values: Any) -> None:
    WebAddress.objects.filter(pk=address.pk).update(**values)


def _back(request: HttpRequest) -> HttpResponse:
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return redirect(back if is_ours else reverse("cms_web_addresses:list"))
