"""Says where in a stream an error is.

Wagtail 8.0.1 answers a stream that breaks a rule with "Validation error in StreamBlock" and no
more, since the errors of its blocks are not messages of the form. Here API v3 names the block and
the member at fault: ``body``, 1, ``value``, ``level``. May go when
``wagtail.utils.forms.FormValidationError`` follows them.
"""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.blocks.stream_block import StreamBlockValidationError

from cms.upstream.replacement import Replacement, apply_replacements

Path = tuple[str | int, ...]


def apply() -> None:
    """Puts it in."""
    apply_replacements(
        Replacement(
            "wagtail.utils.forms:FormValidationError.get_form_errors_as_dict",
            "7169bcbc23f7916ec27264f38f4169f5f20f631d97535360d8a1148dee419bf2",
            located,
        )
    )


def located(plain: Any) -> Any:
    """The errors of a form by their place, those of blocks by the place of each."""

    def get_form_errors_as_dict(form: Any, path: Path = ()) -> dict[Path, list[tuple[str, str]]]:
        errors: dict[Path, list[tuple[str, str]]] = plain(form, path)
        for name, field_errors in form.errors.as_data().items():
            if not any(hasattr(error, "block_errors") for error in field_errors):
                continue
            del errors[*path, name]
            for error in field_errors:
                for place, message in _located(error, (*path, name)):
                    errors.setdefault(place, []).append(message)
        return errors

    return staticmethod(get_form_errors_as_dict)


def _located(error: Any, path: Path) -> Iterator[tuple[Path, tuple[str, str]]]:
    """Place, message and code of every error within an error."""
    if not hasattr(error, "block_errors"):
        for single in ValidationError(error).error_list:
            yield path, (" ".join(single.messages), single.code or "invalid")
        return
    for single in error.non_block_errors.as_data():
        yield from _located(single, path)
    is_stream = isinstance(error, StreamBlockValidationError)
    for member, inner in error.block_errors.items():
        # As in the JSON that was sent, where a block of a stream holds its value.
        yield from _located(inner, (*path, member, "value") if is_stream else (*path, member))
