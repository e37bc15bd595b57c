"""Films: each can be played."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from cms.content.blocks.films import find_film
from cms.content.blocks.video import FilmAddressBlock
from cms.content.rules.findings import Fault
from cms.content.rules.registry import refuses


@refuses("film_unplayable", FilmAddressBlock)
def look_for_film(address: Any) -> Iterator[Fault]:
    """Finds an address at which no film is known; whether it is still there is not asked."""
    if address and find_film(address) is None:
        yield Fault(
            _(
                "No film can be played from this address. Copy the address of one film at "
                "YouTube (youtube.com/watch?v=…, /shorts/…, /live/…, youtu.be/…) or Vimeo "
                "(vimeo.com/…, for an unlisted film with its second part)."
            )
        )
