"""Images and documents; page types build on ``norrbotten.content.pages``."""

from norrbotten.content.models.documents import ContentDocument
from norrbotten.content.models.images import ContentImage, ContentRendition

__all__ = ["ContentDocument", "ContentImage", "ContentRendition"]
