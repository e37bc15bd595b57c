"""Brings a bundle up to date with what changed since. Needs Python 3.9, and check_bundle.py beside.

    python apply_increment.py BUNDLE INCREMENT OUT

BUNDLE and INCREMENT are folders or .zip files; OUT is a new folder. What comes out is, file for
file, what a whole bundle would have been when the increment was written; if it is not, OUT is not
made. Ends with 0, or with 1 and a line that says why.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

if __package__:
    from cms.export.bundle.check_bundle import MANIFEST, BadBundle, Bundle
else:
    # Nothing is left in the bundle that this lies in.
    sys.dont_write_bytecode = True
    from check_bundle import MANIFEST, BadBundle, Bundle  # type: ignore[import-not-found,no-redef]

REMOVED = "removed.ndjson"


def apply_increment(bundle: Bundle, increment: Bundle, out: Path) -> None:
    """Writes the bundle that bundle and increment make together.

    Raises:
        BadBundle: they do not belong together, or one is damaged.
    """
    since = increment.manifest.get("since")
    if since is None:
        raise BadBundle(f"{increment.path}: this is a whole bundle, and needs no other.")
    if since != bundle.manifest.get("cursor"):
        raise BadBundle(f"{increment.path}: it does not follow on {bundle.path}.")
    if out.exists():
        raise BadBundle(f"{out}: this is there already.")
    beside = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.resolve().parent))
    try:
        for entry in increment.manifest["whole"]:
            _write(beside, entry, _content(bundle, increment, entry))
        manifest = {
            name: value
            for name, value in increment.manifest.items()
            if name not in ("since", "whole", "files")
        }
        manifest["files"] = increment.manifest["whole"]
        text = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
        (beside / MANIFEST).write_text(text, encoding="utf-8")
        beside.chmod(0o755)
        beside.rename(out)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _content(bundle: Bundle, increment: Bundle, entry: dict[str, Any]) -> Iterable[bytes]:
    name = entry["path"]
    if name.startswith("content/"):
        return _merged(bundle, increment, name)
    if "runs" in entry:
        return _of_runs(bundle, increment, entry)
    return (increment if name in increment.files else bundle).pieces(name)


def _of_runs(bundle: Bundle, increment: Bundle, entry: dict[str, Any]) -> Iterator[bytes]:
    """The runs of a file in their order: those that the bundle has, the others as they come."""
    name = entry["path"]
    with tempfile.TemporaryFile() as old, tempfile.TemporaryFile() as new:
        for bundle_of, file in ((bundle, old), (increment, new)):
            if name in bundle_of.files:
                file.writelines(bundle_of.pieces(name))
                file.seek(0)
        places: dict[str, int] = {}
        position = 0
        for run, size in _runs(bundle.files.get(name, {})):
            places[run] = position
            position += size
        for run, size in _runs(entry):
            if run in places:
                old.seek(places[run])
                yield old.read(size)
            else:
                yield new.read(size)


def _runs(entry: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """The runs of a file, of each of which a manifest says "size digest", with their sizes."""
    for run in entry.get("runs", ()):
        size = str(run).partition(" ")[0]
        if not (size.isascii() and size.isdecimal()):
            raise BadBundle(f"{MANIFEST}: {run!r} of {entry['path']} is no run.")
        yield str(run), int(size)


def _merged(bundle: Bundle, increment: Bundle, name: str) -> Iterator[bytes]:
    """Merges the documents of a language from both, in the order of their keys."""
    stem = name[len("content/") : -len(".ndjson")]
    locale = None if stem == "without-language" else stem
    gone = {line["key"] for _number, line in increment.lines(REMOVED) if line["locale"] == locale}
    new = _raw_lines(increment, name) if name in increment.files else iter(())
    key, line = next(new, (None, b""))
    old = _raw_lines(bundle, name) if name in bundle.files else iter(())
    for old_key, old_line in old:
        while key is not None and key < old_key:
            yield line
            key, line = next(new, (None, b""))
        if key == old_key:
            continue
        if old_key not in gone:
            yield old_line
    while key is not None:
        yield line
        key, line = next(new, (None, b""))


def _raw_lines(bundle: Bundle, name: str) -> Iterator[tuple[str, bytes]]:
    rest = b""
    for piece in bundle.pieces(name):
        *whole, rest = (rest + piece).split(b"\n")
        for line in whole:
            yield json.loads(line)["key"], line + b"\n"


def _write(folder: Path, entry: dict[str, Any], content: Iterable[bytes]) -> None:
    path = folder / entry["path"]
    path.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with path.open("wb") as file:
        for piece in content:
            digest.update(piece)
            file.write(piece)
    if digest.hexdigest() != entry["sha256"]:
        raise BadBundle(f"{entry['path']}: what came out is not what it should be.")


def main(arguments: list[str]) -> int:
    """Applies the increment that is named to the bundle."""
    if len(arguments) != 3:
        print("python apply_increment.py BUNDLE INCREMENT OUT", file=sys.stderr)
        return 1
    bundle, increment, out = map(Path, arguments)
    try:
        apply_increment(Bundle(bundle), Bundle(increment), out)
    except (BadBundle, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{out} is {bundle} with {increment}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
