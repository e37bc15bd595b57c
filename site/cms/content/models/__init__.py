"""Images, documents and the order of pages; page types build on ``cms.content.pages``."""

from cms.content.models.documents import ContentDocument
from cms.content.models.images import ContentImage, ContentRendition
from cms.content.models.positions import PagePosition

__all__ = ["ContentDocument", "ContentImage", "ContentRendition", "PagePosition"]
