"""The layout of the mirror: paths relative to its folder.

What is stored lies below ``.mirror/``, and the addresses of the API are symbolic links to it.
A link is at most 59 bytes long, which ext4 keeps in the inode; a longer one takes a block.
"""

import re
from typing import Final
from uuid import UUID

INNER: Final = ".mirror"
NEW: Final = f"{INNER}/new"
"""Where files are written before they are put in their place."""
STORED: Final = f"{INNER}/d"
"""Documents; the name is as short as the links to them have to be."""
EXPORTS: Final = f"{INNER}/exports"
OPENAPI: Final = f"{INNER}/openapi"

API: Final = "api/v3"
PAGES: Final = f"{API}/pages"
ENTRIES: Final = f"{API}/entries"
TREES: Final = f"{API}/tree"
LANGUAGES_LINK: Final = f"{API}/languages"
EXPORT_LINK: Final = f"{API}/export"
OPENAPI_LINK: Final = f"{API}/openapi.json"
DOCUMENT: Final = "index.json"

_DIGITS: Final = 32
"""Of the digest, in hexadecimal: 128 bits, which no two documents share."""
_SHARD: Final = 2
_NO_LANGUAGE: Final = "-"
_PARTS: Final = 4
"""Of the path of a document: ``.mirror``, ``d``, the shard, the rest of the first half."""
_LINK: Final = re.compile(r"(?:\.\./)+(\.mirror/.+)\Z")


def stored_folder(digest: str, language: str = "") -> str:
    """The folder of a document or tree, by its digest and the language that it is really in.

    It is itself a link, to :func:`contents_name` beside it: so the links of all addresses are
    short, and where they lead in the end names the whole digest.
    """
    return f"{STORED}/{digest[:_SHARD]}/{digest[_SHARD:_DIGITS]}/{language or _NO_LANGUAGE}"


def contents_name(digest: str, language: str = "") -> str:
    """The name of the folder that holds the files: the second half of the digest, the language."""
    return f"{digest[_DIGITS:]}.{language}" if language else digest[_DIGITS:]


def whole_of(folder: str) -> str:
    """The folder with all that there is of a document, by any folder in it."""
    return "/".join(folder.split("/")[:_PARTS])


def openapi_folder(digest: str) -> str:
    """The folder of the description of the API."""
    return f"{OPENAPI}/{digest}"


def page_link(page_id: int) -> str:
    """The path of ``pages/{id}/``."""
    return f"{PAGES}/{page_id}"


def entries_folder(locale: str) -> str:
    """The path of ``entries/{locale}/``."""
    return f"{ENTRIES}/{locale}"


def entry_link(locale: str, key: UUID | str) -> str:
    """The path of ``entries/{locale}/{key}/``."""
    return f"{entries_folder(locale)}/{key}"


def tree_link(locale: str) -> str:
    """The path of ``tree/{locale}/``."""
    return f"{TREES}/{locale}"


def link_text(link: str, target: str) -> str:
    """The text of a link to a target: the way there from the folder in which the link is."""
    return "../" * link.count("/") + target


def link_target(text: str) -> str | None:
    """The target of a link of ours; ``None`` for another's, and for one that leads out."""
    found = _LINK.match(text)
    return found[1] if found and ".." not in found[1].split("/") else None
