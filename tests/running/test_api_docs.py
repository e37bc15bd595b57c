"""The examples of docs/api.md mirror the site when they are followed to the letter."""

import json
import re
import shutil
import subprocess
import sys
import urllib.request
from typing import Any

import pytest

from tests.running.conftest import PROJECT, RunningSite

DOCUMENT = (PROJECT / "docs/api.md").read_text(encoding="utf-8")


def example(language: str, site: RunningSite) -> str:
    [code] = re.findall(rf"```{language}\n(.+?)```", DOCUMENT, flags=re.DOTALL)
    return str(code).replace("http://127.0.0.1:8000", site.url)


def exported(site: RunningSite) -> dict[str, Any]:
    with urllib.request.urlopen(f"{site.url}/api/v3/export/all.ndjson", timeout=30) as lines:
        next(lines)
        documents = [json.loads(line) for line in lines]
    return {f"{each['key']} {each['meta']['locale']}": each for each in documents}


def test_python_mirrors_everything(running_site: RunningSite) -> None:
    shown = (
        "\nbefore = dict(mirror)\ncatch_up(cursor)\nassert mirror == before"
        '\nprint(json.dumps({" ".join(place): document for place, document in mirror.items()}))'
    )
    done = subprocess.run(
        [sys.executable, "-c", example("python", running_site) + shown],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == exported(running_site) != {}


@pytest.mark.skipif(shutil.which("node") is None, reason="Node.js is not installed; see .ci/run")
def test_javascript_mirrors_everything(running_site: RunningSite) -> None:
    shown = "\nconsole.log(JSON.stringify(Object.fromEntries(mirror)));"
    done = subprocess.run(
        ["node", "--input-type=module", "-e", example("js", running_site) + shown],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == exported(running_site) != {}
