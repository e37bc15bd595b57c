"""Rules for docstrings: the first line begins with what the thing is or does."""

import ast
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

PROJECT_ROOT: Final = Path(__file__).resolve().parents[1]
OPENAPI: Final = PROJECT_ROOT / "tests/cms/content/api/snapshots/openapi.json"

_QUESTION: Final = re.compile(
    r"\W*(What|Which|Who|Whom|Whose|Where|Wherever|When|Whenever|Why|How|Whether|While|That"
    r"|Whatever|Whichever|Whoever)\b"
)
_WITH_DOCSTRING: Final = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def misleading(code: str, public: str = "") -> Iterator[str]:
    """The first lines in a module that begin with a question word, with the names they stand by.

    Args:
        public: the descriptions of the API, which other sites read and compare: a docstring that
            is one of them stays as it is.
    """
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, _WITH_DOCSTRING) and (text := ast.get_docstring(node)):
            first = text.partition("\n")[0]
            if _QUESTION.match(first) and first not in public:
                yield f"{getattr(node, 'name', 'the module')}: {first}"


def _descriptions(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("description"), str):
            yield value["description"]
        for member in value.values():
            yield from _descriptions(member)
    elif isinstance(value, list):
        for item in value:
            yield from _descriptions(item)


@pytest.mark.parametrize(
    ("code", "is_refused"),
    [
        ('"""What is sent."""', True),
        ('def size():\n    """How large it is."""', True),
        ('class A:\n    def is_new(self):\n        """Whether it is new."""', True),
        ('async def size():\n    """``None``, where nothing is."""', False),
        ('"""Whether_or_not is a name."""', False),
        ('def size():\n    """Size in bytes.\n\n    Where it is known.\n    """', False),
        ('def size():\n    return "What"', False),
    ],
)
def test_question_words_are_found(code: str, is_refused: bool) -> None:
    """The check itself: the first word of the first line, in modules, classes and functions."""
    assert bool(list(misleading(code))) == is_refused


def test_public_descriptions_stay() -> None:
    """Only as far as the API says the same."""
    code = 'class A:\n    """What a young person says."""\n\nclass B:\n    """Who says it."""'
    assert list(misleading(code, "A block. What a young person says.")) == ["B: Who says it."]


def test_first_lines_say_what_a_thing_is_or_does() -> None:
    """All modules of the product and of its tests, but for migrations."""
    public = "\n".join(_descriptions(json.loads(OPENAPI.read_text(encoding="utf-8"))))
    listed = subprocess.run(
        ["git", "ls-files", "*.py"], cwd=PROJECT_ROOT, capture_output=True, text=True, check=True
    )
    modules = [name for name in listed.stdout.split() if "/migrations/" not in name]
    assert len(modules) > 500
    faults = [
        f"{name}: {fault}"
        for name in modules
        for fault in misleading((PROJECT_ROOT / name).read_text(encoding="utf-8"), public)
    ]
    assert not faults, "\n".join(faults)
