"""Changes of a source text since it was first translated."""

from django.db import models
from wagtail_localize.models import String, TranslationContext, TranslationSource


class FollowedSource(models.Model):
    """The publication of a page or snippet from which its translation source was taken.

    Attributes:
        published_at: the ``last_published_at`` that the page had then. A page that was published
            since differs from it, so that nothing that was missed stays missed.
        digest: of everything that translations take over, texts and facts alike.
        changed_at: when the digest was last another. A translation that went live before shows
            something that the source no longer says.
    """

    source = models.OneToOneField(TranslationSource, models.CASCADE, related_name="followed")
    published_at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.source} as of {self.published_at:%Y-%m-%d %H:%M}"


class SourceChange(models.Model):
    """A string that has left its place in the source, and the one that stands there instead.

    A string that was changed twice has a row for the one before, and for each language another for
    the newest that is translated into it, so that this is found without following a chain.
    ``current`` is empty for a string that went without another taking its place. ``context`` is the
    place that ``previous`` stood in; a string keeps its place when its block is moved.
    """

    context = models.ForeignKey(TranslationContext, models.CASCADE, related_name="changes")
    previous = models.ForeignKey(String, models.CASCADE, related_name="+")
    current = models.ForeignKey(String, models.CASCADE, related_name="+", null=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["context", "previous", "current"], name="one_change_per_pair"
            ),
            models.UniqueConstraint(
                fields=["context", "previous"],
                condition=models.Q(current__isnull=True),
                name="gone_once",
            ),
        ]
        indexes = [models.Index(fields=["context", "current"], name="change_of_current")]

    def __str__(self) -> str:
        return f"{self.previous_id} → {self.current_id}"
