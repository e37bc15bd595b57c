"""A run, which brings a mirror up to date.

Media come first, then documents with the links to them, then trees, exports and ``languages/``;
then what is no longer used goes, and what the run has reached is noted. Whatever kills it before,
the next run looks at everything.
"""

import gc
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cms.common.progress import ReportProgress, silent
from cms.common.site_address import one_site_address
from cms.delivery.endpoints.exports import version_of
from cms.delivery.endpoints.tree import tree_of
from cms.delivery.models import Feed
from cms.delivery.publishing.read_snapshot import read_snapshot
from cms.delivery.publishing.sequence import current_sequence
from cms.export.mirror.addressed_documents import every_key, how_many, keys_changed_since
from cms.export.mirror.addresses import Addresses, remove_unused
from cms.export.mirror.answers import answer_to_anybody
from cms.export.mirror.atomic_writes import MirrorRoot
from cms.export.mirror.exports import sizes_in, write_exports
from cms.export.mirror.layout import (
    API,
    DOCUMENT,
    EXPORT_LINK,
    EXPORTS,
    LANGUAGES_LINK,
    OPENAPI_LINK,
    contents_name,
    openapi_folder,
    stored_folder,
    tree_link,
)
from cms.export.mirror.media import Media
from cms.export.mirror.state import (
    State,
    begin,
    end,
    held,
    is_blank,
    is_unfinished,
    made_with,
    pages_are_served,
    read_state,
)
from cms.export.mirror.strays import remove_stray_addresses, remove_stray_files
from cms.languages.registry import LANGUAGES


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of a run.

    Attributes:
        documents: in the mirror.
        written: documents that were written.
        removed: addresses that are gone.
        media: images and files that were added or removed.
        changed: whether anything at all is other than before.
        absent: files that the site's storage has lost.
    """

    documents: int
    written: int
    removed: int
    media: int
    changed: bool
    absent: tuple[str, ...]


def update(
    root: Path,
    *,
    full: bool = False,
    compressed: bool | None = None,
    advance: ReportProgress = silent,
) -> Outcome:
    """Brings the mirror in a folder up to date, or begins one there.

    Args:
        full: whether to look at everything, not only at what has changed since the last run.
        compressed: whether to write ``.gz`` and ``.br`` too; ``None`` for as it was.

    Raises:
        ForeignFolder: the folder is no mirror.
        AnotherRun: another run is writing it.
        NoLinks, OSError: it cannot be written.
        NoAnswer: the site does not answer at its own address.
    """
    with held(root), read_snapshot(), one_site_address(), _program_left_alone():
        return _Run(root, compressed=compressed, full=full).run(advance)


@contextmanager
def _program_left_alone() -> Iterator[None]:
    """Freezes the program's objects, so that the garbage collector does not look at them each time.

    That takes a fifth of a first writing. Where they are frozen already, they stay so.
    """
    if gc.get_freeze_count():
        yield
        return
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


class _Run:
    def __init__(self, root: Path, *, compressed: bool | None, full: bool) -> None:
        self.feed: Feed = current_sequence()
        before = read_state(root)
        if compressed is None:
            compressed = before is None or before.compressed
        self.compressed = compressed
        self.made_with = made_with(self.feed, compressed=compressed)
        is_whole = before is not None and not is_unfinished(root) and self._can_go_on(before)
        self.state = before if is_whole else None
        self.is_full = full or self.state is None
        self.place = MirrorRoot(root, is_new=is_blank(root))
        self.place.clear_new()
        self.media = Media(self.place)
        self.addresses = Addresses(
            self.place, self.media, compressed=compressed, with_pages=pages_are_served()
        )

    def _can_go_on(self, state: State) -> bool:
        """Tells whether the changes since the last run are all that there is to do."""
        return (
            state.feed == self.feed.identity.hex
            and self.feed.forgotten_sequence <= state.sequence <= self.feed.last_sequence
            and state.made_with == self.made_with
        )

    def run(self, advance: ReportProgress) -> Outcome:
        version = version_of(self.feed)
        exports = f"{EXPORTS}/{version}"
        sizes = self._sizes_if_same(exports)
        is_same = sizes is not None
        if not is_same or self.is_full:
            begin(self.place.root)
            self._bring_documents(advance)
            self._bring_trees()
        if sizes is None:
            sizes = write_exports(self.place, exports, compressed=self.compressed)
            self.addresses.unused.add(self.place.target_of(EXPORT_LINK) or "")
            self.place.link(EXPORT_LINK, exports)
        changed = self._bring_languages()
        if self.is_full:
            self._bring_description()
        if not is_same or self.is_full:
            self._clear_away(exports)
            self.place.flush()
            end(
                self.place.root,
                State(
                    feed=self.feed.identity.hex,
                    sequence=self.feed.last_sequence,
                    made_with=self.made_with,
                    compressed=self.compressed,
                    exports=sizes,
                ),
            )
        counted = self.addresses
        media = self.media.added + self.media.removed
        return Outcome(
            documents=how_many(),
            written=counted.written,
            removed=counted.removed,
            media=media,
            changed=changed or not is_same or bool(counted.written + counted.removed + media),
            absent=tuple(self.media.absent),
        )

    def _sizes_if_same(self, folder: str) -> dict[str, int] | None:
        """The sizes of the exports, where nothing has changed since and they are whole."""
        if self.state is None or self.place.target_of(EXPORT_LINK) != folder:
            return None
        sizes = sizes_in(self.place.root / folder)
        return sizes if sizes == self.state.exports else None

    def _bring_documents(self, advance: ReportProgress) -> None:
        done, total = 0, how_many() if self.is_full else 0
        if self.place.is_new:
            self.media.add_all()
        if self.is_full or self.state is None:
            found = every_key()
        else:
            found = keys_changed_since(self.state.sequence)
        for keys in found:
            self.addresses.bring(keys, is_known=not self.is_full)
            done += len(keys)
            advance(done, max(done, total))
        if self.is_full and not self.place.is_new:
            self.addresses.removed += remove_stray_addresses(
                self.place, with_pages=self.addresses.with_pages
            )

    def _bring_trees(self) -> None:
        for code in LANGUAGES:
            tree, link = tree_of(code, fallback=True), tree_link(code)
            folder, before = stored_folder(tree.digest, code), self.place.target_of(link)
            if before != folder or self.is_full:
                self.place.put_stored(
                    folder,
                    contents_name(tree.digest, code),
                    self._files(DOCUMENT, tree.body, tree.compressed),
                )
            self.place.link(link, folder)
            if before is not None and before != folder:
                self.addresses.unused.add(before)

    def _bring_languages(self) -> bool:
        answer = answer_to_anybody(f"/{API}/languages/")
        folder = stored_folder(answer.etag)
        before = self.place.target_of(LANGUAGES_LINK)
        if before != folder or self.is_full:
            self.place.put_stored(
                folder,
                contents_name(answer.etag),
                self._files(DOCUMENT, answer.body, answer.compressed),
            )
        self.place.link(LANGUAGES_LINK, folder)
        if before is not None and before != folder:
            self.place.remove_stored(before)
        return before != folder

    def _bring_description(self) -> None:
        answer = answer_to_anybody(f"/{OPENAPI_LINK}")
        name = Path(OPENAPI_LINK).name
        folder = openapi_folder(hashlib.sha256(answer.body).hexdigest())
        self.place.put_folder(folder, self._files(name, answer.body, answer.compressed))
        if self.compressed:
            self.place.link(f"{OPENAPI_LINK}.gz", f"{folder}/{name}.gz")
        else:
            self.place.remove(f"{OPENAPI_LINK}.gz")
        self.place.link(OPENAPI_LINK, f"{folder}/{name}")

    def _files(self, name: str, body: bytes, compressed: bytes | None) -> dict[str, bytes]:
        if self.compressed and compressed is not None:
            return {f"{name}.gz": compressed, name: body}
        return {name: body}

    def _clear_away(self, exports: str) -> None:
        """Removes what nothing leads to any more: nothing in a new mirror."""
        if self.place.is_new:
            return
        if self.is_full or self.addresses.files_differ:
            self.media.make_exact()
        if not self.is_full:
            remove_unused(self.addresses)
            for folder in self.addresses.unused:
                if folder.startswith(f"{EXPORTS}/") and folder != exports:
                    self.place.remove(folder)
            return
        languages = self.place.target_of(LANGUAGES_LINK)
        description = str(Path(self.place.target_of(OPENAPI_LINK) or "").parent)
        trees = {self.place.target_of(tree_link(code)) or "" for code in LANGUAGES}
        remove_stray_files(self.place, {exports, languages or "", description, *trees})
