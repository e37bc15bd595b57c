"""Answers with a page, and those that were given before: the same as long as nothing is published.

An answer is kept under its address with the version of the published content. While that is the
same, nothing is read but that version. When it is another, the page is put together anew, mostly
of parts that are kept.
"""

import hashlib
from collections import OrderedDict
from threading import Lock
from typing import Final, NamedTuple

from cms.delivery.http.compression import (
    Encoding,
    chosen_encoding,
    gzip_stream,
    with_brotli,
)
from cms.delivery.http.responses import Answer, Asked, full, unchanged, validators
from cms.reader.serving.rendering import Piece

CONTENT_TYPE: Final = "text/html; charset=utf-8"
LARGEST: Final = 32 * 1024 * 1024
"""Bytes of all kept answers together, in each process."""
_OFTEN: Final = 3
"""Times an answer was asked for, from which Brotli is worth its time."""


class Page(NamedTuple):
    """A page that is put together.

    Attributes:
        language: value of ``Content-Language``.
        tags: of shared caches: of its document, and of the tree that its frame shows.
    """

    pieces: list[Piece]
    language: str
    tags: tuple[str, ...]


class KeptPage:
    """A page as it is sent, in the encodings in which it was asked for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.plain = b"".join(one.plain for one in page.pieces)
        self.digest = hashlib.sha256(self.plain).hexdigest()
        self.headers = validators(self.digest, page.tags, page.language)
        self.times = 0
        self._bodies: dict[Encoding, bytes] = {"identity": self.plain}

    def __len__(self) -> int:
        return sum(map(len, self._bodies.values()))

    def answer(self, asked: Asked) -> Answer:
        """The answer to a request for it."""
        self.times += 1
        offered: tuple[Encoding, ...] = ("gzip",)
        if self.times >= _OFTEN:
            offered = ("br", "gzip")
        encoding = chosen_encoding(asked.accept_encoding, offered)
        known = unchanged(self.headers, self.digest, encoding, asked.if_none_match)
        if known is not None:
            return known
        body = self._body(encoding)
        answer = full(self.headers, body, self.digest, encoding, head_only=asked.head_only)
        return answer._replace(headers={**answer.headers, "Content-Type": CONTENT_TYPE})

    def _body(self, encoding: Encoding) -> bytes:
        body = self._bodies.get(encoding)
        if body is None:
            if encoding == "br":
                body = with_brotli(self.plain)
            else:
                body = b"".join(gzip_stream(self.page.pieces))
            self._bodies[encoding] = body
        return body


class PageCache:
    """The pages that were read last, each with the version of the content of which it is.

    Args:
        largest: bytes of all together.
    """

    def __init__(self, largest: int = LARGEST) -> None:
        self._largest = largest
        self._size = 0
        self._pages: OrderedDict[str, tuple[str, KeptPage, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, address: str, version: str) -> KeptPage | None:
        """The page at an address, if it is kept and nothing was published since.

        Args:
            version: empty where nothing may be kept, see ``content_version``.
        """
        with self._lock:
            kept = self._pages.get(address)
            if kept is None or not version or kept[0] != version:
                return None
            self._pages.move_to_end(address)
            return kept[1]

    def keep(self, address: str, version: str, page: KeptPage) -> None:
        """Keeps a page, in the place of those that were not read for longest."""
        if not version:
            return
        # With what it is compressed to.
        size = len(page) * 2
        with self._lock:
            if (former := self._pages.pop(address, None)) is not None:
                self._size -= former[2]
            self._pages[address] = (version, page, size)
            self._size += size
            while self._size > self._largest and len(self._pages) > 1:
                _address, (_version, _page, oldest) = self._pages.popitem(last=False)
                self._size -= oldest

    def clear(self) -> None:
        """Lets all go."""
        with self._lock:
            self._pages.clear()
            self._size = 0


kept_pages: Final = PageCache()
"""Those of this process."""
