"""Existing generators and a linter read ``openapi.json``, and what they make compiles and runs.

The program that shows every document is written from the description (``rendering``), so that it
knows whatever types and blocks there are.
"""

import json
import subprocess
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from cms.delivery.endpoints.schemas import TYPES
from tests.typescript.rendering import program, type_names
from tests.typescript.test_client import FOLDER, NPM, npm

OPENAPI = FOLDER.parent / "cms" / "content" / "api" / "snapshots" / "openapi.json"
GENERATED = FOLDER / "generated"

pytestmark = [
    pytest.mark.any_database,
    pytest.mark.skipif(
        NPM is None, reason="npm is not installed; .ci/run installs it where it may"
    ),
]

GENERATORS = {
    "openapi-typescript": ("generate", "schema"),
    "orval": ("generate:orval", "orval/client.schemas"),
    "hey-api": ("generate:hey", "hey/types.gen"),
}
"""The script that runs each, and the module of its types below ``generated``."""

STRICTEST = {
    "strict": True,
    "noUncheckedIndexedAccess": True,
    "exactOptionalPropertyTypes": True,
    "noImplicitOverride": True,
    "noImplicitReturns": True,
    "noFallthroughCasesInSwitch": True,
    "isolatedModules": True,
    "module": "esnext",
    "moduleResolution": "bundler",
    "target": "es2022",
    "lib": ["es2022", "dom", "dom.iterable"],
    "types": [],
}


@pytest.fixture(scope="module")
def openapi() -> dict[str, Any]:
    description: dict[str, Any] = json.loads(OPENAPI.read_text(encoding="utf-8"))
    return description


@pytest.fixture(scope="module", autouse=True)
def _installed() -> None:
    installed = npm("ci", "--ignore-scripts")
    assert installed.returncode == 0, installed.stderr


@cache
def generate(generator: str) -> None:
    """Has a generator make its types and client, once."""
    generated = npm("run", GENERATORS[generator][0])
    assert generated.returncode == 0, generated.stdout + generated.stderr


def compiled(folder: Path, files: list[str], **options: Any) -> str:
    """The compiler's objections to some files; empty where it has none."""
    settings = {"compilerOptions": STRICTEST | options, "files": files}
    (folder / "tsconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    result = subprocess.run(
        [FOLDER / "node_modules" / ".bin" / "tsc", "--pretty", "false", "--project", folder],
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    return result.stdout


def _write_types(folder: Path, generator: str, names: list[str]) -> None:
    module = GENERATED / GENERATORS[generator][1]
    if generator == "openapi-typescript":
        lines = [f'import type {{ components }} from "{module}";'] + [
            f'export type {name} = components["schemas"]["{name}"];' for name in names
        ]
    else:
        lines = [f'export type {{ {", ".join(names)} }} from "{module}";']
    (folder / "types.ts").write_text("\n".join(lines), encoding="utf-8")


@pytest.fixture(params=GENERATORS)
def generator(request: pytest.FixtureRequest) -> str:
    kind: str = request.param
    generate(kind)
    return kind


def test_every_document_is_shown_without_a_cast(
    generator: str, openapi: dict[str, Any], tmp_path: Path, demo: None, visitor: Client
) -> None:
    source = program(openapi)
    _write_types(tmp_path, generator, type_names(openapi))
    (tmp_path / "show.ts").write_text(source, encoding="utf-8")
    paths = {"paths": {"#types": ["./types.ts"]}, "outDir": "made"}
    assert compiled(tmp_path, ["show.ts"], **paths) == ""
    _run_on_real_answers(tmp_path, visitor)


def test_a_type_or_block_without_a_case_does_not_compile(
    openapi: dict[str, Any], tmp_path: Path
) -> None:
    generate("openapi-typescript")
    source = program(openapi)
    for value in ("quote", "strategy.GoalPage"):
        # The first is a block's, or a document's; a relation has a switch of its own.
        start = source.index(f'    case "{value}":')
        source = source[:start] + source[source.index("    case ", start + 1) :]
    _write_types(tmp_path, "openapi-typescript", type_names(openapi))
    (tmp_path / "show.ts").write_text(source, encoding="utf-8")
    said = compiled(tmp_path, ["show.ts"], paths={"#types": ["./types.ts"]}, noEmit=True)
    assert said.count("not assignable to parameter of type 'never'") == 2


def _run_on_real_answers(folder: Path, visitor: Client) -> None:
    exported: Any = visitor.get("/api/v3/export/all.ndjson")
    (folder / "all.ndjson").write_bytes(b"".join(exported.streaming_content))
    # A module for Node, whatever stands above it.
    [made] = (folder / "made").rglob("show.js")
    (folder / "made" / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    ran = subprocess.run(
        ["node", FOLDER / "run.mjs", made, folder / "all.ndjson"],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert ran.returncode == 0, ran.stderr
    assert Counter(json.loads(ran.stdout)).keys() == set(TYPES)


def test_whole_clients_compile(tmp_path: Path) -> None:
    """With all that they bring for asking, as strictly as they themselves are written."""
    generate("orval")
    generate("hey-api")
    files = [str(GENERATED / "orval" / "client.ts"), str(GENERATED / "hey" / "index.ts")]
    # hey-api's own part, the same for every description, is not written for it.
    assert compiled(tmp_path, files, noEmit=True, exactOptionalPropertyTypes=False) == ""


def test_redocly_finds_nothing() -> None:
    linted = npm("run", "--silent", "lint")
    found = json.loads(linted.stdout[linted.stdout.index("{") :])
    assert [problem["message"] for problem in found["problems"]] == []
