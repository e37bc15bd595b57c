"""YAML that holds what JSON holds and nothing else, written plainly and read strictly.

Written it is what any program takes that reads YAML. Read it is hostile: no aliases, of which a few
make a document of any size, no types of Python's, no depth that ends the program, no name twice. A
date is a text, as it is in JSON, and so is ``yes``.
"""

import re
from collections.abc import Iterator
from math import isfinite
from typing import Any, Final

import yaml

DEEPEST: Final = 100
"""Lists and mappings within each other."""

_CONSTANTS: Final = {"": None, "null": None, "~": None, "true": True, "false": False}
_INTEGER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)\Z")
# Python's own way of writing one, as PyYAML writes it.
_FLOAT: Final = re.compile(r"-?[0-9]+\.[0-9]+(?:e[-+][0-9]+)?\Z")


class NoYaml(ValueError):
    """Raised for a text that is not YAML as it is read here.

    Attributes:
        line: where, from 1.
    """

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


class _Dumper(yaml.CSafeDumper):
    """Writes texts of several lines as they are read."""

    def ignore_aliases(self, data: Any) -> bool:
        """Ignores aliases: a value that occurs twice is written twice."""
        return True


def _text(dumper: yaml.CSafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def as_yaml(value: Any) -> bytes:
    """The same bytes for the same value; a paragraph is a line, however long."""
    text: str = yaml.dump(
        value,
        Dumper=_Dumper,
        allow_unicode=True,
        default_flow_style=False,
        sort_keys=False,
        width=1 << 30,
    )
    return text.encode()


def parsed_yaml(text: bytes) -> list[tuple[int, Any]]:
    """The entries of a list, each with the line where it begins; or a value that is none, with 0.

    Raises:
        NoYaml: it is not YAML, or what JSON cannot hold.
    """
    try:
        return list(_entries(_Events(text)))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise NoYaml(line, f"this is not YAML ({error.problem}).") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise NoYaml(1, f"this is not YAML ({error}).") from error


class _Events:
    """The events of a YAML text, one after the other; each within limits."""

    def __init__(self, text: bytes) -> None:
        self._events = yaml.parse(text, Loader=yaml.CSafeLoader)
        self._depth = 0

    def next(self) -> Any:
        """The next one.

        Raises:
            NoYaml: it is none that is read here.
        """
        event: Any = next(self._events, None)
        if isinstance(event, yaml.AliasEvent):
            raise NoYaml(_line(event), "aliases are not taken here. Write it out.")
        if isinstance(event, yaml.CollectionStartEvent):
            self._depth += 1
        if isinstance(event, yaml.CollectionEndEvent):
            self._depth -= 1
        if self._depth > DEEPEST:
            raise NoYaml(_line(event), f"there is more than {DEEPEST} within each other here.")
        if getattr(event, "tag", None) is not None:
            raise NoYaml(_line(event), f"the type {event.tag} is not taken here.")
        return event


def _entries(events: _Events) -> Iterator[tuple[int, Any]]:
    events.next()  # the stream
    if isinstance(events.next(), yaml.StreamEndEvent):
        return
    first = events.next()
    if isinstance(first, yaml.SequenceStartEvent):
        while not isinstance(event := events.next(), yaml.SequenceEndEvent):
            yield _line(event), _value(event, events)
    else:
        yield 0, _value(first, events)
    events.next()  # the end of the document
    event = events.next()
    if not isinstance(event, yaml.StreamEndEvent):
        raise NoYaml(_line(event), "there is a second document in this file.")


def _value(event: Any, events: _Events) -> Any:
    if isinstance(event, yaml.ScalarEvent):
        return _scalar(event)
    if isinstance(event, yaml.SequenceStartEvent):
        values = []
        while not isinstance(event := events.next(), yaml.SequenceEndEvent):
            values.append(_value(event, events))
        return values
    members: dict[str, Any] = {}
    while not isinstance(event := events.next(), yaml.MappingEndEvent):
        if not isinstance(event, yaml.ScalarEvent):
            raise NoYaml(_line(event), "a name is expected here.")
        if event.value in members:
            raise NoYaml(_line(event), f"{event.value!r:.80} is there twice.")
        members[event.value] = _value(events.next(), events)
    return members


def _scalar(event: Any) -> Any:
    text = event.value
    is_plain = event.implicit[0]
    if not is_plain:
        return text
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    try:
        if _INTEGER.match(text):
            return int(text)
        if _FLOAT.match(text) and isfinite(number := float(text)):
            return number
    except ValueError as error:
        raise NoYaml(_line(event), "this number is too long.") from error
    return text


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1 if event is not None else 1
