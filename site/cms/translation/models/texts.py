"""Texts of each language: what it says and has said, and what is the same on purpose."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale


class LanguageTexts(models.Model):
    """The texts of a page or fact in one language, as digests.

    Whatever becomes of the page in another language, of the source, or of wagtail-localize's rows:
    by these a text that is still the source's is known. They are kept when the page is deleted.
    ``cms.translation.texts.recording`` is the only place that writes them.

    Attributes:
        key: translation key; no foreign key, for nothing has to be there any more.
        is_source: whether the others are translated from this language.
        is_translation: whether a person has translated a text of it, or said one to be the same.
        titles: the texts that others show of it, as ``cms.translation.texts.stored`` packs them.
        texts: all other texts, packed alike.
    """

    key = models.UUIDField()
    locale = models.ForeignKey(Locale, models.CASCADE, related_name="+")
    is_source = models.BooleanField()
    is_translation = models.BooleanField()
    titles = models.TextField()
    texts = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "locale"], name="texts_once_per_language")
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.locale_id}"


class SameOnPurpose(models.Model):
    """A text that is the same in a language as in its source, because somebody said so.

    It holds for the text wherever it stands in that language.

    Attributes:
        digest: of the text; see ``cms.translation.texts.digests``.
        text: as a person reads it, for lists.
        said_by: ``None`` for who is no longer there, or when a command said it for somebody.
        origin: name of the file that said it; else empty.
        is_approved: whether a second person has said so too, where the language wants one.
    """

    class How(models.TextChoices):
        """The ways in which it is said."""

        LIST = "list", _("ticked in the list")
        TYPED = "typed", _("typed in the editor")
        FILE = "file", _("said by a file")
        BUNDLE = "bundle", _("brought by a bundle")
        BEFORE = "before", _("typed before it could be said")

    locale = models.ForeignKey(Locale, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=16)
    text = models.TextField()
    how = models.CharField(max_length=8, choices=How)
    origin = models.CharField(max_length=255, blank=True)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    said_at = models.DateTimeField(auto_now_add=True)
    is_approved = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["locale", "digest"], name="said_once_per_language")
        ]

    def __str__(self) -> str:
        return self.text[:60]
