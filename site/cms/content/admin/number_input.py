"""Input of a large whole number, shown with spaces between thousands: ``1 250 000``."""

import re
from typing import Any

from django import forms

_SPACE = "\N{NO-BREAK SPACE}"


class GroupedNumberInput(forms.TextInput):
    """A text input, since a browser's number input takes no space.

    What is typed or pasted may have spaces of any kind, or none.
    """

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "numeric", "autocomplete": "off"} | (attrs or {}))

    def format_value(self, value: Any) -> str | None:
        """The number in groups of three; what is no number, as it was typed."""
        text = str(super().format_value(value) or "")
        return f"{int(text):,}".replace(",", _SPACE) if text.isascii() and text.isdigit() else text

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """The text as typed, without spaces."""
        value = super().value_from_datadict(data, files, name)
        return re.sub(r"\s", "", value) if isinstance(value, str) else value
