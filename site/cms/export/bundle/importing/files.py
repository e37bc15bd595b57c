"""Brings images and files into the storage under the names that they had."""

import hashlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.core.files.temp import NamedTemporaryFile
from PIL.Image import DecompressionBombError
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.fields import get_allowed_image_extensions
from wagtail.models import Collection
from willow import Image as WillowImage
from willow.image import UnrecognisedImageFormatError

from cms.content.images.cleaning.cleaning import NoPicture, clean
from cms.export.bundle.check_bundle import Bundle, safe_name
from cms.export.bundle.editable.lines import FILE_FIELDS
from cms.export.bundle.importing.refusals import FilePosition
from cms.export.bundle.importing.tree import Line

_LONGEST_NAME: Final = 255
_MOST_BESIDE: Final = 1000
"""Collections of one name beside each other."""


class MediaImporter:
    """Stores files; what it has stored can be taken away again, as no transaction does.

    Attributes:
        stored: names of what it has stored.
    """

    def __init__(self, bundle: Bundle) -> None:
        self.bundle = bundle
        self.stored: list[str] = []

    def take_away(self) -> None:
        """Removes what was stored: nothing of a bundle that was refused stays."""
        for name in self.stored:
            default_storage.delete(name)
        self.stored.clear()

    def bring(self, lines: Iterable[Line], kind: str, advance: Callable[[str], None]) -> int:
        """Stores images (``image``) or files (``document``); returns how many.

        Raises:
            RefusedBundle: one is missing, is not what its name says, or is there with another
                content.
        """
        count = 0
        for place, record in lines:
            name = record.get("file")
            if not isinstance(name, str) or not safe_name(name):
                raise place.refuse(f"{name!r:.80} is no name of a file.")
            entry = f"media/{name}"
            if entry not in self.bundle.files:
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
        is_new = instance.pk is None
        self._set(instance, place, record, kind)
        self._store(place, name, f"media/{name}", kind)
        if is_new:
            instance.file = name
            self._describe(instance, place, kind)
        instance.save()
        instance.tags.set(record.get("tags", []))
        made = model._meta.get_field("created_at").to_python(record.get("created_at"))
        if made:
            model._base_manager.filter(pk=instance.pk).update(created_at=made)

    def _set(self, instance: Any, place: FilePosition, record: dict[str, Any], kind: str) -> None:
        model = type(instance)
        collection = collection_at(place, record.get("collection"))
        # What is closed here is not opened by a file that says otherwise.
        if instance.pk is None or _is_closed(collection) or not _is_closed(instance.collection):
            instance.collection = collection
        for name in FILE_FIELDS[kind]:
            field = model._meta.get_field(name)
            try:
                value = field.to_python(record.get(name))
                if value not in field.empty_values:
                    field.run_validators(value)
            except ValidationError as error:
                raise place.inside(name).refuse(" ".join(error.messages)) from error
            setattr(instance, name, value if value is not None or field.null else "")

    def _store(self, place: FilePosition, name: str, entry: str, kind: str) -> None:
        ending = PurePosixPath(name).suffix.lower().lstrip(".")
        allowed = (
            get_allowed_image_extensions()
            if kind == "image"
            else getattr(settings, "WAGTAILDOCS_EXTENSIONS", None)
        )
        if allowed is not None and ending not in allowed:
            raise place.refuse(f"{name}: files that end in {ending!r} are not taken here.")
        with NamedTemporaryFile() as copy:
            for piece in self.bundle.pieces(entry):
                copy.write(piece)
            copy.seek(0)
            content: Any = File(copy, name=PurePosixPath(name).name)
            if kind == "image":
                _check_picture(place, name, copy)
                # Of whichever program the bundle is: a picture comes in as a form takes it.
                content = ContentFile(_cleaned(place, name, copy))
            if default_storage.exists(name):
                if not _is_there(name, content, kind):
                    raise place.refuse(
                        f"{name} is there already with another content. Empty the media folder."
                    )
                return
            stored = default_storage.save(name, content)
            self.stored.append(stored)
            if stored != name:
                raise place.refuse(f"{name} is no name that the storage takes; it gave {stored}.")

    def _describe(self, instance: Any, place: FilePosition, kind: str) -> None:
        try:
            if kind == "image":
                instance._set_image_file_metadata()  # noqa: SLF001 - as Wagtail's own form does
            else:
                instance._set_document_file_metadata()  # noqa: SLF001
        except OSError as error:
            raise place.refuse(f"{instance.file.name} cannot be read: {error}") from error
        finally:
            instance.file.close()


def _check_picture(place: FilePosition, name: str, file: Any) -> None:
    try:
        WillowImage.open(file).get_size()
    except DecompressionBombError as error:
        # A small file can claim to be a picture that fills the memory.
        raise place.refuse(f"{name} is a picture that is too large. {error}") from error
    except (UnrecognisedImageFormatError, OSError, ValueError, SyntaxError) as error:
        raise place.refuse(f"{name} is no picture that can be read here.") from error


def _cleaned(place: FilePosition, name: str, file: Any) -> bytes:
    file.seek(0)
    try:
        return clean(file.read()).content
    except NoPicture as error:
        raise place.refuse(f"{name} is a damaged picture. {error}") from error


def _is_there(name: str, content: Any, kind: str) -> bool:
    """Tells whether the storage has a file already, perhaps from before pictures were cleaned."""
    with default_storage.open(name) as file:
        if _digest(file) == _digest(content):
            return True
        file.seek(0)
        with suppress(NoPicture):
            return kind == "image" and _digest(BytesIO(clean(file.read()).content)) == _digest(
                content
            )
    return False


def _digest(file: Any) -> str:
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    return digest


def collection_at(place: FilePosition, way: Any) -> Collection:
    """The collection at the end of a way from the root, which is made where it is missing.

    Args:
        way: its steps, as :func:`cms.export.bundle.editable.lines.collection_names` writes them.
    """
    steps = [_step(step) for step in way] if isinstance(way, list) else [None]
    collection = Collection.get_first_root_node()
    for step in steps:
        if step is None:
            raise place.refuse(f"{way!r:.80} is no way to a collection.")
        name, number = step
        below = list(collection.get_children().filter(name=name).order_by("path")[:number])
        while len(below) < number:
            # Asked for anew: each child that is added changes the row.
            parent = Collection.objects.get(pk=collection.pk)
            below.append(parent.add_child(name=name))
        collection = below[-1]
    return collection


def _step(step: Any) -> tuple[str, int] | None:
    """The name of a step, and which of that name it is, from 1."""
    if isinstance(step, str):
        return step[:_LONGEST_NAME], 1
    is_numbered = isinstance(step, list) and list(map(type, step)) == [str, int]
    if is_numbered and 1 < step[1] <= _MOST_BESIDE:
        return step[0][:_LONGEST_NAME], step[1]
    return None


def _is_closed(collection: Collection) -> bool:
    return bool(collection.get_view_restrictions().exists())
