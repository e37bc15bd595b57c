"""The address of a link in one language, where it is another than in the source."""

import json
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail_localize.models import OverridableSegment, Translation

from cms.common.characters import for_xml
from cms.translation.editor.json_views import Refusal
from cms.translation.editor.opening import Opened
from cms.translation.lifecycle.overrides import Override, is_link, keep_choices

LONGEST_ADDRESS: Final = 2_000
_PHONE_SIGNS: Final = frozenset("0123456789+-.()")


def save_link(opened: Opened, context: int, href: str) -> dict[str, str]:
    """Gives a link an address of its own in a language; an empty one takes it back.

    Args:
        context: id of the link's place.

    Raises:
        Refusal: it is no address that can be linked, or the source has no such link any more.
    """
    href = href.strip()
    if href and (fault := address_fault(href)):
        raise Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, fault)
    if not opened.is_enabled:
        raise Refusal(HTTPStatus.GONE, _("The page is written by hand in this language now."))
    segment = (
        OverridableSegment.objects.filter(source=opened.source, context=context)
        .select_related("context")
        .first()
    )
    if segment is None or not is_link(segment.context.path):
        raise Refusal(HTTPStatus.GONE, _("The link is no longer in the source."))
    own: str = json.loads(segment.data_json)
    chosen = None if href in ("", own) else href
    translation = Translation.objects.get(pk=opened.id)
    with transaction.atomic():
        keep_choices(translation, [Override(context, chosen)], opened.user)
    return {"href": chosen or "", "source_href": own}


def address_fault(href: str) -> str:
    """The reason why an address cannot be linked, with the remedy; empty for one that can.

    It may lead to another site (``https://…``), to a mail or phone (``mailto:``, ``tel:``), or to
    a path on this site (``/…``).
    """
    if len(href) > LONGEST_ADDRESS:
        return _("The address has %(length)d characters; it may have %(limit)d.") % {
            "length": len(href),
            "limit": LONGEST_ADDRESS,
        }
    if for_xml(href) != href or any(each.isspace() or each in "\\<>\"'" for each in href):
        return _("An address has no spaces, quotation marks or backslashes.")
    try:
        scheme = urlsplit(href).scheme.lower()
    except ValueError:
        scheme = "?"
    is_good = {
        "http": _is_web,
        "https": _is_web,
        "mailto": _is_mail,
        "tel": _is_phone,
        "": _is_path,
    }.get(scheme)
    if is_good is not None and is_good(href):
        return ""
    return _(
        "“%(address)s” is no address that can be linked. Write https://…, mailto:…, tel:…, or a "
        "path on this site that begins with /."
    ) % {"address": href[:60]}


def _is_web(href: str) -> bool:
    try:
        URLValidator(schemes=["http", "https"])(href)
    except ValidationError:
        return False
    return True


def _is_mail(href: str) -> bool:
    address = href.partition(":")[2].partition("?")[0]
    try:
        validate_email(address)
    except ValidationError:
        return False
    return True


def _is_phone(href: str) -> bool:
    number = href.partition(":")[2]
    return any(each.isdigit() for each in number) and _PHONE_SIGNS.issuperset(number)


def _is_path(href: str) -> bool:
    return href.startswith("/") and not href.startswith("//")
