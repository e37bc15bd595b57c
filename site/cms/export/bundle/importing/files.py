"""Brings images and files into the storage under the names that they had."""

from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from io import BytesIO
from pathlib import PurePosixPath
from tempfile import TemporaryFile
from typing import IO, Any, Final, NamedTuple

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.core.files.temp import NamedTemporaryFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.fields import get_allowed_image_extensions

from cms.content.files.digests import sha256_of
from cms.content.files.replacing import replace_content
from cms.content.images.cleaning.cleaning import CleanedPicture, NoPicture, clean
from cms.content.images.focal_point import scale_focal_point
from cms.content.images.inspection import TooManyPixels, check_pixels, most_pixels
from cms.content.images.renditions import make_renditions
from cms.export.bundle.check_bundle import Bundle, safe_name
from cms.export.bundle.importing.file_descriptions import (
    describe_file,
    description_of,
    set_description,
    set_missing,
)
from cms.export.bundle.importing.refusals import FilePosition
from cms.export.bundle.importing.tree import Line

_LONGEST: Final = 200
"""Bytes of a part of a name; file systems take some more."""


class _Stored(NamedTuple):
    """A file of the bundle in the storage.

    Attributes:
        is_replaced: whether another was there under its name.
        is_turned: whether it is a picture whose width and height were exchanged.
    """

    digest: str
    is_replaced: bool
    is_turned: bool


class MediaImporter:
    """Stores files; what it has stored or replaced can be taken back, as no transaction does.

    Args:
        replaces: whether a file that is another here takes the content of the bundle.
        is_trial: whether nothing that readers have is replaced.

    Attributes:
        stored: names of what it has stored.
        missing: names of files that neither the bundle nor the storage has.
        counts: images and files by what happened to them: ``new``, ``replaced``, ``changed``,
            ``unchanged``.
        lines: what is new or other than before, a line each.
    """

    def __init__(self, bundle: Bundle, *, replaces: bool = False, is_trial: bool = False) -> None:
        self.bundle, self.replaces, self.is_trial = bundle, replaces, is_trial
        self.stored: list[str] = []
        self.missing: list[str] = []
        self.counts: Counter[str] = Counter()
        self.lines: list[str] = []
        self._former: list[tuple[str, IO[bytes]]] = []

    def take_away(self) -> None:
        """Takes back what was stored: nothing of a bundle that was refused stays."""
        for name in self.stored:
            default_storage.delete(name)
        for name, former in self._former:
            former.seek(0)
            replace_content(default_storage, name, File(former).chunks())
        self.stored.clear()
        self.close()

    def close(self) -> None:
        """Lets go of what was replaced, which is not taken back any more."""
        for _name, former in self._former:
            former.close()
        self._former.clear()

    def bring(self, lines: Iterable[Line], kind: str, advance: Callable[[str], None]) -> int:
        """Stores images (``image``) or files (``document``); returns how many.

        Raises:
            RefusedBundle: one is not in the bundle, which does not say that it is missing, is not
                what its name says, or is there with another content.
        """
        count = 0
        seen: set[str] = set()
        for place, record in lines:
            name = record["file"]
            if not safe_name(name) or any(
                len(part.encode()) > _LONGEST for part in name.split("/")
            ):
                raise place.refuse(f"{name!r:.80} is no name of a file.")
            if name in seen:
                raise place.refuse(f"{name} is there twice.")
            seen.add(name)
            entry = f"media/{name}"
            if entry not in self.bundle.files and "missing" not in record:
                raise place.refuse(
                    f"{entry} is not in the bundle. Write it with --media to bring it in."
                )
            advance(entry)
            self._bring(place, record, name, kind)
            count += 1
        return count

    def _bring(self, place: FilePosition, record: dict[str, Any], name: str, kind: str) -> None:
        """One file, with what is known of it; one that is there is described anew."""
        model = get_image_model() if kind == "image" else get_document_model()
        instance = model.objects.filter(file=name).first() or model()
        before = None if instance.pk is None else description_of(instance, kind)
        tags = set_description(instance, place, record, kind)
        outcome = "new" if before is None else "unchanged"
        if f"media/{name}" in self.bundle.files:
            stored = self._store(place, name, kind, may_replace=before is not None)
            if stored.is_replaced:
                outcome = "replaced"
            if stored.digest != instance.sha256 and not (stored.is_replaced and self.is_trial):
                describe_file(instance, place, name, kind)
            if stored.is_turned:
                # It was marked in the picture as it is seen, and measured by the size of the file.
                scale_focal_point(instance, (instance.height, instance.width))
        else:
            if before is None:
                set_missing(instance, record, name)
            if not default_storage.exists(name):
                self.missing.append(name)
        if outcome == "unchanged" and before != description_of(instance, kind, tags):
            outcome = "changed"
        self.counts[outcome] += 1
        if outcome == "unchanged":
            return
        self.lines.append(f"{outcome}: {kind} {name}")
        made = instance.created_at
        # Nobody waits for a program, which leaves the site as it shall be.
        instance.waits_for_worker = False
        instance.save()
        instance.tags.set(tags)
        if made:
            # Django says of what is new that it was made now.
            model._base_manager.filter(pk=instance.pk).update(created_at=made)
        if kind == "image" and outcome in ("new", "replaced") and not self.is_trial:
            make_renditions(instance)

    def _store(self, place: FilePosition, name: str, kind: str, *, may_replace: bool) -> _Stored:
        """Puts a file into the storage."""
        _refuse_ending(place, name, kind)
        with NamedTemporaryFile() as copy:
            for piece in self.bundle.pieces(f"media/{name}"):
                copy.write(piece)
            copy.seek(0)
            content: Any = File(copy, name=PurePosixPath(name).name)
            is_turned = False
            if kind == "image":
                # Of whichever program the bundle is: a picture comes in as a form takes it.
                cleaned = _cleaned(place, name, copy.read())
                content, is_turned = ContentFile(cleaned.content), cleaned.is_turned
            digest = _digest(content)
            if not default_storage.exists(name):
                stored = default_storage.save(name, content)
                self.stored.append(stored)
                if stored != name:
                    raise place.refuse(
                        f"{name} is no name that the storage takes; it gave {stored}."
                    )
                return _Stored(digest, False, is_turned)
            if _is_there(name, digest, kind):
                return _Stored(digest, False, is_turned)
            if not (may_replace and self.replaces):
                raise place.refuse(
                    f"{name} is there already with another content. Empty the media folder."
                )
            if not self.is_trial:
                self._replace(name, content)
            return _Stored(digest, True, is_turned)

    def _replace(self, name: str, content: Any) -> None:
        former = TemporaryFile()  # noqa: SIM115 - closed when nothing can fail any more
        with default_storage.open(name) as file:
            former.writelines(file.chunks())
        self._former.append((name, former))
        replace_content(default_storage, name, content.chunks())


