"""Python clients, generated from ``openapi.json`` by existing generators, compile and read."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from cms.delivery.endpoints.schemas import TYPES
from tests.foreign_clients.environment import installed, run
from tests.foreign_clients.programs import of_attrs, of_pydantic, reading_alone
from tests.harness.sampling import amount

FOLDER = Path(__file__).parent
OPENAPI = FOLDER.parent / "cms" / "content" / "api" / "snapshots" / "openapi.json"

pytestmark = [pytest.mark.any_database, pytest.mark.usefixtures("demo")]

MYPY = """\
[mypy]
strict = True
# The client's own part, the same for every description, is not clean by httpx's newest types.
[mypy-client.client]
ignore_errors = True
"""


@pytest.fixture(scope="module")
def generators() -> Path:
    """The folder of the generators; they are installed there if they are not."""
    return installed()


@pytest.fixture(scope="module")
def description(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The description: of what anybody may read, and for a release the whole."""
    whole = json.loads(OPENAPI.read_text(encoding="utf-8"))
    path = tmp_path_factory.mktemp("description") / "openapi.json"
    path.write_text(json.dumps((amount(0, 1) and whole) or reading_alone(whole)), encoding="utf-8")
    return path


PYDANTIC = """
--input openapi.json --input-file-type openapi --output models.py
--output-model-type pydantic_v2.BaseModel --target-python-version 3.11 --use-annotated
--use-union-operator --strict-nullable --field-constraints --enum-field-as-literal all
--formatters builtin
"""
ATTRS = """
generate --path openapi.json --meta none --output-path client --config config.yaml --fail-on-warning
"""


@dataclass(frozen=True)
class Generated:
    """Modules that both generators made, in one folder, and words of mypy at its strictest.

    It is asked once: most of its time goes into what both stand on.
    """

    folder: Path
    said: list[str]

    def objections(self, *places: str) -> list[str]:
        """Return the words on files that begin with one of some paths."""
        return [line for line in self.said if line.startswith(places)]


@pytest.fixture(scope="module")
def generated(generators: Path, description: Path) -> Generated:
    folder = description.parent
    openapi: dict[str, Any] = json.loads(description.read_text(encoding="utf-8"))
    shutil.copy(FOLDER / "config.yaml", folder)
    run(generators / "datamodel-codegen", *PYDANTIC.split(), folder=folder)
    run(generators / "openapi-python-client", *ATTRS.split(), folder=folder)
    (folder / "with_pydantic.py").write_text(of_pydantic(openapi), encoding="utf-8")
    (folder / "with_attrs.py").write_text(of_attrs(openapi), encoding="utf-8")
    (folder / "mypy.ini").write_text(MYPY, encoding="utf-8")
    files = ["with_pydantic.py", "with_attrs.py"]
    mypy = [sys.executable, "-m", "mypy", "--python-executable", str(generators / "python")]
    checked = subprocess.run(
        [*mypy, *files],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
        env=os.environ | {"PYTHONPATH": ""},
    )
    assert "(checked 2 source files)" in checked.stdout or "in 2 source files" in checked.stdout, (
        checked.stdout + checked.stderr
    )
    return Generated(folder, checked.stdout.splitlines())


def _types(printed: str) -> set[str]:
    return {shown.partition(":")[0] for shown in json.loads(printed)}


def _expected() -> set[str]:
    names = {label.rpartition(".")[2] for label in TYPES}
    return {f"{name}{'Schema' if name.endswith('Page') else 'Document'}" for name in names}


def test_datamodel_code_generator(generators: Path, generated: Generated, visitor: Client) -> None:
    assert generated.objections("models.py", "with_pydantic.py") == []
    exported: Any = visitor.get("/api/v3/export/all.ndjson")
    (generated.folder / "all.ndjson").write_bytes(b"".join(exported.streaming_content))
    program = ("with_pydantic.py", "all.ndjson")
    shown = run(generators / "python", *program, folder=generated.folder)
    assert _types(shown) == _expected()


def test_openapi_python_client(generators: Path, generated: Generated, visitor: Client) -> None:
    assert generated.objections("client/", "with_attrs.py") == []
    items: list[Any] = []
    cursor: str | None = ""
    while cursor is not None:
        query = {"limit": 100} | ({"cursor": cursor} if cursor else {})
        read = visitor.get("/api/v3/entries/sv/", query).json()
        items += read["items"]
        cursor = read["next"]
    entries = json.dumps({"items": items, "next": None})
    (generated.folder / "entries.json").write_text(entries, encoding="utf-8")
    shown = run(generators / "python", "with_attrs.py", "entries.json", folder=generated.folder)
    assert _types(shown) == _expected()
