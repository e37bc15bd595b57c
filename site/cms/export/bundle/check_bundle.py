"""Checks a bundle: hashes, schemas, and what documents refer to. Needs Python 3.9 and nothing else.

    python check_bundle.py [BUNDLE]

BUNDLE is a folder or a .zip; without it, the folder in which this file lies. Says what is wrong in
one line each. Ends with 0 where nothing is, 1 where something is, 2 where there is no bundle.

This file travels in every bundle. What it reads may be hostile: nothing is unpacked, no name leads
out of the bundle, and no more is read of a file than the manifest says that it has.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import re
import stat
import sys
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Any

FORMAT = 1
MANIFEST = "manifest.json"
LARGEST_MANIFEST = 256 * 1024 * 1024
LARGEST_LINE = 64 * 1024 * 1024
PIECE = 1024 * 1024


UNREADABLE = (
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    UnicodeError,
    lzma.LZMAError,
    zipfile.BadZipFile,
    zlib.error,
)
"""Raised by Python for a damaged .zip, and for one of a kind that it does not read."""


class BadBundle(Exception):
    """Raised for something that cannot be read as a bundle at all; the message says why."""


def safe_name(name: str) -> bool:
    """Tells whether a name leads to a file in the bundle, and is written in one way only."""
    path = PurePosixPath(name)
    return (
        bool(name)
        and not path.is_absolute()
        and ".." not in path.parts
        and "\\" not in name
        and ":" not in name
        and "\0" not in name
        and str(path) == name
    )


def read_manifest(file: IO[bytes], name: str) -> dict[str, Any]:
    """Reads a manifest.

    Raises:
        BadBundle: it is none, or of a newer format.
    """
    text = file.read(LARGEST_MANIFEST + 1)
    if len(text) > LARGEST_MANIFEST:
        raise BadBundle(f"{name}: it is too large.")
    try:
        manifest = json.loads(text, object_pairs_hook=_once, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise BadBundle(f"{name}: this is not JSON ({error}).") from error
    if not isinstance(manifest, dict) or not isinstance(manifest.get("format"), int):
        raise BadBundle(f"{name}: it does not say which format this is.")
    if not isinstance(manifest.get("selection", {}), dict):
        raise BadBundle(f"{name}: it does not say what was chosen.")
    if manifest["format"] > FORMAT:
        raise BadBundle(
            f"{name}: format {manifest['format']} is newer than {FORMAT}, which this program "
            "reads. Use the program that wrote it, or a newer one."
        )
    return manifest


def _once(members: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object in which no name stands twice: of two, every reader takes another."""
    found = dict(members)
    if len(found) != len(members):
        names = [name for name, _value in members]
        twice = next(name for name in found if names.count(name) > 1)
        raise ValueError(f"{twice!r:.80} is there twice in one object")
    return found


def _refuse_constant(name: str) -> Any:
    """Refuses NaN and Infinity, which Python reads and no JSON has."""
    raise ValueError(f"{name} is no number")


@contextmanager
def reading(name: str) -> Iterator[None]:
    """Turns whatever a damaged file or .zip raises into the exception that names it.

    Raises:
        BadBundle: it cannot be read.
    """
    try:
        yield
    except UNREADABLE as error:
        raise BadBundle(f"{name}: it is damaged ({error}).") from error


def checked_entries(files: Any) -> Iterator[dict[str, Any]]:
    """The entries of a manifest, each with its path, size and digest.

    Raises:
        BadBundle: one has not, or its path leads out of the bundle.
    """
    if not isinstance(files, list):
        raise BadBundle(f"{MANIFEST}: it does not list the files.")
    for entry in files:
        if (
            not isinstance(entry, dict)
            or not isinstance(entry.get("path"), str)
            or not isinstance(entry.get("size"), int)
            or entry["size"] < 0
            or not isinstance(entry.get("sha256"), str)
        ):
            raise BadBundle(f"{MANIFEST}: an entry of files lacks its path, size or sha256.")
        if not safe_name(entry["path"]):
            raise BadBundle(f"{entry['path']!r:.80}: this name leads out of the bundle.")
        yield entry


