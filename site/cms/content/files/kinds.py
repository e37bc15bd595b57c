"""Media types of images and files, the same on every machine.

Python asks the operating system, which may know neither WebP nor the formats of offices.
"""

from pathlib import PurePosixPath
from typing import Final

_OPEN_XML: Final = "application/vnd.openxmlformats-officedocument"
_OPEN_DOCUMENT: Final = "application/vnd.oasis.opendocument"

KINDS: Final = {
    "avif": "image/avif",
    "csv": "text/csv",
    "docx": f"{_OPEN_XML}.wordprocessingml.document",
    "gif": "image/gif",
    "heic": "image/heic",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "ods": f"{_OPEN_DOCUMENT}.spreadsheet",
    "odt": f"{_OPEN_DOCUMENT}.text",
    "pdf": "application/pdf",
    "png": "image/png",
    "pptx": f"{_OPEN_XML}.presentationml.presentation",
    "txt": "text/plain",
    "webp": "image/webp",
    "xlsx": f"{_OPEN_XML}.spreadsheetml.sheet",
    "zip": "application/zip",
}
"""By the ending of a name, in small letters."""
UNKNOWN: Final = "application/octet-stream"


def kind_of(name: str) -> str:
    """The media type of a file by its name; one that is not listed is for keeping alone."""
    return KINDS.get(PurePosixPath(name).suffix[1:].lower(), UNKNOWN)
