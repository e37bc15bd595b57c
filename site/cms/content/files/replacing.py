"""Puts another content in the place of a stored file."""

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from django.core.files.base import File

from cms.common.atomic_files import replaced_file


def replace_content(storage: Any, name: str, pieces: Iterable[bytes]) -> None:
    """Puts another content in the place of a stored file, whole or not at all.

    Readers have the former until the new one is there.
    """
    try:
        path = Path(storage.path(name))
    except NotImplementedError:
        # A storage elsewhere, which knows no exchange.
        with TemporaryFile() as beside:
            beside.writelines(pieces)
            beside.seek(0)
            storage.delete(name)
            storage.save(name, File(beside))
        return
    with replaced_file(path) as beside_it, beside_it.open("wb") as file:
        file.writelines(pieces)
