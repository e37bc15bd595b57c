"""Images and documents; page types build on ``cms.content.pages``."""

from cms.content.models.documents import ContentDocument
from cms.content.models.images import ContentImage, ContentRendition

__all__ = ["ContentDocument", "ContentImage", "ContentRendition"]
