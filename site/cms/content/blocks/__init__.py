"""The blocks of which a body is made, one concept per file."""

from cms.content.blocks.body import BodyBlock

__all__ = ["BodyBlock"]
