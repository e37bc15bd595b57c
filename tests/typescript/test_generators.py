"""Existing generators and linters read ``openapi.json``, and what they make compiles and runs.

The program that shows every document is written from the description (``rendering``), so that it
knows whatever types and blocks there are.
"""

import json
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from cms.delivery.endpoints.schemas import TYPES
from tests.harness.node_packages import NODE, node_is_new_enough
from tests.harness.sampling import amount
from tests.typescript.generating import (
    GENERATORS,
    LEFT_OUT,
    OPENAPI,
    SOURCES,
    Compiled,
    Workshop,
    compile_everything,
)

pytestmark = [
    pytest.mark.any_database,
    pytest.mark.skipif(
        not node_is_new_enough(), reason="npm and Node.js 20 are not installed; see .ci/run"
    ),
]


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    return Workshop.furnished(tmp_path_factory.mktemp("typescript"))


@pytest.fixture(scope="module")
def compiled(workshop: Workshop) -> Compiled:
    openapi: dict[str, Any] = json.loads(OPENAPI.read_text(encoding="utf-8"))
    return compile_everything(workshop, openapi)


@pytest.mark.parametrize("generator", GENERATORS)
def test_every_document_is_shown_without_a_cast(
    compiled: Compiled, generator: str, tmp_path: Path, demo: None, visitor: Client
) -> None:
    types = f"generated/{GENERATORS[generator][1]}"
    assert compiled.objections(f"{generator}/", types) == []
    exported: Any = visitor.get("/api/v3/export/all.ndjson")
    (tmp_path / "all.ndjson").write_bytes(b"".join(exported.streaming_content))
    ran = subprocess.run(
        [str(NODE), SOURCES / "run.mjs", compiled.made(generator), tmp_path / "all.ndjson"],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert ran.returncode == 0, ran.stderr
    assert Counter(json.loads(ran.stdout)).keys() == set(TYPES)


def test_a_type_or_block_without_a_case_does_not_compile(compiled: Compiled) -> None:
    said = compiled.objections("left-out/")
    assert len(said) == len(LEFT_OUT)
    assert all("not assignable to parameter of type 'never'" in line for line in said)


def test_a_site_of_openapi_fetch_compiles(compiled: Compiled) -> None:
    """``client.ts``, with the mistakes in it that must not compile; and nothing else is wrong."""
    assert compiled.objections("client.ts") == []
    assert compiled.said == compiled.objections("left-out/")


@pytest.mark.skipif(not amount(0, 1), reason="of the clients that others ask with: make release")
def test_whole_clients_compile(compiled: Compiled) -> None:
    """With all that they bring for asking, as strictly as they themselves are written."""
    files = ["generated/orval/client.ts", "generated/hey/index.ts"]
    # hey-api's own part, the same for every description, is not written for it.
    options = {"noEmit": True, "exactOptionalPropertyTypes": False}
    assert compiled.workshop.compile(files, **options) == []


def test_redocly_finds_nothing(workshop: Workshop) -> None:
    linted = workshop.run("lint").stdout
    found = json.loads(linted[linted.index("{") :])
    assert [problem["message"] for problem in found["problems"]] == []


def test_spectral_finds_nothing(workshop: Workshop) -> None:
    linted = workshop.run("lint:spectral:release" if amount(0, 1) else "lint:spectral")
    found = json.loads(linted.stdout)
    assert [(each["code"], each["path"]) for each in found] == []
    assert linted.returncode == 0, linted.stderr


def test_lock_file_records_no_download_addresses() -> None:
    assert "resolved" not in (SOURCES / "package-lock.json").read_text(encoding="utf-8")
