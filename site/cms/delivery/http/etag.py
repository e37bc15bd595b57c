"""ETags: how they are made of a digest, and which one a client has already.

The tag of content is its digest, for a document the SHA-256 that ``changes/`` names too. It is
strong. Where the bytes are compressed, ``-gzip`` or ``-br`` stands behind the digest: other bytes
have another strong tag (RFC 9110 §8.8.3.3), and all of them say that the client has the content.
"""

import hashlib
from collections.abc import Iterable
from typing import Final

from cms.delivery.http.compression import Encoding

_SUFFIX: Final[dict[Encoding, str]] = {"identity": "", "gzip": "-gzip", "br": "-br"}
_DIGITS: Final = 64


def strong_etag(digest: str, encoding: Encoding = "identity") -> str:
    """The ETag of content that is the same to the byte wherever it has this digest."""
    return f'"{digest}{_SUFFIX[encoding]}"'


def weak_etag(version: str) -> str:
    """The ETag of content that says the same at this version, though its bytes may differ."""
    return f'W/"{version}"'


def digest_of_list(digests: Iterable[str], more: bytes) -> str:
    """A digest of several documents and of what stands around them."""
    return hashlib.sha256("\n".join((*digests, "")).encode() + more).hexdigest()


def matching_etag(if_none_match: str, digest: str, encoding: Encoding) -> str | None:
    """The ETag of content with this digest that a client has; ``None`` where it has none.

    Args:
        encoding: in which it would be sent: its tag goes before others that match, and stands for
            ``*``.
    """
    if not if_none_match:
        return None
    chosen = strong_etag(digest, encoding)
    if if_none_match == chosen or if_none_match.strip() == "*":
        return chosen
    known = _tags(if_none_match)
    candidates = (chosen, *(strong_etag(digest, other) for other in _SUFFIX))
    return next((tag for tag in candidates if tag in known), None)


def is_known(if_none_match: str, version: str) -> bool:
    """Tells whether a client says that it has this version already, of what has a weak tag."""
    return if_none_match.strip() == "*" or f'"{version}"' in _tags(if_none_match)


def _tags(if_none_match: str) -> set[str]:
    """Every tag of a header, a weak one like a strong one: so they are compared for reading."""
    return {one.strip().removeprefix("W/") for one in if_none_match.split(",")}


def known_digest(if_none_match: str) -> str | None:
    """The one digest that a client has, where it names one, as nearly all do."""
    candidate = if_none_match.strip().removeprefix("W/")
    if len(candidate) < _DIGITS or candidate[0] != '"' or candidate[-1] != '"':
        return None
    digest, dash, encoding = candidate[1:-1].partition("-")
    is_ours = len(digest) == _DIGITS and f"{dash}{encoding}" in _SUFFIX.values()
    return digest if is_ours else None
