"""Groups of translators and their languages."""

from django.contrib.auth.models import Group
from django.db import models
from wagtail.models import Locale


class TranslatorGroup(models.Model):
    """A language and the group of those who translate into it, made with its Locale."""

    locale = models.OneToOneField(Locale, models.CASCADE, related_name="translator_group")
    group = models.OneToOneField(Group, models.CASCADE, related_name="translator_group")

    def __str__(self) -> str:
        return str(self.group)
