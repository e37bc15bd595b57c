"""Writes the files of the mirror so that each is always there whole."""

import errno
import itertools
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from cms.common.atomic_files import replaced_file
from cms.export.mirror.layout import INNER, NEW, link_target, link_text

Files = Mapping[str, bytes]
"""The content of each file of a folder, by its name."""

_FLUSHED_ONE_BY_ONE: Final = 300
"""Files; where there are more, the whole system is flushed."""


class NoLinks(OSError):
    """The file system has no symbolic links."""


class LinkedFolder(FileExistsError):
    """Raised for a link where the mirror has a folder of its own: what it leads to is another's."""

    def __init__(self, path: Path) -> None:
        super().__init__(errno.EEXIST, "this is a link, and a mirror follows none", str(path))


@dataclass(slots=True)
class MirrorRoot:
    """The folder of a mirror. All names are relative to it.

    Attributes:
        is_new: whether nothing was there before this run, so that no address can lead to what is
            not in its place yet.
    """

    root: Path
    is_new: bool = False
    _written: list[str] = field(default_factory=list)
    _folders: set[str] = field(default_factory=set)
    _own: set[str] = field(default_factory=set)
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def path(self, name: str) -> str:
        """The path of a file."""
        return f"{self.root}/{name}"

    def make_folder(self, name: str) -> None:
        """Makes a folder and those above it; looks once whether they are there.

        Raises:
            LinkedFolder: one of them is a link.
        """
        if name not in self._folders:
            self.refuse_links(name)
            (self.root / name).mkdir(parents=True, exist_ok=True)
            self._folders.add(name)

    def refuse_links(self, name: str) -> None:
        """Refuses a folder that is a link or lies below one; looks once.

        Raises:
            LinkedFolder: what is written there would be written elsewhere, and what is removed too.
        """
        if name in self._own or not name:
            return
        self.refuse_links(_parent(name))
        if os.path.islink(self.path(name)):  # noqa: PTH114 - for each of many folders
            raise LinkedFolder(Path(self.path(name)))
        self._own.add(name)

    def forget_folder(self, name: str) -> None:
        """Forgets a folder that was removed: it is made again when it is needed."""
        self._folders.discard(name)
        self._own.discard(name)

    def clear_new(self) -> None:
        """Removes what a killed run has left in the folder for new files."""
        self.refuse_links(NEW)
        shutil.rmtree(self.path(NEW), ignore_errors=True)
        self._folders.discard(NEW)
        self.make_folder(NEW)

    def put_folder(self, name: str, files: Files) -> None:
        """Puts a folder of files in its place at once; in a new mirror one file after the other."""
        if not (self.is_new and self._make_straight(name)):
            beside = self.new_folder()
            self._fill(beside, files)
            self.settle(beside, name)
        else:
            self._fill(self.path(name), files)
        # Of no more than are flushed one by one are the names needed.
        if len(self._written) <= _FLUSHED_ONE_BY_ONE:
            self._written += (f"{name}/{file}" for file in files)

    def put_stored(self, link: str, name: str, files: Files) -> None:
        """Puts a folder of files, and the link to it that stands beside it, in their place at once.

        Args:
            link: see ``layout.stored_folder``.
            name: of the folder that it leads to.
        """
        whole, _slash, alias = link.rpartition("/")
        if self.is_new and self._make_straight(whole):
            self._fill_stored(self.path(whole), alias, name, files)
        else:
            beside = self.new_folder()
            self._fill_stored(beside, alias, name, files)
            self.make_folder(_parent(whole))
            try:
                os.rename(beside, self.path(whole))  # noqa: PTH104 - a hundred thousand times
            except OSError as error:
                if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                    raise
                self._mend_stored(beside, whole, alias, name)
        if len(self._written) <= _FLUSHED_ONE_BY_ONE:
            self._written += (f"{whole}/{name}/{file}" for file in files)

    def _fill_stored(self, folder: str, alias: str, name: str, files: Files) -> None:
        os.mkdir(f"{folder}/{name}")  # noqa: PTH102 - a hundred thousand times
        self._fill(f"{folder}/{name}", files)
        try:
            os.symlink(name, f"{folder}/{alias}")  # noqa: PTH211 - a hundred thousand times
        except OSError as error:
            self._say_without_links(error)
            raise

    def _mend_stored(self, beside: str, whole: str, alias: str, name: str) -> None:
        """Puts what was made beside it into a folder that a killed run has left."""
        self.settle(f"{beside}/{name}", f"{whole}/{name}")
        Path(beside, alias).replace(self.path(f"{whole}/{alias}"))
        Path(beside).rmdir()

    def remove_stored(self, link: str) -> None:
        """Removes what :meth:`put_stored` has put there, but not what else has its digest.

        Trees of two languages that have no page of their own are the same to the byte.
        """
        whole = link.rpartition("/")[0]
        try:
            name = os.readlink(self.path(link))  # noqa: PTH115
        except OSError:
            self._remove_former(link)
            return
        self.remove(link)
        self.remove(f"{whole}/{Path(name).name}")
        with suppress(OSError):
            Path(self.path(whole)).rmdir()

    def _remove_former(self, name: str) -> None:
        """Removes a folder of the former layout, which held the files itself."""
        folder = Path(self.path(name))
        entries = list(folder.iterdir()) if folder.is_dir() else []
        if not any(entry.is_symlink() for entry in entries):
            self.remove(name)
            return
        # The same content is there in the layout of now.
        for entry in entries:
            if entry.is_file():
                entry.unlink()

    def settle(self, beside: str, name: str) -> None:
        """Puts a new folder in its place; one that is there gets its files, one after the other."""
        self.make_folder(_parent(name))
        place = self.path(name)
        try:
            os.rename(beside, place)  # noqa: PTH104 - a hundred thousand times
        except OSError as error:
            if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                raise
            files = {path.name for path in Path(beside).iterdir()}
            for file in files:
                Path(beside, file).replace(f"{place}/{file}")
            for surplus in Path(place).iterdir():
                if surplus.name not in files:
                    surplus.unlink()
            Path(beside).rmdir()

    def put_file(self, name: str, pieces: Iterable[bytes]) -> None:
        """Puts a file in its place when it is whole."""
        path = self.root / name
        with (
            replaced_file(path, beside_in=self.root / NEW, durable=False) as beside,
            beside.open("wb") as file,
        ):
            file.writelines(pieces)

    def new_folder(self) -> str:
        """A folder that is not in its place yet; see :meth:`settle`."""
        folder = self._new_name()
        os.mkdir(folder)  # noqa: PTH102 - a hundred thousand times
        return folder

    def link(self, name: str, target: str) -> None:
        """Lets an address lead to what is stored, in one step.

        Raises:
            NoLinks: the file system has no symbolic links.
        """
        folder, _slash, last = name.rpartition("/")
        self.link_all(folder, [(last, target)])

    def link_all(self, folder: str, targets: Iterable[tuple[str, str]]) -> None:
        """Makes the links of one folder, each with its target."""
        self.make_folder(folder)
        start, up = f"{self.path(folder)}/", link_text(f"{folder}/", "")
        for name, target in targets:
            try:
                os.symlink(up + target, start + name)  # noqa: PTH211 - half a million times
            except FileExistsError:
                self._link_anew(f"{folder}/{name}", target)
            except OSError as error:
                self._say_without_links(error)
                raise

    def _say_without_links(self, error: OSError) -> None:
        """Raises :class:`NoLinks` for an error of a file system that has none."""
        if error.errno in (errno.EPERM, errno.ENOTSUP, errno.ENOSYS):
            raise NoLinks(error.errno, os.strerror(error.errno), str(self.root)) from error

    def _link_anew(self, name: str, target: str) -> None:
        """Replaces a link, or what stands in its place, in one step."""
        if self.target_of(name) == target:
            return
        beside, path = self._new_name(), Path(self.path(name))
        Path(beside).symlink_to(link_text(name, target))
        if not path.is_symlink() and path.is_dir():
            shutil.rmtree(path)
        Path(beside).replace(path)

    def target_of(self, name: str) -> str | None:
        """The target of an address; ``None`` where it is not there."""
        try:
            return link_target(os.readlink(self.path(name)))  # noqa: PTH115
        except OSError:
            return None

    def is_link(self, name: str) -> bool:
        """Tells whether a name is that of a link."""
        return os.path.islink(self.path(name))  # noqa: PTH114

    def remove(self, name: str) -> bool:
        """Removes a file, a link or a folder; says whether it was there."""
        self.refuse_links(_parent(name))
        path = Path(self.root, name)
        try:
            path.unlink()
        except FileNotFoundError:
            return False
        except OSError:
            # What macOS and Linux say of a folder differs.
            shutil.rmtree(path)
        return True

    def names_in(self, folder: str) -> Iterator[str]:
        """The names in a folder, in no order; nothing where there is none."""
        self.refuse_links(folder)
        try:
            entries = os.scandir(self.path(folder))
        except FileNotFoundError:
            return
        with entries:
            for entry in entries:
                yield entry.name

    def flush(self) -> None:
        """Flushes what was written to the disk, before it is noted that it was."""
        if len(self._written) > _FLUSHED_ONE_BY_ONE:
            os.sync()
            return
        for name in (*self._written, INNER):
            handle = os.open(self.path(name), os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)

    def _make_straight(self, name: str) -> bool:
        """Makes a folder in its place; says whether it was not there."""
        self.make_folder(_parent(name))
        try:
            os.mkdir(self.path(name))  # noqa: PTH102 - a hundred thousand times
        except FileExistsError:
            return False
        return True

    def _fill(self, folder: str, files: Files) -> None:
        for file, content in files.items():
            self._write(f"{folder}/{file}", content)

    def _write(self, path: str, content: bytes) -> None:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        with open(handle, "wb", buffering=0) as file:  # noqa: PTH123
            file.write(content)

    def _new_name(self) -> str:
        return f"{self.root}/{NEW}/{next(self._numbers)}"


def _parent(name: str) -> str:
    return name.rpartition("/")[0]
