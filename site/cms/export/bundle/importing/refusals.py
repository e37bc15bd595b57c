"""Faults of a bundle that cannot be imported."""

from dataclasses import dataclass


class RefusedBundle(Exception):
    """Raised for a bundle that is not imported; nothing is written. The message has the line."""


@dataclass(frozen=True, slots=True)
class FilePosition:
    """A position in a bundle: file, line, and field with its members."""

    file: str
    line: int = 0
    field: str = ""

    def inside(self, name: str) -> "FilePosition":
        """The place of a member of what stands here."""
        return FilePosition(self.file, self.line, f"{self.field}.{name}" if self.field else name)

    def refuse(self, message: str) -> RefusedBundle:
        """The refusal that a message describes, with this place in front."""
        where = f"{self.file}, line {self.line}" if self.line else self.file
        return RefusedBundle(f"{where}{f', {self.field}' if self.field else ''}: {message}")
