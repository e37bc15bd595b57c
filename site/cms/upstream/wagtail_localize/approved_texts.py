"""Publishes the approved texts alone, in the languages whose group wants approval.

wagtail-localize 1.14.5 takes each stored translation that has no error, wherever a page is made of
its strings: for publishing, for a draft that somebody may publish later, for a preview. Here all
but the preview get the text that a second person has approved, and the source's where there is
none. May go when upstream knows approval.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from cms.translation.approval.rules import publishable, showing_unapproved
from cms.upstream.replacement import Replacement, apply_replacements

TEXTS: Final = "wagtail_localize.models:StringSegmentQuerySet.annotate_translation"
PREVIEW: Final = "wagtail_localize.models:TranslationSource.get_ephemeral_translated_instance"


def apply() -> None:
    """Puts it in."""
    apply_replacements(
        Replacement(
            TEXTS,
            "f4a7af7fd3448f310346a8790449e823549c39847a5c9158ac4300343dde3332",
            approved_alone,
        ),
        Replacement(
            PREVIEW,
            "c6a070c490671142473763b992f9abb0d86df8151f7fd994b4bdbc9f700a20c4",
            with_unapproved,
        ),
    )


def approved_alone(annotate_translation: Callable[..., Any]) -> Callable[..., Any]:
    """The annotation of segments with their translations, which takes what is published."""

    @wraps(annotate_translation)
    def annotate(segments: Any, locale: Any, include_errors: bool = False) -> Any:
        if include_errors:
            # Who asks for texts with faults writes a file for translators.
            return annotate_translation(segments, locale, include_errors)
        return segments.annotate(translation=publishable(locale))

    return annotate


def with_unapproved(make_preview: Callable[..., Any]) -> Callable[..., Any]:
    """The making of a preview, in which translators see what they have written."""

    @wraps(make_preview)
    def make(source: Any, locale: Any, fallback: bool = False) -> Any:
        with showing_unapproved():
            return make_preview(source, locale, fallback)

    return make
