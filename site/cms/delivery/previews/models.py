"""Tokens of drafts, and where front ends show them."""

from typing import Any, Final
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.contrib.settings.registry import register_setting

TOKEN: Final = "{token}"  # noqa: S105 - a placeholder
PATH: Final = "{path}"
LOCALE: Final = "{locale}"


class PreviewToken(models.Model):
    """A right to read the draft of one page in its language, without a login.

    The token itself is not stored, only its digest.

    Attributes:
        digest: SHA-256 of the token, in hexadecimal.
        admin: scheme and authority of the admin in which it was made; there its fields are edited.
        is_shared: whether somebody shared it as a link; else it is of an editor's own preview.
        label: for whom it is.
    """

    digest = models.CharField(max_length=64, unique=True)
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    locale = models.ForeignKey("wagtailcore.Locale", on_delete=models.CASCADE, related_name="+")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    admin = models.CharField(max_length=300)
    is_shared = models.BooleanField(default=False)
    label = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(db_index=True)
    withdrawn_at = models.DateTimeField(null=True)

    # Nothing refers to it, and it goes with its page.
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return f"{self.page_id} {self.expires_at:%Y-%m-%d}"

    @property
    def is_alive(self) -> bool:
        """Tells whether it is neither withdrawn nor over."""
        return self.withdrawn_at is None and self.expires_at > timezone.now()


@register_setting(icon="view", order=604)
class PreviewAddress(BaseSiteSetting):
    """The address at which a site's front end shows a draft."""

    address = models.CharField(
        _("address"),
        max_length=1000,
        blank=True,
        help_text=_(
            "Where the front end shows a draft: https://www.example.org{path}?token={token}. "
            "{token}, {path} and {locale} are filled in. Empty: drafts are shown here."
        ),
    )

    panels = [FieldPanel("address")]

    class Meta:
        verbose_name = _("preview on the front end")

    def __str__(self) -> str:
        return str(self.address)

    def clean(self) -> None:
        """Refuses an address at which nothing could be shown.

        Raises:
            ValidationError: with what is wrong and what to do.
        """
        super().clean()
        self.address = self.address.strip()
        if self.address and (fault := fault_in(self.address)):
            raise ValidationError({"address": fault})

    def filled(self, token: str, path: str, locale: str) -> str:
        """The address for a draft."""
        return fill(self.address, token, path, locale)


def fill(address: str, token: str, path: str, locale: str) -> str:
    """An address with its placeholders filled in."""
    return address.replace(PATH, path).replace(LOCALE, locale).replace(TOKEN, token)


def origin_of(address: str) -> str:
    """Scheme and authority of an address, as browsers compare them."""
    parts = urlsplit(address)
    host = (parts.hostname or "").encode("idna").decode() if parts.hostname else ""
    host = f"[{host}]" if ":" in host else host
    default = {"http": 80, "https": 443}.get(parts.scheme)
    port = f":{parts.port}" if parts.port not in (None, default) else ""
    return f"{parts.scheme}://{host}{port}"


def fault_in(address: str) -> str:
    """A sentence on an address that cannot be used; empty where it can."""
    if any(character.isspace() or not character.isprintable() for character in address):
        return gettext("An address holds no spaces.")
    left = address.replace(TOKEN, "").replace(PATH, "").replace(LOCALE, "")
    if "{" in left or "}" in left:
        return gettext("In braces there may be token, path or locale.")
    try:
        parts = urlsplit(fill(address, TOKEN, "/", "sv"))
        is_usable = _is_usable(parts)
    except (UnicodeError, ValueError):
        return gettext("This is no address.")
    if parts.scheme not in {"http", "https"}:
        return gettext("The address begins with https:// or http://.")
    if not is_usable:
        return gettext("This is no address.")
    if TOKEN not in address:
        return gettext("The address must hold {token}: by it the front end gets the draft.")
    if TOKEN in parts.netloc:
        return gettext("{token} stands behind the name of the site.")
    return ""


def _is_usable(parts: SplitResult) -> bool:
    """Tells whether an address names a host, and nobody who signs in there."""
    authority: Any = parts.netloc
    return bool(parts.hostname and origin_of(parts.geturl()) and "@" not in authority)
