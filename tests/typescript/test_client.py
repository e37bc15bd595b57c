"""A TypeScript client, generated from ``openapi.json`` by an existing generator, compiles."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent
NPM = shutil.which("npm")

pytestmark = pytest.mark.skipif(
    NPM is None, reason="npm is not installed; .ci/run installs it where it may"
)


def npm(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run npm in this folder."""
    return subprocess.run(
        [str(NPM), *arguments], cwd=FOLDER, capture_output=True, text=True, check=False, timeout=300
    )


@pytest.fixture(scope="module", autouse=True)
def _generated_types() -> None:
    installed = npm("ci", "--no-audit", "--no-fund")
    assert installed.returncode == 0, installed.stderr
    generated = npm("run", "generate")
    assert generated.returncode == 0, generated.stderr


def test_client_compiles_strictly() -> None:
    compiled = npm("run", "check")
    assert compiled.returncode == 0, compiled.stdout


def test_a_block_without_a_case_does_not_compile(tmp_path: Path) -> None:
    """Every block narrows by its type: the switch over them is known to be whole or not."""
    source = (FOLDER / "client.ts").read_text(encoding="utf-8")
    start = source.index('    case "quote":')
    end = source.index('    case "fact_box":')
    (tmp_path / "client.ts").write_text(source[:start] + source[end:], encoding="utf-8")
    shutil.copytree(FOLDER / "generated", tmp_path / "generated")
    shutil.copy(FOLDER / "tsconfig.json", tmp_path)
    (tmp_path / "node_modules").symlink_to(FOLDER / "node_modules")
    compiled = subprocess.run(
        [FOLDER / "node_modules" / ".bin" / "tsc", "--noEmit", "--project", tmp_path],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"FORCE_COLOR": "0"},
        timeout=300,
    )
    assert compiled.returncode != 0
    assert "not assignable to parameter of type 'never'" in compiled.stdout


def test_lock_file_records_no_download_addresses() -> None:
    assert "resolved" not in (FOLDER / "package-lock.json").read_text(encoding="utf-8")
