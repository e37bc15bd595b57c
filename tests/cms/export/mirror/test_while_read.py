"""Tests that a reader never meets half of anything while the mirror is written."""

import gzip
import hashlib
import json
import threading
from pathlib import Path

import pytest

from cms.export.mirror.updating import update
from tests.cms.delivery.publishing.small_site import SmallSite, publish
from tests.cms.export.mirror.serving import NGINX, WHY_SKIPPED, Server, nginx

pytestmark = [
    pytest.mark.one_database("sqlite"),
    pytest.mark.django_db,
    pytest.mark.skipif(NGINX is None, reason=WHY_SKIPPED),
]
CHANGES = 15


class Reader(threading.Thread):
    """Asks again and again until it is told to stop.

    Attributes:
        seen: the ETags that it met.
        faults: what was not as it should be.
    """

    def __init__(self, server: Server, address: str) -> None:
        super().__init__()
        self.server, self.address = server, address
        self.stopped = threading.Event()
        self.seen: set[str] = set()
        self.faults: list[str] = []

    def run(self) -> None:
        encoding = ""
        while not self.stopped.is_set():
            encoding = "" if encoding else "gzip"
            answer = self.server.ask(self.address, Accept_Encoding=encoding)
            body = gzip.decompress(answer.body) if encoding else answer.body
            if answer.status != 200:
                self.faults.append(f"{answer.status}")
            elif self.address.endswith(".ndjson"):
                self._look_at_export(body)
            elif answer.headers["etag"] != self._tag_of(body, encoding):
                self.faults.append("A body with the ETag of another.")
            self.seen.add(answer.headers.get("etag", ""))

    def _tag_of(self, body: bytes, encoding: str) -> str:
        return f'"{hashlib.sha256(body).hexdigest()}{"-" if encoding else ""}{encoding}"'

    def _look_at_export(self, body: bytes) -> None:
        first, *lines = body.splitlines()
        if sum(each["documents"] for each in json.loads(first)["languages"]) != len(lines):
            self.faults.append("An export that is not whole.")


def test_reading_while_writing(small_site: SmallSite, root: Path, tmp_path: Path) -> None:
    update(root)
    key = small_site.contact.translation_key
    with nginx(root, tmp_path) as server:
        readers = [
            Reader(server, address)
            for address in (
                f"/api/v3/pages/{small_site.contact.pk}/",
                f"/api/v3/entries/se/{key}/",
                "/api/v3/export/all.ndjson",
            )
        ]
        for reader in readers:
            reader.start()
        for number in range(CHANGES):
            publish(small_site.contact, title=f"Kontakt {number}")
            update(root)
        for reader in readers:
            reader.stopped.set()
            reader.join()
    for reader in readers:
        assert not reader.faults, (reader.address, reader.faults[:3])
        assert len(reader.seen) > 3
