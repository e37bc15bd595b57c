"""Bodies of lists that were put together before, by their digest.

What has the same digest is the same to the byte, whoever published meanwhile: nothing here is ever
out of date, and nothing has to be told of a change. A list that is asked for again costs the read
of its digests.
"""

from collections import OrderedDict
from threading import Lock
from typing import Final

from cms.delivery.http.compression import Encoding

LARGEST: Final = 16 * 1024 * 1024
"""Bytes of all bodies together, in each process."""
_SHARE: Final = 4
"""A body that takes more than this part of the room is not kept."""

_Key = tuple[str, Encoding]


class ListBodyCache:
    """The bodies that were used last.

    Args:
        largest: bytes of all together.
    """

    def __init__(self, largest: int = LARGEST) -> None:
        self._largest = largest
        self._size = 0
        self._bodies: OrderedDict[_Key, bytes] = OrderedDict()
        self._lock = Lock()

    def get(self, digest: str, encoding: Encoding) -> bytes | None:
        """The body with a digest in an encoding, if it is kept."""
        with self._lock:
            body = self._bodies.get((digest, encoding))
            if body is not None:
                self._bodies.move_to_end((digest, encoding))
            return body

    def keep(self, digest: str, encoding: Encoding, body: bytes) -> None:
        """Keeps a body, in the place of those that were not used for longest."""
        if len(body) * _SHARE > self._largest:
            return
        with self._lock:
            self._size += len(body) - len(self._bodies.pop((digest, encoding), b""))
            self._bodies[digest, encoding] = body
            while self._size > self._largest:
                _key, oldest = self._bodies.popitem(last=False)
                self._size -= len(oldest)


kept_bodies: Final = ListBodyCache()
"""Those of this process."""
