"""Notes of the API's schema on a field, beyond what editors read.

Help texts are for editors and are translated; whoever pulls content reads English, and wants the
unit of a number and an example of the value.
"""

from dataclasses import dataclass
from typing import Any

from wagtail.api import APIField


@dataclass(frozen=True)
class Note:
    """For the reader of the schema.

    Attributes:
        description: what the value means, with the unit of a number; empty where the help text
            says it.
        example: a value as the API serves it; ``...`` where that of its kind will do.
        choices: of a computed field, its values with what editors call them; a stored field has
            choices of its own.
    """

    description: str = ""
    example: Any = ...
    choices: tuple[tuple[str, Any], ...] = ()


class NotedField(APIField):
    """A field of the API with what the schema says about it."""

    def __init__(self, name: str, note: Note, **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self.note = note
