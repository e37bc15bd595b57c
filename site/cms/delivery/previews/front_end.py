"""The front end on which a page's draft is shown."""

from typing import Any, NamedTuple

from django.urls import reverse

from cms.delivery.previews.models import PreviewAddress, origin_of


class FrontEnd(NamedTuple):
    """The place at which the draft of one page is shown, but for the token."""

    setting: PreviewAddress
    path: str
    locale: str

    def address(self, token: str) -> str:
        """The address of the draft."""
        return self.setting.filled(token, self.path, self.locale)

    @property
    def origin(self) -> str:
        """Scheme and authority, to which alone messages go."""
        return origin_of(self.address(""))


def front_end_of(page: Any) -> FrontEnd | None:
    """The front end of a page's site; ``None`` where drafts are shown here."""
    parts = page.get_url_parts() if page.pk else None
    if parts is None:
        return None
    setting = PreviewAddress.objects.exclude(address="").filter(site_id=parts[0]).first()
    return FrontEnd(setting, parts[2], page.locale.language_code) if setting else None


def draft_address(page: Any, token: str, admin: str) -> str:
    """The address of a draft for who has no login: on the front end, or without one here."""
    front_end = front_end_of(page)
    if front_end is not None:
        return front_end.address(token)
    return f"{admin}{reverse('draft')}?token={token}"
