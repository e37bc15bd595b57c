"""Checks of what comes from outside, which is hostile until it has proved otherwise."""

import zipfile
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import IO, Any, Final

from django.utils.translation import gettext as _
from lxml import etree

from cms.exchange.units import UnreadableFile

LARGEST_FILE: Final = 64 * 1024 * 1024
"""Bytes. 40,000 strings with notes are about 30 MB of XLIFF."""

LARGEST_UNPACKED: Final = 128 * 1024 * 1024
"""Bytes that a spreadsheet may hold when it is unpacked; 40,000 strings are about 50 MB."""

LARGEST_TEXT: Final = 100_000
"""Characters in one string."""

MOST_UNITS: Final = 250_000
"""Strings in one file: some hundred bytes each while it is read, whatever their length."""

MOST_ELEMENTS: Final = 100_000
"""XML elements in one unit, or between two."""


def too_many(name: str) -> UnreadableFile:
    """The error for a file that has more strings than are read."""
    return UnreadableFile(
        _("%(name)s has more than %(limit)d texts. Export less at a time.")
        % {"name": name, "limit": MOST_UNITS}
    )


def check_size(path: Path, name: str) -> None:
    """Refuses what is no file, empty, or too large to be read in bounded memory.

    Raises:
        UnreadableFile: it is.
    """
    if not path.is_file():
        raise UnreadableFile(_("%(name)s is no file.") % {"name": name})
    size = path.stat().st_size
    if size == 0:
        raise UnreadableFile(_("%(name)s is empty.") % {"name": name})
    if size > LARGEST_FILE:
        raise UnreadableFile(
            _("%(name)s has %(size)d MB; at most %(limit)d are read. Export less at a time.")
            % {"name": name, "size": size >> 20, "limit": LARGEST_FILE >> 20}
        )


def xml_elements(
    path: Path, name: str, forgotten: Collection[str]
) -> Iterator[tuple[str, str, Any]]:
    """``(start or end, local name, element)`` for every element of a file.

    No entity is expanded, nothing is fetched, and nothing is larger than libxml2 allows.

    Args:
        forgotten: local names of the elements that are forgotten as soon as they have ended, so
            that memory does not grow with the file.

    Raises:
        UnreadableFile: it is no well-formed XML, or declares entities.
    """
    try:
        with path.open("rb") as file:
            yield from _elements(file, name, forgotten)
    except etree.XMLSyntaxError as error:
        raise UnreadableFile(
            _("%(name)s, line %(line)s: this is no well-formed XML (%(why)s).")
            % {"name": name, "line": error.lineno or 0, "why": error.msg}
        ) from error


def _elements(
    file: IO[bytes], name: str, forgotten: Collection[str]
) -> Iterator[tuple[str, str, Any]]:
    parser = etree.iterparse(
        file,
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    kept = 0
    checked = False
    for event, element in parser:
        if not checked:
            _refuse_entities(element, name)
            checked = True
        local_name = _local_name(element, name)
        kept += event == "start"
        if kept > MOST_ELEMENTS:
            raise UnreadableFile(
                _("%(name)s, line %(line)s: this is no file of translations.")
                % {"name": name, "line": element.sourceline}
            )
        yield event, local_name, element
        if event == "end" and local_name in forgotten:
            _forget(element)
            kept = 0


def _local_name(element: Any, name: str) -> str:
    try:
        return str(etree.QName(element).localname)
    except ValueError as error:
        # libxml2 reads on where a prefix is declared nowhere, and the tag has it in its name.
        raise UnreadableFile(
            _(
                "%(name)s, line %(line)s: the prefix of <%(tag)s> is not declared. Save the file "
                "anew with the program that wrote it."
            )
            % {"name": name, "line": element.sourceline or 0, "tag": element.tag}
        ) from error


def _refuse_entities(element: Any, name: str) -> None:
    dtd = element.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _entity in dtd.iterentities()):
        raise UnreadableFile(
            _("%(name)s declares entities, which no translation needs. It was not read.")
            % {"name": name}
        )


def _forget(element: Any) -> None:
    """Frees the element and those before it, so that memory does not grow with the file."""
    parent = element.getparent()
    if parent is None:
        return
    element.clear(keep_tail=True)
    while (before := element.getprevious()) is not None:
        parent.remove(before)


def check_archive(path: Path, name: str) -> None:
    """Refuses an archive that is far larger inside than outside.

    Python reads no more of a member than the archive says that it has.

    Raises:
        UnreadableFile: it is, or no archive at all.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError) as error:
        raise UnreadableFile(
            _("%(name)s is damaged: it cannot be unpacked.") % {"name": name}
        ) from error
    if unpacked > LARGEST_UNPACKED:
        raise UnreadableFile(
            _("%(name)s would have %(size)d MB unpacked; at most %(limit)d are read.")
            % {"name": name, "size": unpacked >> 20, "limit": LARGEST_UNPACKED >> 20}
        )
