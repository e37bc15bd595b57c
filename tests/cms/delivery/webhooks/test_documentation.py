"""The examples of ``docs/webhooks.md`` work as they stand there."""

import json
import re
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.conf import settings

from cms.delivery.publishing.sequence import current_sequence
from cms.delivery.webhooks import attempts, sending
from cms.delivery.webhooks.outbox import MOST_CHANGES, _payload
from cms.delivery.webhooks.signing import new_secret, signature_headers
from tests.cms.delivery.changing import change

GUIDE = Path(settings.PROJECT_ROOT / "docs/webhooks.md").read_text(encoding="utf-8")
NODE = shutil.which("node")


def examples(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", GUIDE, flags=re.DOTALL)


def functions(source: str) -> dict[str, Any]:
    """The functions of a Python example."""
    names: dict[str, Any] = {}
    exec(compile(source, "docs/webhooks.md", "exec"), names)
    return names


VERIFYING, CATCHING_UP = examples("python")
[TYPESCRIPT] = examples("typescript")


def message(secret: str, body: str, age: timedelta = timedelta()) -> dict[str, str]:
    now = datetime.now(tz=UTC) - age
    return signature_headers([new_secret(), secret], "msg_1", now, body)


def cases(secret: str) -> list[tuple[dict[str, str], str, bool]]:
    """Headers and bodies, and whether each is genuine."""
    body = '{"type": "documents.changed", "å": 1}'
    return [
        (message(secret, body), body, True),
        (message(secret, body), body.replace("1", "2"), False),
        (message(new_secret(), body), body, False),
        (message(secret, body, timedelta(minutes=6)), body, False),
        (message(secret, body, timedelta(minutes=-6)), body, False),
        (message(secret, body) | {"webhook-id": "msg_2"}, body, False),
        ({}, body, False),
    ]


def test_verifying_in_python() -> None:
    receive = functions(VERIFYING)["receive"]
    secret = new_secret()
    for headers, body, genuine in cases(secret):
        assert receive(secret, headers, body) == (json.loads(body) if genuine else None)


@pytest.mark.skipif(NODE is None, reason="Node is not installed")
def test_verifying_in_typescript(tmp_path: Path) -> None:
    # Node 20 runs no TypeScript: its types are taken off.
    plain = re.sub(r": (string|any|Record<string, string>)(?=[,) ])", "", TYPESCRIPT)
    (tmp_path / "receive.mjs").write_text(plain, encoding="utf-8")
    secret = new_secret()
    found = cases(secret)
    (tmp_path / "run.mjs").write_text(
        'import { receive } from "./receive.mjs";\n'
        'import { readFileSync } from "node:fs";\n'
        'const [secret, cases] = JSON.parse(readFileSync("cases.json", "utf8"));\n'
        "const results = cases.map(([headers, body]) => receive(secret, headers, body));\n"
        "console.log(JSON.stringify(results));\n",
        encoding="utf-8",
    )
    (tmp_path / "cases.json").write_text(json.dumps([secret, found]), encoding="utf-8")
    run = subprocess.run(
        [str(NODE), "run.mjs"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout) == [
        json.loads(body) if genuine else None for _headers, body, genuine in found
    ]


@pytest.mark.django_db
def test_the_message_that_is_shown_is_like_those_that_are_sent() -> None:
    [shown] = examples("http")
    head, _blank, body = shown.partition("\n\n")
    headers = signature_headers([new_secret()], "msg_1", datetime.now(tz=UTC), "{}")
    for name in headers:
        assert f"\n{name}: " in head
    sent = json.loads(
        _payload("documents.changed", 1, [change(1)], datetime.now(tz=UTC), current_sequence())
    )
    assert shape(json.loads(body)) == shape(sent)


def shape(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: shape(member) for name, member in value.items()}
    return [shape(member) for member in value] if isinstance(value, list) else type(value)


def test_catching_up() -> None:
    pages = {
        "a": {"items": [1, 2], "next": "b", "more": True},
        "b": {"items": [3], "next": "c", "more": False},
    }

    def changes(request: httpx.Request) -> httpx.Response:
        assert request.url.path == "/api/v3/changes/"
        return httpx.Response(200, json=pages[request.url.params["since"]])

    applied: list[int] = []
    with httpx.Client(transport=httpx.MockTransport(changes)) as client:
        assert functions(CATCHING_UP)["catch_up"]("a", applied.append, client) == "c"
    assert applied == [1, 2, 3]


def test_the_numbers_are_true() -> None:
    assert f"**{sending.TIME_LIMIT:g} seconds**" in GUIDE
    assert f"{sending.LARGEST_ANSWER // 1024} KiB" in GUIDE
    assert f"up to {MOST_CHANGES} changes" in GUIDE
    waits = [wait.total_seconds() for wait in attempts.RETRIES]
    assert waits == [5, 60, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600]
    assert "5 s, 1 min, 5 min, 30 min, 2 h, 5 h and 10 h" in " ".join(GUIDE.split())
    assert "up to five minutes" in GUIDE
    assert timedelta(minutes=5) == attempts.LONGEST_PAUSE