class Bundle:
    """A bundle that is read: a folder or a .zip.

    Attributes:
        manifest: what ``manifest.json`` says.
        files: the entries of its ``files``, by path.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._zip: zipfile.ZipFile | None = None
        if path.is_file():
            try:
                self._zip = zipfile.ZipFile(path)
            except UNREADABLE as error:
                raise BadBundle(f"{path}: this is neither a folder nor a .zip.") from error
        elif not path.is_dir():
            raise BadBundle(f"{path}: there is no such file or folder.")
        self.manifest = self._read_manifest()
        self.files: dict[str, dict[str, Any]] = {}
        for entry in self._entries():
            if entry["path"] in self.files:
                raise BadBundle(f"{MANIFEST}: {entry['path']} is listed twice.")
            self.files[entry["path"]] = entry

    def close(self) -> None:
        """Closes the file."""
        if self._zip is not None:
            self._zip.close()

    def names(self) -> Iterator[str]:
        """Every file that is there, listed or not; links and names that lead out are refused."""
        if self._zip is not None:
            seen = set()
            for info in self._zip.infolist():
                if stat.S_ISLNK(info.external_attr >> 16):
                    raise BadBundle(f"{info.filename}: this is a symbolic link.")
                if info.filename in seen:
                    raise BadBundle(f"{info.filename}: this name is there twice.")
                seen.add(info.filename)
                if not info.is_dir():
                    yield self._checked(info.filename)
            return
        for path in sorted(self.path.rglob("*")):
            name = path.relative_to(self.path).as_posix()
            if path.is_symlink():
                raise BadBundle(f"{name}: this is a symbolic link.")
            if path.is_file():
                yield self._checked(name)

    def pieces(self, name: str) -> Iterator[bytes]:
        """A file's bytes, and at most one more than the manifest says, so that it shows."""
        left = int(self.files[name]["size"]) + 1
        with reading(name), self._open(name) as file:
            while left > 0 and (piece := file.read(min(PIECE, left))):
                left -= len(piece)
                yield piece

    def read(self, name: str) -> bytes:
        """A small file, whole."""
        return b"".join(self.pieces(name))

    def lines(self, name: str) -> Iterator[tuple[int, Any]]:
        """The values of an NDJSON file, each with the number of its line, from 1.

        Raises:
            BadBundle: a line is not JSON, or too long.
        """
        rest, number = b"", 0
        for piece in self.pieces(name):
            *whole, rest = (rest + piece).split(b"\n")
            if len(rest) > LARGEST_LINE:
                raise BadBundle(f"{name}, line {number + len(whole) + 1}: this line is too long.")
            for line in whole:
                number += 1
                yield number, self._value(name, number, line)
        if rest:
            yield number + 1, self._value(name, number + 1, rest)

    def _value(self, name: str, number: int, line: bytes) -> Any:
        try:
            return json.loads(line, object_pairs_hook=_once, parse_constant=_refuse_constant)
        except (ValueError, RecursionError) as error:
            raise BadBundle(f"{name}, line {number}: this is not JSON ({error}).") from error

    def _checked(self, name: str) -> str:
        if not safe_name(name):
            raise BadBundle(f"{name!r}: this name leads out of the bundle.")
        return name

    def _open(self, name: str) -> IO[bytes]:
        self._checked(name)
        try:
            if self._zip is not None:
                return self._zip.open(name)
            return (self.path / name).open("rb")
        except (KeyError, OSError) as error:
            raise BadBundle(f"{name}: it is listed in {MANIFEST} and is not there.") from error
        except UNREADABLE as error:
            raise BadBundle(f"{name}: it is damaged ({error}).") from error

    def _read_manifest(self) -> dict[str, Any]:
        try:
            file = self._open(MANIFEST)
        except BadBundle as error:
            raise BadBundle(f"{self.path}: it has no {MANIFEST}.") from error
        with reading(MANIFEST), file:
            return read_manifest(file, MANIFEST)

    def _entries(self) -> Iterator[dict[str, Any]]:
        return checked_entries(self.manifest.get("files"))


_KNOWN_KEYWORDS = {
    *("$defs", "$id", "$ref", "$schema", "additionalProperties", "anyOf", "const", "default"),
    *("description", "discriminator", "enum", "examples", "format", "items", "maximum"),
    *("maxLength", "minimum", "minLength", "oneOf", "pattern", "properties", "required", "title"),
    *("type", "contentMediaType", "contentSchema", "readOnly"),
}
_TYPES: dict[str, Any] = {
    "array": list,
    "boolean": bool,
    "integer": int,
    "null": type(None),
    "number": (int, float),
    "object": dict,
    "string": str,
}


