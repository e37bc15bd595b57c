"""State of a mirror: what it knows of itself, whose folder it is, and who is writing it."""

import fcntl
import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from django.conf import settings
from wagtail.models import Site

from cms.common.atomic_files import replaced_file
from cms.common.site_address import site_address
from cms.delivery.models import Feed
from cms.export.mirror.layout import INNER
from cms.languages.registry import LANGUAGES, fallback_chain

FORMAT: Final = 2
_STATE: Final = f"{INNER}/state.json"
_UNFINISHED: Final = f"{INNER}/unfinished"
_LOCK: Final = f"{INNER}/lock"


class ForeignFolder(Exception):
    """Raised for a folder that is no mirror, or one of a newer program; it is left alone."""


class AnotherRun(Exception):
    """Raised where another run is writing the mirror."""


@dataclass(frozen=True, slots=True)
class State:
    """The progress of a mirror.

    Attributes:
        feed: identity of the feed that it follows.
        sequence: number of the last change that it has.
        made_with: digest of all else that files are made with.
        compressed: whether it has the encodings too.
        exports: size in bytes of each file of the exports.
    """

    feed: str
    sequence: int
    made_with: str
    compressed: bool
    exports: dict[str, int]
    format: int = FORMAT


def made_with(feed: Feed, *, compressed: bool) -> str:
    """A digest of what a mirror is made with; where it differs, everything is looked at."""
    parts = {
        "format": FORMAT,
        "documents": feed.fingerprint,
        "base_url": site_address(),
        "media_url": settings.MEDIA_URL,
        "languages": {code: fallback_chain(code) for code in LANGUAGES},
        "compressed": compressed,
        "pages": pages_are_served(),
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def pages_are_served() -> bool:
    """Tells whether ``pages/{id}/`` is the same for anybody: each of several sites has its own."""
    return bool(Site.objects.count() < 2)


def read_state(root: Path) -> State | None:
    """The progress of the last run that ended; ``None`` where none did.

    Raises:
        ForeignFolder: a newer program wrote it.
    """
    try:
        written = json.loads((root / _STATE).read_bytes())
        if isinstance(written, dict) and written.get("format", 0) > FORMAT:
            raise ForeignFolder(
                f"{root} was written by a newer program (format {written['format']}; this one "
                f"writes {FORMAT}). Use that one, or another folder."
            )
        return State(**written)
    except (OSError, ValueError, TypeError):
        return None


def is_unfinished(root: Path) -> bool:
    """Tells whether a run began after it and did not end: then the state is not to be trusted."""
    return (root / _UNFINISHED).exists()


def is_blank(root: Path) -> bool:
    """Tells whether a folder that is held has nothing in it yet, not even of a killed run."""
    tops, inner = root.iterdir(), (root / INNER).iterdir()
    return [*tops] == [root / INNER] and [*inner] == [root / _LOCK]


def begin(root: Path) -> None:
    """Notes that a run has begun."""
    (root / _UNFINISHED).touch()


def end(root: Path, state: State) -> None:
    """Notes how far the run came."""
    with replaced_file(root / _STATE) as path:
        path.write_text(json.dumps(asdict(state), indent=1) + "\n", encoding="utf-8")
    (root / _UNFINISHED).unlink(missing_ok=True)


@contextmanager
def held(root: Path) -> Iterator[None]:
    """Locks the folder against other runs, and makes it where there is none.

    Raises:
        ForeignFolder: it is something else than a mirror.
        AnotherRun: another run holds it.
        OSError: it cannot be written.
    """
    _refuse_foreign(root)
    if (root / INNER).is_symlink():
        raise ForeignFolder(f"{root / INNER} is a link, and a mirror follows none. Take it away.")
    (root / INNER).mkdir(parents=True, exist_ok=True)
    with (root / _LOCK).open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AnotherRun(f"Another run is writing {root}. Nothing was done.") from error
        yield


def _refuse_foreign(root: Path) -> None:
    if root.exists() and not root.is_dir():
        raise ForeignFolder(f"{root} is a file. Name a folder that is new, empty or a mirror.")
    if not root.exists() or (root / _LOCK).exists():
        return
    if any(root.iterdir()):
        raise ForeignFolder(
            f"{root} is not empty and is no mirror. Name a folder that is new, empty or a mirror."
        )
