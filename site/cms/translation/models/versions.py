"""Former texts of translated strings, with who wrote them and when."""

from django.conf import settings
from django.db import models
from wagtail.models import Locale
from wagtail_localize.models import String, TranslationContext


class StringVersion(models.Model):
    """A translation that stood there before another, or before it was emptied.

    What stands there now is wagtail-localize's ``StringTranslation`` itself.
    ``cms.translation.string_versions`` is the only place that writes them.

    Attributes:
        made_at: when the text was entered, not when it was replaced.
        tool: name of the file or machine that brought it; empty for a typed one.
    """

    context = models.ForeignKey(TranslationContext, models.CASCADE, related_name="versions")
    string = models.ForeignKey(String, models.CASCADE, related_name="+")
    locale = models.ForeignKey(Locale, models.CASCADE, related_name="+")
    data = models.TextField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField()
    tool = models.CharField(max_length=255, blank=True)
    is_machine = models.BooleanField(default=False)

    class Meta:
        ordering = ("-made_at", "-pk")
        indexes = [models.Index(fields=["context", "string", "locale"], name="version_by_place")]

    def __str__(self) -> str:
        return self.data[:60]