def _refuse_ending(place: FilePosition, name: str, kind: str) -> None:
    ending = PurePosixPath(name).suffix.lower().lstrip(".")
    allowed = (
        get_allowed_image_extensions()
        if kind == "image"
        else getattr(settings, "WAGTAILDOCS_EXTENSIONS", None)
    )
    if allowed is not None and ending not in allowed:
        raise place.refuse(f"{name}: files that end in {ending!r} are not taken here.")


def _cleaned(place: FilePosition, name: str, content: bytes) -> CleanedPicture:
    """A picture as a form takes it: clean, and of a size that fits into the memory.

    One that breaks off comes in as it is: it was on the site that the bundle is of.
    """
    try:
        check_pixels(content)
        return clean(content)
    except TooManyPixels as error:
        # A small file can claim to be a picture that fills the memory.
        raise place.refuse(
            f"{name} is a picture that is too large: {most_pixels():,} pixels at most."
        ) from error
    except NoPicture as error:
        raise place.refuse(f"{name} is no picture that can be read here. {error}") from error


def _is_there(name: str, digest: str, kind: str) -> bool:
    """Tells whether the storage has a file already, perhaps from before pictures were cleaned."""
    with default_storage.open(name) as file:
        if _digest(file) == digest:
            return True
        with suppress(NoPicture):
            return kind == "image" and _digest(BytesIO(clean(file.read()).content)) == digest
    return False


def _digest(file: Any) -> str:
    file.seek(0)
    digest = sha256_of(file)
    file.seek(0)
    return digest
