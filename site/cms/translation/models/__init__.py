"""Tables of this room beside wagtail-localize's: nothing that could be read from there."""

from cms.translation.models.groups import TranslatorGroup
from cms.translation.models.sources import FollowedSource, SourceChange
from cms.translation.models.statuses import LanguageStatus, Status
from cms.translation.models.strings import Review, Suggestion

__all__ = [
    "FollowedSource",
    "LanguageStatus",
    "Review",
    "SourceChange",
    "Status",
    "Suggestion",
    "TranslatorGroup",
]
