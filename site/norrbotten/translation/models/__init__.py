"""What this room stores beside wagtail-localize: nothing that could be read from there."""

from norrbotten.translation.models.groups import TranslatorGroup
from norrbotten.translation.models.sources import FollowedSource, SourceChange
from norrbotten.translation.models.statuses import LanguageStatus, Status
from norrbotten.translation.models.strings import Review, Suggestion

__all__ = [
    "FollowedSource",
    "LanguageStatus",
    "Review",
    "SourceChange",
    "Status",
    "Suggestion",
    "TranslatorGroup",
]
