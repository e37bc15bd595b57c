"""The blocks of which a body is made, one concept per file."""

from norrbotten.content.blocks.body import BodyBlock

__all__ = ["BodyBlock"]
