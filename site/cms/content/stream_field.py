"""The StreamField of our models, whose blocks do not stand in migrations.

A block's definition is code: it changes no column, and a migration that held it would have to be
written whenever a label is, and would import for ever whatever the block was made of. As
ONSdigital's dis-wagtail does it.
"""

import json
from typing import TYPE_CHECKING, Any

from django.db import models
from wagtail import fields
from wagtail.blocks import StreamValue

from cms.content.api.streams.values import as_stored


class StreamField(fields.StreamField):
    """Wagtail's field; in a migration it stands without its blocks.

    A migration that moves data reads blocks as they are stored, in ``raw_data``, and saves what it
    has not touched as it was.
    """

    if TYPE_CHECKING:
        # Read, it is a stream of blocks; it takes what a stream can be made from as well.
        def __get__(self, instance: Any, owner: Any = None) -> Any: ...
        def __set__(self, instance: Any, value: Any) -> None: ...

    def __init__(self, block_types: Any = None, **kwargs: Any) -> None:
        """Make the field; only one of a migration is made without blocks."""
        self.knows_blocks = block_types is not None
        super().__init__([] if block_types is None else block_types, **kwargs)

    def deconstruct(self) -> Any:
        """Return what a migration holds: neither the blocks nor how many of them there may be."""
        # Not the parent's, which writes each block out.
        return models.Field.deconstruct(self)

    def get_prep_value(self, value: Any) -> Any:
        """Return what is stored: each value of the type of its block, whichever way it came.

        A form gives text where a file gives a number, and a translation has what its source had.
        """
        stored = super().get_prep_value(value)
        is_stream = self.knows_blocks and isinstance(value, StreamValue) and stored
        return as_stored(self.stream_block, stored) if is_stream else stored

    def to_python(self, value: Any) -> StreamValue:
        """Return the blocks; in a migration, which knows none, whatever is stored stays."""
        if self.knows_blocks or not value or isinstance(value, StreamValue):
            return super().to_python(value)
        stored = value
        if isinstance(value, str):
            try:
                stored = json.loads(value)
            except ValueError:
                # Text of before the field was a stream: kept by the parent as ``raw_text``.
                return super().to_python(value)
        kept = StreamValue(self.stream_block, list(stored), is_lazy=True)
        kept._stream_field = self  # noqa: SLF001 - as the parent does, for pickles
        return kept
