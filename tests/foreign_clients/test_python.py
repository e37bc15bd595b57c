"""Python clients, generated from ``openapi.json`` by existing generators, compile and read.

The generators have an environment of their own, since they want other versions of what the project
uses. It is made once for what ``requirements.txt`` says.
"""

import hashlib
import json
import os
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from cms.delivery.endpoints.schemas import TYPES
from tests.foreign_clients.programs import of_attrs, of_pydantic, reading_alone
from tests.harness.recipes import PROJECT
from tests.harness.sampling import amount

FOLDER = Path(__file__).parent
REQUIREMENTS = FOLDER / "requirements.txt"
OPENAPI = FOLDER.parent / "cms" / "content" / "api" / "snapshots" / "openapi.json"

pytestmark = [pytest.mark.any_database, pytest.mark.usefixtures("demo")]

MYPY = """\
[mypy]
strict = True
# The client's own part, the same for every description, is not clean by httpx's newest types.
[mypy-client.client]
ignore_errors = True
"""


def run(*command: str | Path, folder: Path) -> str:
    """The output of a command, which must succeed."""
    done = subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
        env=os.environ
        | {"PATH": f"{environment() / 'bin'}:{os.environ['PATH']}", "PYTHONPATH": ""},
    )
    assert done.returncode == 0, f"{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout


def environment() -> Path:
    """The folder of the generators' environment."""
    checksum = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()[:16]
    return PROJECT / ".venv" / f"generators-{checksum}"


@pytest.fixture(scope="module")
def generators() -> Path:
    """The folder of the generators; they are installed there if they are not."""
    folder = environment()
    ready = folder / "ready"
    if not ready.exists():
        venv.create(folder, clear=True, with_pip=False)
        install = [
            sys.executable,
            "-m",
            "pip",
            "--python",
            str(folder / "bin" / "python"),
            "install",
        ]
        run(
            *install,
            "--quiet",
            "--disable-pip-version-check",
            "--no-compile",
            "--require-hashes",
            "--requirement",
            REQUIREMENTS,
            folder=FOLDER,
        )
        ready.touch()
    return folder / "bin"


@pytest.fixture(scope="module")
def description(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The description: of what anybody may read, and for a release the whole."""
    whole = json.loads(OPENAPI.read_text(encoding="utf-8"))
    path = tmp_path_factory.mktemp("description") / "openapi.json"
    path.write_text(json.dumps((amount(0, 1) and whole) or reading_alone(whole)), encoding="utf-8")
    return path


def _checked(folder: Path, program: str, generators: Path) -> None:
    (folder / "program.py").write_text(program, encoding="utf-8")
    (folder / "mypy.ini").write_text(MYPY, encoding="utf-8")
    mypy = ("-m", "mypy", "--python-executable", generators / "python", "program.py")
    run(sys.executable, *mypy, folder=folder)


def _types(printed: str) -> set[str]:
    return {shown.partition(":")[0] for shown in json.loads(printed)}


def _expected() -> set[str]:
    names = {label.rpartition(".")[2] for label in TYPES}
    return {f"{name}{'Schema' if name.endswith('Page') else 'Document'}" for name in names}


def test_datamodel_code_generator(
    generators: Path, description: Path, tmp_path: Path, visitor: Client
) -> None:
    openapi: dict[str, Any] = json.loads(description.read_text(encoding="utf-8"))
    run(
        generators / "datamodel-codegen",
        "--input",
        description,
        "--input-file-type",
        "openapi",
        "--output",
        tmp_path / "models.py",
        "--output-model-type",
        "pydantic_v2.BaseModel",
        "--target-python-version",
        "3.11",
        "--use-annotated",
        "--use-union-operator",
        "--strict-nullable",
        "--field-constraints",
        "--enum-field-as-literal",
        "all",
        "--formatters",
        "builtin",
        folder=tmp_path,
    )
    _checked(tmp_path, of_pydantic(openapi), generators)
    exported: Any = visitor.get("/api/v3/export/all.ndjson")
    (tmp_path / "all.ndjson").write_bytes(b"".join(exported.streaming_content))
    assert (
        _types(run(generators / "python", "program.py", "all.ndjson", folder=tmp_path))
        == _expected()
    )


def test_openapi_python_client(
    generators: Path, description: Path, tmp_path: Path, visitor: Client
) -> None:
    openapi: dict[str, Any] = json.loads(description.read_text(encoding="utf-8"))
    run(
        generators / "openapi-python-client",
        "generate",
        "--path",
        description,
        "--meta",
        "none",
        "--output-path",
        tmp_path / "client",
        "--config",
        FOLDER / "config.yaml",
        "--fail-on-warning",
        folder=tmp_path,
    )
    _checked(tmp_path, of_attrs(openapi), generators)
    items: list[Any] = []
    cursor: str | None = ""
    while cursor is not None:
        query = {"limit": 100} | ({"cursor": cursor} if cursor else {})
        read = visitor.get("/api/v3/entries/sv/", query).json()
        items += read["items"]
        cursor = read["next"]
    (tmp_path / "entries.json").write_text(json.dumps({"items": items, "next": None}))
    assert (
        _types(run(generators / "python", "program.py", "entries.json", folder=tmp_path))
        == _expected()
    )
