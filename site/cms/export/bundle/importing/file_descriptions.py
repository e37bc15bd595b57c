"""Descriptions of images and files, as records have them and as the files themselves show."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.images import get_image_model

from cms.export.bundle.editable.lines import FILE_FIELDS
from cms.export.bundle.importing.collection_ways import collection_at, is_closed
from cms.export.bundle.importing.fields import parsed
from cms.export.bundle.importing.refusals import FilePosition

Description = tuple[Any, ...]


def description_of(instance: Any, kind: str, tags: list[str] | None = None) -> Description:
    """The description of an image or file, to be compared.

    Args:
        tags: those that it is to have; without them those that it has.
    """
    words = instance.tags.values_list("name", flat=True) if tags is None else tags
    fields = (getattr(instance, name) for name in FILE_FIELDS[kind])
    return instance.sha256, instance.collection_id, sorted(words), *fields


def set_description(
    instance: Any, place: FilePosition, record: dict[str, Any], kind: str
) -> list[str]:
    """Sets what a record says of an image or file; returns its tags, which are not stored yet.

    Raises:
        RefusedBundle: a value is none that belongs there.
    """
    model = type(instance)
    collection = collection_at(place, record.get("collection"))
    # What is closed here is not opened by a file that says otherwise.
    if instance.pk is None or is_closed(collection) or not is_closed(instance.collection):
        instance.collection = collection
    for name in FILE_FIELDS[kind]:
        field = model._meta.get_field(name)
        try:
            value = parsed(field, record.get(name))
        except ValidationError as error:
            raise place.inside(name).refuse(" ".join(error.messages)) from error
        setattr(instance, name, value if value is not None or field.null else "")
    tags: list[str] = record.get("tags", [])
    return tags


def describe_file(instance: Any, place: FilePosition, name: str, kind: str) -> None:
    """Measures a file that is stored; of another than before the renditions go.

    Raises:
        RefusedBundle: it cannot be read.
    """
    before = instance.sha256
    try:
        instance.file = name
        if kind == "image":
            instance._set_image_file_metadata()  # noqa: SLF001 - as Wagtail's own form does
        else:
            instance._set_document_file_metadata()  # noqa: SLF001
    except OSError as error:
        raise place.refuse(f"{name} cannot be read: {error}") from error
    finally:
        instance.file.close()
    if instance.pk and kind == "image" and instance.sha256 != before:
        instance.renditions.all().delete()


def set_missing(instance: Any, record: dict[str, Any], name: str) -> None:
    """Sets what a record says of a file that is lost; it comes back when somebody puts it in."""
    said = record["missing"]
    # Only its name: set as a whole, a picture would be measured, which is not there.
    instance.file.name = name
    instance.file_size, instance.sha256 = said["size"], said["sha256"]
    if isinstance(instance, get_image_model()):
        instance.width, instance.height = said["width"], said["height"]
