"""An address, and what came of asking it."""

from hashlib import sha256

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def digest_of(url: str) -> str:
    """The digest by which an address is found: databases index no texts of any length."""
    return sha256(url.encode()).hexdigest()


class AddressQuerySet(models.QuerySet["WebAddress"]):
    """Addresses."""

    def dead(self) -> "AddressQuerySet":
        """Keeps those that are dead, and of which nobody has said that they are right."""
        return self.filter(is_dead=True, confirmed_at=None)


class WebAddress(models.Model):
    """An address that published content leads to, with what is known of it.

    Attributes:
        url: without what comes behind ``#``, which is never sent.
        digest: of ``url``.
        host: the name of the server, as it is asked for.
        problem: why it is not as it should be; empty where it is.
        http_status: of the latest answer; ``None`` where there was none.
        detail: the problem in technical terms.
        moved_to: where it leads for good.
        since: when it came to be in this state.
        failures: how often in a row it did not work.
        failing_since: when the first of these was.
        is_dead: whether it failed so often, and for so long, that it will not come back by itself.
        next_check_at: when it is asked next.
        is_wanted: whether somebody asked for that, and waits.
        confirmed_at: when an editor said that it is right as it is; it is not called dead then.
        confirmed_by: who did.
    """

    class Status(models.TextChoices):
        """The states of an address."""

        NEW = "new"
        WORKS = "works"
        MOVED = "moved"
        GONE = "gone"
        SILENT = "silent"
        REFUSED = "refused"
        NOT_ASKED = "not_asked"

    class Problem(models.TextChoices):
        """The reasons why an address is not as it should be."""

        MISSING = "missing", _("The page is not there any more.")
        INVALID = "invalid", _("This is no address of a web server. Is it spelled right?")
        NAME = "name", _("There is no server of this name. Is it spelled right?")
        CONNECTION = "connection", _("The server cannot be reached.")
        TIME = "time", _("The server does not answer in time.")
        CERTIFICATE = (
            "certificate",
            _("Browsers warn of this server: its certificate is not valid."),
        )
        LOOP = "loop", _("It leads to another address, that to another, and never to an end.")
        SERVER = "server", _("The server says that something is wrong with it.")
        REFUSED = "refused", _("The server lets no program look. Open the address yourself.")
        ROBOTS = "robots", _("The server asks programs not to look. Open the address yourself.")
        CLOSED = "closed", _("It leads to a closed network, where readers come to nothing.")
        PORT = "port", _("It leads to a port on which web servers do not listen.")
        PASSWORD = "password", _("There is a password in the address, which all readers can see.")
        EXAMPLE = "example", _("It is an example that leads nowhere.")

    url = models.TextField()
    digest = models.CharField(max_length=64, unique=True)
    host = models.CharField(max_length=255)
    status = models.CharField(max_length=9, choices=Status, default=Status.NEW)
    problem = models.CharField(max_length=11, choices=Problem, blank=True)
    http_status = models.PositiveIntegerField(null=True)
    detail = models.TextField(blank=True)
    moved_to = models.TextField(blank=True)
    checked_at = models.DateTimeField(null=True)
    since = models.DateTimeField(default=timezone.now)
    failures = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    is_dead = models.BooleanField(default=False)
    next_check_at = models.DateTimeField(default=timezone.now)
    is_wanted = models.BooleanField(default=False)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    objects = AddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("web address")
        verbose_name_plural = _("web addresses")
        ordering = ("since", "pk")
        default_permissions = ()
        indexes = [
            models.Index(
                fields=["since", "id"],
                condition=models.Q(is_dead=True, confirmed_at=None),
                name="web_address_dead",
            ),
            models.Index(fields=["status", "since", "id"], name="web_address_by_status"),
            models.Index(
                fields=["confirmed_at"],
                condition=models.Q(confirmed_at__isnull=False),
                name="web_address_confirmed",
            ),
            models.Index(fields=["next_check_at"], name="web_address_due"),
            models.Index(
                fields=["next_check_at"],
                condition=models.Q(is_wanted=True),
                name="web_address_wanted",
            ),
        ]

    def __str__(self) -> str:
        return self.url

    @property
    def what_is_wrong(self) -> str:
        """A sentence on why it is not as it should be; empty where it is."""
        if self.status == self.Status.MOVED:
            return str(_("It has moved for good to %(address)s.") % {"address": self.moved_to})
        return str(self.get_problem_display()) if self.problem else ""
