"""Titles in the order of their language's alphabet."""


def sort_key(text: str, code: str) -> bytes:
    """A key that is compared byte by byte."""
    return text.casefold().encode()
