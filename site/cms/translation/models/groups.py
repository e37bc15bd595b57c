"""Groups of translators and their languages."""

from django.contrib.auth.models import Group
from django.db import models
from wagtail.models import Locale


class TranslatorGroup(models.Model):
    """A language and the group of those who translate into it, made with its Locale.

    Attributes:
        needs_approval: whether a second person approves each text before it is published.
    """

    locale = models.OneToOneField(Locale, models.CASCADE, related_name="translator_group")
    group = models.OneToOneField(Group, models.CASCADE, related_name="translator_group")
    needs_approval = models.BooleanField(default=False)

    def __str__(self) -> str:
        return str(self.group)
