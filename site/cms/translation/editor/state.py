"""The states of strings for the editor, and what is left."""

from typing import Any, Final

from django.utils.translation import gettext as _

from cms.languages.names import translated_name
from cms.languages.registry import SOURCE_LANGUAGE_CODE
from cms.translation.editor.rows import row_state, source_digest
from cms.translation.models import LanguageStatus
from cms.translation.strings import load_strings
from cms.translation.texts.versions import version_of

_NAMES: Final = ("unpublished", "to_review", "same", "outdated", "strings")


def counts_of_status(status: LanguageStatus | None) -> dict[str, int]:
    """Numbers of what is left, by name; ``missing`` are all that have no translation."""
    if status is None:
        return dict.fromkeys(("words_left", "missing", *_NAMES), 0)
    return {
        "words_left": status.words - status.translated_words,
        "missing": status.strings - status.translated,
        **{name: getattr(status, name) for name in _NAMES},
    }


def whole_state(opened: Any) -> dict[str, Any]:
    """The state of every string, in seven queries, however many there are."""
    code = opened.locale.language_code
    strings = load_strings([opened.source], [opened.key], {opened.locale.pk: code})
    own = strings.of_source[opened.source]
    found = strings.translations[opened.locale.pk]
    return {
        "source": source_digest(own),
        "strings": {
            f"{one.ref.context}-{one.ref.string}": {
                "version": version_of(found[one.ref].data if one.ref in found else None),
                "state": row_state(one, strings, opened.locale.pk),
            }
            for one in own
        },
        "counts": counts_of_status(opened.status),
    }


def note_of_same() -> str:
    """A sentence that says what to do with a text that is the source's."""
    return _(
        "It is the same as in %(language)s, and counts as untranslated. If it is to be the same, "
        "say so."
    ) % {"language": translated_name(SOURCE_LANGUAGE_CODE)}
