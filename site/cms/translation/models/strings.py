"""Facts on a single translated string beyond its text."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, TranslationContext


class Review(models.Model):
    """Tells whether somebody has to read a translated string, or has read it.

    A string without one is *translated* when a person wrote it, and *needs review* when a machine
    did. Whoever changes the text afterwards makes it such a string again.
    """

    class State(models.TextChoices):
        """The states that a file can give to a string beyond *translated*."""

        NEEDS_REVIEW = "needs-review", _("needs review")
        TRANSLATED = "translated", _("translated")
        FINAL = "final", _("final")

    translation = models.OneToOneField(StringTranslation, models.CASCADE, related_name="review")
    state = models.CharField(max_length=12, choices=State)

    def __str__(self) -> str:
        return self.get_state_display()


class Suggestion(models.Model):
    """A translation that somebody made and that is not used: nobody's words are lost.

    Attributes:
        source_text: the source that it was made of.
        data: the translation, in the form in which wagtail-localize stores one.
    """

    class Reason(models.TextChoices):
        """The reasons for which it is not used."""

        SOURCE_CHANGED = "source-changed", _("The source has changed since.")
        CHANGED_HERE = "changed-here", _("The text was changed here after the file was written.")
        REPLACED = "replaced", _("A file brought another text.")
        UNFINISHED = "unfinished", _("A part of it is missing, or still as in the source.")
        NOT_DONE = "not-done", _("The file says that it is still to be translated.")
        TO_REVIEW = "to-review", _("The file says that somebody should review it.")
        STOPPED = "stopped", _("The page is written by hand in this language.")
        BY_HAND = "by-hand", _("It was written on the page by hand, where the source has no text.")
        PAGE_WON = "page-won", _("Another text was written on the page by hand.")

    context = models.ForeignKey(TranslationContext, models.CASCADE, related_name="suggestions")
    locale = models.ForeignKey(Locale, models.CASCADE, related_name="+")
    source_text = models.TextField()
    data = models.TextField()
    reason = models.CharField(max_length=14, choices=Reason)
    origin = models.CharField(max_length=255, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-made_at", "-pk")
        indexes = [models.Index(fields=["context", "locale"], name="suggestion_by_place")]

    def __str__(self) -> str:
        return self.data[:60]
