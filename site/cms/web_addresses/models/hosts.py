"""A server out there, and when it may be asked again."""

from django.db import models
from django.utils import timezone


class WebHost(models.Model):
    """A server, by its name.

    Attributes:
        name: as addresses have it.
        free_at: when it may be asked next. Who asks it moves this first, so that nobody else does
            meanwhile.
        robots: its ``robots.txt``, where it has one.
        robots_at: when that was read.
    """

    name = models.CharField(max_length=255, unique=True)
    free_at = models.DateTimeField(default=timezone.now)
    robots = models.TextField(blank=True)
    robots_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["free_at"], name="web_host_free")]

    def __str__(self) -> str:
        return self.name
