"""Versions of a stored translation: whoever saves one says over which text it was written."""

from hashlib import blake2b


def version_of(data: str | None) -> str:
    """The version of a stored text; empty where none is stored."""
    if data is None:
        return ""
    return blake2b(data.encode("utf-8", "surrogatepass"), digest_size=9).hexdigest()
