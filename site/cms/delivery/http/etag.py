"""ETags: how they are made of a digest, and whether a client has one already.

The tag of a document is its digest, the SHA-256 that ``changes/`` names too. It is strong, and the
same in every encoding: no ranges are served, for which it would matter.
"""

import hashlib
from collections.abc import Iterable


def strong_etag(digest: str) -> str:
    """The ETag of content that is the same to the byte wherever it has this digest."""
    return f'"{digest}"'


def weak_etag(version: str) -> str:
    """The ETag of content that says the same at this version, though its bytes may differ."""
    return f'W/"{version}"'


def digest_of_list(digests: Iterable[str], more: bytes) -> str:
    """A digest of several documents and of what stands around them."""
    return hashlib.sha256("\n".join((*digests, "")).encode() + more).hexdigest()


def is_known(if_none_match: str, digest: str) -> bool:
    """Tells whether a client says that it has this digest, or version, already."""
    if not if_none_match:
        return False
    if if_none_match.strip() == "*":
        return True
    quoted = strong_etag(digest)
    return any(
        candidate.strip().removeprefix("W/") == quoted for candidate in if_none_match.split(",")
    )


def known_digest(if_none_match: str) -> str | None:
    """The one digest that a client has, where it names one, as nearly all do."""
    candidate = if_none_match.strip().removeprefix("W/")
    is_one = len(candidate) == 66 and candidate[0] == candidate[-1] == '"'
    return candidate[1:-1] if is_one else None
