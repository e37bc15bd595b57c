"""Addresses of films, as people copy them, and the player that sets no cookies."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, parse_qs, urlsplit

_YOUTUBE: Final = frozenset(
    {"youtube.com", "m.youtube.com", "music.youtube.com", "youtube-nocookie.com"}
)
_YOUTUBE_ID: Final = re.compile(r"[\w-]{11}", re.ASCII)
_YOUTUBE_PATH: Final = re.compile(r"/(?:shorts|live|embed|v)/([\w-]{11})/?", re.ASCII)
_VIMEO_PATH: Final = re.compile(
    r"(?:/video|/channels/[\w-]+|/groups/[\w-]+/videos|/(?:showcase|album)/[\w-]+/video)?"
    r"/(\d+)(?:/([0-9a-f]{6,40}))?/?",
    re.ASCII,
)
_HASH: Final = re.compile(r"[0-9a-f]{6,40}")
_TIME: Final = re.compile(r"(?:(\d{1,3})h)?(?:(\d{1,4})m)?(?:(\d{1,6})s?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Film:
    """A film at a provider.

    Attributes:
        provider: the provider's name.
        player: the address of its player, where the film begins at the moment that was copied.
    """

    provider: str
    player: str


def find_film(address: str) -> Film | None:
    """Return the film at an address, or ``None`` where no provider is known or no film is named."""
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"}:
        return None
    find: Callable[[SplitResult], Film | None] | None = _FINDERS.get(host)
    return find(parts) if find else None


def _youtube(parts: SplitResult) -> Film | None:
    if parts.path.rstrip("/") == "/watch":
        found = _YOUTUBE_ID.fullmatch(_parameter(parts.query, "v"))
        return _youtube_film(found[0], parts) if found else None
    found = _YOUTUBE_PATH.fullmatch(parts.path)
    return _youtube_film(found[1], parts) if found else None


def _youtube_short(parts: SplitResult) -> Film | None:
    found = _YOUTUBE_ID.fullmatch(parts.path.strip("/"))
    return _youtube_film(found[0], parts) if found else None


def _youtube_film(code: str, parts: SplitResult) -> Film:
    begins = _seconds(
        _parameter(parts.query, "t")
        or _parameter(parts.query, "start")
        or _parameter(parts.fragment, "t")
    )
    player = f"https://www.youtube-nocookie.com/embed/{code}"
    return Film("YouTube", f"{player}?start={begins}" if begins else player)


def _vimeo(parts: SplitResult) -> Film | None:
    found = _VIMEO_PATH.fullmatch(parts.path)
    if found is None:
        return None
    # Who is given the address of an unlisted film is given its hash with it.
    unlisted = found[2] or _parameter(parts.query, "h")
    begins = _seconds(_parameter(parts.fragment, "t") or _parameter(parts.query, "t"))
    player = f"https://player.vimeo.com/video/{found[1]}"
    if _HASH.fullmatch(unlisted):
        player += f"?h={unlisted}"
    return Film("Vimeo", f"{player}#t={begins}s" if begins else player)


def _parameter(query: str, name: str) -> str:
    return parse_qs(query, max_num_fields=None).get(name, [""])[0]


def _seconds(time: str) -> int:
    """``43``, ``43s`` and ``1m3s`` as seconds; 0 for anything else."""
    found = _TIME.fullmatch(time)
    if found is None:
        return 0
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + seconds


_FINDERS: Final[dict[str, Callable[[SplitResult], Film | None]]] = {
    **dict.fromkeys(_YOUTUBE, _youtube),
    "youtu.be": _youtube_short,
    "vimeo.com": _vimeo,
    "player.vimeo.com": _vimeo,
}
