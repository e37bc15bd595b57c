"""Jobs that publish everything that is complete in a language, and what came of each page."""

from django.db import models
from wagtail.models import Locale
from wagtail_localize.models import TranslationSource

from cms.common.background_jobs import BackgroundJob


class PublishingJob(BackgroundJob):
    """One run over all pages and facts of a language that have texts to publish.

    Attributes:
        counts: at the end, ``published`` and ``left``.
    """

    locale = models.ForeignKey(Locale, models.CASCADE, related_name="+")


class PublishingResult(models.Model):
    """One page or fact that was published, or was not.

    Stored with the publication itself, so that a run that is broken off knows where it was.

    Attributes:
        reason: a sentence that says why it was not published; empty where it was.
    """

    job = models.ForeignKey(PublishingJob, models.CASCADE, related_name="results")
    source = models.ForeignKey(TranslationSource, models.CASCADE, related_name="+")
    title = models.CharField(max_length=255)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["job", "source"], name="one_publishing_result")
        ]

    def __str__(self) -> str:
        return self.title
