"""Says where in a stream an error is.

Wagtail 8.0.1 answers a stream that breaks a rule with "Validation error in StreamBlock" and no
more, since the errors of its blocks are not messages of the form. Delete this module once
``wagtail.utils.forms.FormValidationError`` follows them.
"""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.utils.forms import FormValidationError

Path = tuple[str | int, ...]


def locate_block_errors() -> None:
    """Lets API v3 name the block and the member at fault: ``body``, 1, ``value``, ``level``."""
    plain = FormValidationError.get_form_errors_as_dict

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

    FormValidationError.get_form_errors_as_dict = get_form_errors_as_dict


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
