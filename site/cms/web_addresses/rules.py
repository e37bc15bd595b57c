"""Advice on dead addresses in what is being edited: reads what is known, and asks nobody."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import DraftStateMixin

from cms.content.rules.findings import Fault
from cms.content.rules.registry import advises
from cms.web_addresses.gathering.standing import addresses_in
from cms.web_addresses.models import WebAddress
from cms.web_addresses.models.addresses import digest_of


@advises("web_address_dead", DraftStateMixin)
def look_for_dead_addresses(instance: Any) -> Iterator[Fault]:
    """Finds addresses that are known to be dead; in one query, or none where there are none."""
    standing = [(digest_of(one.url), one) for one in addresses_in(instance)]
    if not standing:
        return
    digests = {digest for digest, _one in standing}
    dead = {one.digest: one for one in WebAddress.objects.dead().filter(digest__in=digests)}
    for digest, one in standing:
        if digest in dead:
            message = _("%(address)s is dead. %(wrong)s Mend the link, or take it out.") % {
                "address": one.url,
                "wrong": dead[digest].what_is_wrong,
            }
            yield Fault(message, () if one.node else one.place, one.row, one.node)
