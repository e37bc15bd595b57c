"""Makes a translation of a page whose picture or file was deleted, and names a block that fails.

The writer of wagtail-localize 1.14.5 describes a picture that is not there any more, and looks for
a block that its source has lost: publishing, preview, beginning and files of every language end in
a 500. Here such a block stays as it is in the source. Any other failure names page, language, block
and reason. May go when it leaves out what is gone, and says where it fails.
"""

from collections import defaultdict
from functools import wraps
from typing import Any, Final

from django.core.exceptions import ObjectDoesNotExist
from wagtail.blocks import ChooserBlock
from wagtail.images.blocks import ImageBlock
from wagtail.models import Locale
from wagtail_localize.segments.ingest import StreamFieldSegmentsWriter

from cms.translation.lifecycle.restoring import CannotRestore, cannot_restore
from cms.upstream.replacement import Replacement, apply_replacements

_WRITER: Final = "wagtail_localize.segments.ingest:StreamFieldSegmentsWriter"
BLOCK: Final = f"{_WRITER}.handle_block"
STREAM: Final = f"{_WRITER}.handle_stream_block"
INGEST: Final = "wagtail_localize.models:ingest_segments"


class FailedBlock(Exception):
    """Raised for a block; the message says which, its cause says why."""


def apply() -> None:
    """Puts it in."""
    apply_replacements(
        Replacement(
            BLOCK,
            "18d2a2fc8818bb0558b391c76d3b6fa25ff1fa62641fe813d6a0552c47218c10",
            without_what_is_gone,
        ),
        Replacement(
            STREAM,
            "082151e31050cb2481a687c8bf7b1d506e4e87c88183e0da4b6094aaf0f4d216",
            lambda _upstreams: restore_stream,
        ),
        Replacement(
            INGEST,
            "46077c1009b9e8c92950d2a12f2deeb75f2baaa30734952d900529afa9094ed3",
            told,
        ),
    )


def without_what_is_gone(handle_block: Any) -> Any:
    """The handling of one block, which leaves alone what is not there any more."""

    @wraps(handle_block)
    def handle(
        writer: StreamFieldSegmentsWriter, block_type: Any, value: Any, segments: list[Any]
    ) -> Any:
        if value is None and isinstance(block_type, ChooserBlock | ImageBlock):
            return None
        try:
            return handle_block(writer, block_type, value, segments)
        except ObjectDoesNotExist:
            if isinstance(block_type, ChooserBlock):
                # A translator has chosen what was deleted since.
                return value
            raise

    return handle


def restore_stream(writer: StreamFieldSegmentsWriter, stream: Any, segments: list[Any]) -> Any:
    """Puts texts into the blocks of a stream that are there.

    Raises:
        FailedBlock: one of them does not take its text.
    """
    segments_by_block = defaultdict(list)
    for segment in segments:
        block_id, inner = segment.unwrap()
        segments_by_block[block_id].append(inner)
    for position, child in enumerate(stream, start=1):
        if child.id not in segments_by_block:
            continue
        try:
            child.value = writer.handle_block(child.block, child.value, segments_by_block[child.id])
        except Exception as error:
            place = f"{position} ({child.block.label})"
            if isinstance(error, FailedBlock):
                raise FailedBlock(f"{place}, {error}") from error.__cause__
            raise FailedBlock(place) from error
    return stream


def told(ingest_segments: Any) -> Any:
    """The making of a translation, which tells where and why it fails."""

    @wraps(ingest_segments)
    def ingest(
        original: Any, translated: Any, source: Locale, target: Locale, segments: list[Any]
    ) -> None:
        by_field = defaultdict(list)
        for segment in segments:
            by_field[segment.unwrap()[0]].append(segment)
        for name, of_field in by_field.items():
            try:
                ingest_segments(original, translated, source, target, of_field)
            except FailedBlock as failed:
                place = f"{_label(original, name)}, {failed}"
                raise cannot_restore(
                    original, target, place, failed.__cause__ or failed
                ) from failed
            except CannotRestore:
                raise
            except Exception as error:
                raise cannot_restore(original, target, _label(original, name), error) from error

    return ingest


def _label(original: Any, name: str) -> str:
    return str(getattr(original._meta.get_field(name), "verbose_name", name))
