"""Tables of this room beside wagtail-localize's: nothing that could be read from there."""

from cms.translation.models.approval import ApprovedText
from cms.translation.models.groups import TranslatorGroup
from cms.translation.models.publishing import PublishingJob, PublishingResult
from cms.translation.models.requests import TranslationRequest, TranslatorMail
from cms.translation.models.sources import FollowedSource, SourceChange
from cms.translation.models.statuses import LanguageStatus, Status
from cms.translation.models.steps import FinishedStep
from cms.translation.models.strings import Review, Suggestion
from cms.translation.models.takedowns import TakenDown
from cms.translation.models.texts import LanguageTexts, SameOnPurpose
from cms.translation.models.versions import StringVersion

__all__ = [
    "ApprovedText",
    "FinishedStep",
    "FollowedSource",
    "LanguageStatus",
    "LanguageTexts",
    "PublishingJob",
    "PublishingResult",
    "Review",
    "SameOnPurpose",
    "SourceChange",
    "Status",
    "StringVersion",
    "Suggestion",
    "TakenDown",
    "TranslationRequest",
    "TranslatorGroup",
    "TranslatorMail",
]