class Schema:
    """The part of JSON Schema 2020-12 that this product's schemas use; the rest is refused."""

    def __init__(self, root: Any) -> None:
        if not isinstance(root, dict):
            raise TypeError("not an object")
        self.root = root
        self._refuse_unknown(root)

    def faults(self, value: Any) -> Iterator[str]:
        """Lists the faults of a value, with JSON Pointers."""
        yield from self._faults(value, self.root, "")

    def _refuse_unknown(self, schema: Any) -> None:
        if not isinstance(schema, dict):
            return
        unknown = {name for name in schema if not name.startswith("x-")} - _KNOWN_KEYWORDS
        if unknown:
            raise BadBundle(f"A schema uses {sorted(unknown)}, which this program does not know.")
        if schema.get("$ref", "#/$defs/")[len("#/$defs/") :] not in {
            "",
            *self.root.get("$defs", ()),
        }:
            raise BadBundle(f"A schema refers to {schema['$ref']!r}, which it does not have.")
        for name in ("$defs", "properties"):
            for part in schema.get(name, {}).values():
                self._refuse_unknown(part)
        for name in ("anyOf", "oneOf"):
            for part in schema.get(name, ()):
                self._refuse_unknown(part)
        for name in ("items", "additionalProperties"):
            self._refuse_unknown(schema.get(name))

    def _faults(self, value: Any, schema: Any, at: str) -> Iterator[str]:
        if "$ref" in schema:
            name = schema["$ref"].removeprefix("#/$defs/")
            yield from self._faults(value, self.root["$defs"][name], at)
        kind = schema.get("type")
        if kind is not None and not self._is_of(value, kind):
            yield f"{at or '/'} should be of type {kind}"
            return
        for name in ("anyOf", "oneOf"):
            if name in schema:
                yield from self._of_alternatives(value, schema[name], at)
        if "const" in schema and value != schema["const"]:
            yield f"{at or '/'} should be {schema['const']!r}"
        if "enum" in schema and value not in schema["enum"]:
            yield f"{at or '/'} is none of {schema['enum']}"
        if isinstance(value, str):
            yield from self._of_text(value, schema, at)
        elif isinstance(value, (int, float)) and not isinstance(value, bool):
            if value < schema.get("minimum", value) or value > schema.get("maximum", value):
                yield f"{at or '/'} is out of range"
        elif isinstance(value, list):
            for position, part in enumerate(value):
                yield from self._faults(part, schema.get("items", {}), f"{at}/{position}")
        elif isinstance(value, dict):
            yield from self._of_object(value, schema, at)

    def _of_alternatives(self, value: Any, alternatives: list[Any], at: str) -> Iterator[str]:
        found = [list(self._faults(value, schema, at)) for schema in alternatives]
        if all(found):
            # The alternative that fits best tells most: the one that goes wrong deepest.
            yield max(found, key=lambda faults: faults[0].split(" ")[0].count("/"))[0]

    def _of_text(self, value: str, schema: Any, at: str) -> Iterator[str]:
        if not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value)):
            yield f"{at or '/'} is too short or too long"
        if "pattern" in schema and not re.search(schema["pattern"], value):
            yield f"{at or '/'} does not look like {schema['pattern']}"

    def _of_object(self, value: dict[str, Any], schema: Any, at: str) -> Iterator[str]:
        properties = schema.get("properties", {})
        for name in schema.get("required", ()):
            if name not in value:
                yield f"{at}/{name} is missing"
        others = schema.get("additionalProperties", True)
        for name, part in value.items():
            if name in properties:
                yield from self._faults(part, properties[name], f"{at}/{name}")
            elif others is False:
                yield f"{at}/{name} is unknown"
            elif isinstance(others, dict):
                yield from self._faults(part, others, f"{at}/{name}")

    @staticmethod
    def _is_of(value: Any, kind: Any) -> bool:
        if isinstance(value, bool):
            return bool(kind == "boolean")
        return isinstance(value, _TYPES[kind])


def faults(bundle: Bundle) -> Iterator[str]:
    """Everything that is wrong with a bundle, a line each."""
    sound = True
    for fault in file_faults(bundle):
        sound = False
        yield fault
    if sound:
        try:
            yield from _document_faults(bundle)
        except RecursionError as error:
            raise BadBundle("A document or a schema is nested too deep to be read.") from error


