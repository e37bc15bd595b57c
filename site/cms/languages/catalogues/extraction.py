"""Messages of the code, found by Babel in Python files and Django's templates."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from babel.messages.extract import extract
from django.utils.translation import templatize

from cms.languages.registry import LANGUAGES

FOLDERS: Final = ("home", "strategy", "site/cms")
_SKIPPED_FOLDERS: Final = frozenset({"migrations", "node_modules", "__pycache__"})
_REGISTRY: Final = "site/cms/languages/registry.py"
_COMMENT_TAG: Final = "Translators:"

# Function name → positions of message, plural and context, in Babel's notation.
_KEYWORDS: Final = {
    name + suffix: positions
    for name, positions in {
        "gettext": None,
        "ngettext": (1, 2),
        "pgettext": ((1, "c"), 2),
        "npgettext": ((1, "c"), 2, 3),
    }.items()
    for suffix in ("", "_lazy")
} | {"_": None, "gettext_noop": None}


@dataclass(slots=True)
class Message:
    """One message of the code.

    Attributes:
        text: the English text, the message's id.
        plural: its English plural, or None.
        context: what tells it from the same text with another meaning, or None.
        files: paths of the files that use it, relative to the checkout.
        comments: what the code says to translators.
    """

    text: str
    plural: str | None = None
    context: str | None = None
    files: set[str] = field(default_factory=set)
    comments: list[str] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, str]:
        """The identity of a message: context and text, as in gettext."""
        return self.context or "", self.text

    @property
    def flags(self) -> list[str]:
        """Gettext's flags: which notation the placeholders have."""
        return ["python-format"] if "%(" in self.text else []


Messages = dict[tuple[str, str], Message]


class ExtractionError(Exception):
    """A file's messages cannot be told, or two contradict each other; names the file."""


def extract_messages(project_root: Path) -> Messages:
    """Return the messages of all our Python files and templates, and the languages' names.

    Raises:
        ExtractionError: a file cannot be read as what it is, or one text has two plurals.
    """
    messages: Messages = {}
    for path in _source_files(project_root):
        relative = path.relative_to(project_root).as_posix()
        for found in _messages_of(path, relative):
            _add(messages, found, relative)
    for language in LANGUAGES.values():
        _add(messages, Message(text=language.english_name), _REGISTRY)
    return messages


def _source_files(project_root: Path) -> Iterator[Path]:
    for folder in FOLDERS:
        for path in sorted((project_root / folder).rglob("*")):
            if path.suffix not in {".py", ".html", ".txt"} or _SKIPPED_FOLDERS & set(path.parts):
                continue
            if path.suffix == ".py" or "templates" in path.parts:
                yield path


def _messages_of(path: Path, relative: str) -> Iterator[Message]:
    text = path.read_text(encoding="utf-8")
    try:
        if path.suffix != ".py":
            text = _template_as_python(text, relative)
        extracted = extract(
            "python",
            io.BytesIO(text.encode()),
            keywords=_KEYWORDS,
            comment_tags=(_COMMENT_TAG,),
            options={"encoding": "utf-8"},
            strip_comment_tags=True,
        )
        for _line, texts, comments, context in extracted:
            singular, plural = texts if isinstance(texts, tuple) else (texts, None)
            if singular:
                yield Message(singular, plural, context, comments=list(comments))
    except Exception as error:
        raise ExtractionError(f"{relative}: {error}") from error


def _template_as_python(text: str, origin: str) -> str:
    # What is not a message comes out as a row of X, still indented as in the template: to Python's
    # tokenizer an error.
    return "\n".join(line.lstrip() for line in templatize(text, origin=origin).splitlines())


def _add(messages: Messages, found: Message, file: str) -> None:
    message = messages.setdefault(found.key, found)
    if found.plural and message.plural and found.plural != message.plural:
        raise ExtractionError(
            f"{file}: {found.text!r} has the plural {found.plural!r} here and "
            f"{message.plural!r} in {', '.join(sorted(message.files))}. Give both the same."
        )
    message.plural = message.plural or found.plural
    message.files.add(file)
    message.comments += [comment for comment in found.comments if comment not in message.comments]
