"""Texts that a second person has approved, in the languages whose group wants that."""

from django.conf import settings
from django.db import models
from wagtail.models import Locale
from wagtail_localize.models import String, TranslationContext


class ApprovedText(models.Model):
    """The text of a string that is published until another one is approved.

    A stored translation is approved when it says what stands here, so that whoever stores another
    text, by whatever way, has not got it approved. It is kept by its place, for a translation that
    is emptied and written anew is another row. Only languages that need approval have any.

    Attributes:
        first_at: when the string first had an approved text.
        approved_by: ``None`` for who is no longer there, and for what was there before.
        is_machine: whether a machine made it and nobody had read it when approval was switched on.
    """

    context = models.ForeignKey(TranslationContext, models.CASCADE, related_name="+")
    string = models.ForeignKey(String, models.CASCADE, related_name="+")
    locale = models.ForeignKey(Locale, models.CASCADE, related_name="+")
    data = models.TextField()
    first_at = models.DateTimeField()
    approved_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    is_machine = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["context", "string", "locale"], name="approved_once_per_language"
            )
        ]

    def __str__(self) -> str:
        return self.data[:60]
