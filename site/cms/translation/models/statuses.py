"""The status of each page and snippet in each language."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale
from wagtail_localize.models import TranslationSource


class Status(models.TextChoices):
    """The states of a page or snippet in one language; each means something else to do."""

    MISSING = "missing", _("missing")
    DRAFT = "draft", _("draft")
    PARTIAL = "partial", _("partial")
    OUTDATED = "outdated", _("out of date")
    COMPLETE = "complete", _("complete")


class LanguageStatus(models.Model):
    """One page or snippet in one language, counted.

    Derived: ``cms.translation.status.counting`` makes it from wagtail-localize's rows and is the
    only place that does. Stored, because a report over 2,000 pages in nine languages shall come
    at once. Words are those of the source.

    Attributes:
        source_live: whether the source is live; nobody has to translate one that is not.
        status: ``missing``: nothing is translated. ``draft``: something is, or a translation was
            begun, and nothing is live. Of what is live: ``outdated`` when the source of a text has
            changed since, ``partial`` when a text is still in the source language, ``complete``.
        translated: strings that have a translation of what the source says now, live or not.
        outdated: strings that have one of what the source said before.
        published: strings whose translation is in what is live.
        unpublished: strings that were translated or changed since, for somebody to publish.
        to_review: strings that nobody has read yet, such as a machine's, or that wait for a second
            person's approval.
        same: strings with a stored text that is the source's, of which nobody has said that this
            is on purpose; they count as untranslated.
    """

    source = models.ForeignKey(TranslationSource, models.CASCADE, related_name="statuses")
    locale = models.ForeignKey(Locale, models.CASCADE, related_name="+")
    source_live = models.BooleanField()
    status = models.CharField(max_length=8, choices=Status)
    strings = models.PositiveIntegerField()
    words = models.PositiveIntegerField()
    translated = models.PositiveIntegerField()
    translated_words = models.PositiveIntegerField()
    outdated = models.PositiveIntegerField()
    outdated_words = models.PositiveIntegerField()
    published = models.PositiveIntegerField()
    published_words = models.PositiveIntegerField()
    unpublished = models.PositiveIntegerField()
    to_review = models.PositiveIntegerField()
    same = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "locale"], name="one_status_per_language")
        ]
        indexes = [models.Index(fields=["locale", "status"], name="status_by_locale")]

    def __str__(self) -> str:
        return f"{self.source_id} {self.locale_id}: {self.status}"
