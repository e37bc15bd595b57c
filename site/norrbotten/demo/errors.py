"""What can be wrong with the demo's files."""

from dataclasses import dataclass


class DemoContentError(Exception):
    """A file of the demo says something that cannot be loaded; names file, place and remedy."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the demo's files a value stands, for error messages.

    Attributes:
        file: the file below ``content/``, such as ``sv/utvecklingsomraden/kultur.yaml``.
        field: the way into it, such as ``body[2].fact_box.text``; empty for the whole file.
    """

    file: str
    field: str = ""

    def inside(self, name: str) -> "Place":
        """Return the place of the value ``name`` in the mapping here."""
        return Place(self.file, f"{self.field}.{name}" if self.field else name)

    def at(self, position: int) -> "Place":
        """Return the place of the entry at ``position`` in the list here."""
        return Place(self.file, f"{self.field}[{position}]")

    def error(self, message: str) -> DemoContentError:
        """Return the error that ``message`` describes, with this place in front."""
        where = f"{self.file}, {self.field}" if self.field else self.file
        return DemoContentError(f"{where}: {message}")