def file_faults(bundle: Bundle, advance: Any = None) -> Iterator[str]:
    """Lists files that are missing, surplus, or not what they were.

    Args:
        advance: told of each file.
    """
    there = {name for name in bundle.names() if name != MANIFEST}
    for name in sorted(there - {*bundle.files}):
        yield f"{name}: it is not listed in {MANIFEST}."
    for name, entry in bundle.files.items():
        if advance is not None:
            advance(name)
        if name not in there:
            yield f"{name}: it is listed in {MANIFEST} and is not there."
        elif fault := _file_fault(bundle, name, entry):
            yield f"{name}: {fault}"


def _file_fault(bundle: Bundle, name: str, entry: dict[str, Any]) -> str | None:
    digest, size = hashlib.sha256(), 0
    try:
        for piece in bundle.pieces(name):
            digest.update(piece)
            size += len(piece)
    except BadBundle as error:
        return str(error)[len(f"{name}: ") :]
    if size != entry["size"]:
        return f"it should have {entry['size']} bytes and has another number."
    if digest.hexdigest() != entry["sha256"]:
        return "its content is not that of which the manifest has the SHA-256."
    return None


def _document_faults(bundle: Bundle) -> Iterator[str]:
    schemas: dict[str, Schema | None] = {}
    keys: set[str] = set()
    wanted: dict[str, str] = {}
    selection = bundle.manifest.get("selection", {})
    # Of what has changed since another bundle, the rest is there.
    everything = bundle.manifest.get("whole", bundle.files.values())
    urls = {entry["url"] for entry in everything if "url" in entry}
    for name in (name for name in bundle.files if name.startswith("content/")):
        for number, document in bundle.lines(name):
            where = f"{name}, line {number}"
            try:
                key, kind = document["key"], document["meta"]["type"]
            except (KeyError, TypeError):
                yield f"{where}: this is no document."
                continue
            keys.add(key)
            for other in _references(document):
                wanted.setdefault(other, where)
            if kind not in schemas:
                schemas[kind] = _schema(bundle, kind)
            if (schema := schemas[kind]) is None:
                yield f"{where}: there is no schema/{kind}.json."
                continue
            yield from (f"{where}: {fault}." for fault in schema.faults(document))
            if selection.get("media"):
                lost = (url for url in _files_of(document) if url not in urls)
                yield from (f"{where}: {url} is not in the bundle." for url in lost)
    if not selection.get("locales") and not selection.get("types") and not _is_increment(bundle):
        for key in sorted(set(wanted) - keys):
            yield f"{wanted[key]}: it refers to {key}, which is not in the bundle."


def _is_increment(bundle: Bundle) -> bool:
    return "since" in bundle.manifest


def _schema(bundle: Bundle, kind: str) -> Schema | None:
    name = f"schema/{kind}.json"
    if name not in bundle.files:
        return None
    try:
        return Schema(json.loads(bundle.read(name)))
    except (AttributeError, TypeError, ValueError) as error:
        raise BadBundle(f"{name}: this is no schema ({error}).") from error


def _references(value: Any) -> Iterator[str]:
    """Keys of the pages and snippets that a document refers to."""
    for part in value.values() if isinstance(value, dict) else value:
        if isinstance(part, dict):
            if {"key", "type", "language"} <= part.keys():
                yield part["key"]
            yield from _references(part)
        elif isinstance(part, list):
            yield from _references(part)


def _files_of(value: Any) -> Iterator[str]:
    """Addresses of images and files that a document names."""
    for part in value.values() if isinstance(value, dict) else value:
        if isinstance(part, dict):
            if "renditions" in part:
                named = [*part["renditions"], part.get("original"), *part.get("sizes", {}).values()]
                yield from (file["url"] for file in named if file)
            if "url" in part and "filename" in part:
                yield part["url"]
            yield from _files_of(part)
        elif isinstance(part, list):
            yield from _files_of(part)


def main(arguments: list[str]) -> int:
    """Checks the bundle that is named, or the one around this file."""
    path = Path(arguments[0]) if arguments else Path(__file__).resolve().parent
    count = 0
    try:
        bundle = Bundle(path)
        for count, fault in enumerate(faults(bundle), start=1):  # noqa: B007 - counted to the last
            print(fault)
    except BadBundle as error:
        print(error, file=sys.stderr)
        return 2
    if count:
        print(f"{count} faults.", file=sys.stderr)
        return 1
    documents = sum(language["documents"] for language in bundle.manifest["languages"])
    documents += bundle.manifest.get("without_language", 0)
    print(f"{path}: {documents} documents and {len(bundle.files)} files are sound.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
