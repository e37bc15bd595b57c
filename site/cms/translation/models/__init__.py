"""Tables of this room beside wagtail-localize's: nothing that could be read from there."""

from cms.translation.models.groups import TranslatorGroup
from cms.translation.models.sources import FollowedSource, SourceChange
from cms.translation.models.statuses import LanguageStatus, Status
from cms.translation.models.steps import FinishedStep
from cms.translation.models.strings import Review, Suggestion
from cms.translation.models.takedowns import TakenDown
from cms.translation.models.texts import LanguageTexts, SameOnPurpose

__all__ = [
    "FinishedStep",
    "FollowedSource",
    "LanguageStatus",
    "LanguageTexts",
    "Review",
    "SameOnPurpose",
    "SourceChange",
    "Status",
    "Suggestion",
    "TakenDown",
    "TranslatorGroup",
]
