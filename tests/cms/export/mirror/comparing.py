"""Answers of the site itself, to compare with those from a mirror."""

import gzip
import json
from typing import Any

from django.test import Client

from tests.cms.export.mirror.serving import Served


def site_answers(client: Client, address: str, **headers: str) -> Served:
    """The answer of the site."""
    response: Any = client.get(address, headers=headers)
    body = b"".join(response) if response.streaming else response.content
    found = {name.lower(): value for name, value in response.headers.items()}
    return Served(response.status_code, found, body)


def without_time(address: str, served: Served) -> bytes:
    """The body; that of an export unpacked, and without when it was made."""
    if not address.endswith(".ndjson"):
        return served.body
    is_packed = served.headers.get("content-encoding") == "gzip"
    body = gzip.decompress(served.body) if is_packed else served.body
    first, rest = body.split(b"\n", 1)
    header = json.loads(first)
    assert header.pop("generated")
    return json.dumps(header).encode() + b"\n" + rest
