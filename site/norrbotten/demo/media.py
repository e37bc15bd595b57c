"""The demo's images and documents: drawn and written for it, loaded once."""

from collections.abc import Callable, Mapping
from hashlib import sha1
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.db.models import Model
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from norrbotten.demo.errors import DemoContentError
from norrbotten.demo.files import MEDIA, read_media_list
from norrbotten.demo.references import References


def load_media(references: References, report: Callable[[str], None]) -> None:
    """Load what is missing of images and documents, and make all known by their file names.

    A file is recognised by its content, so that a title that an editor changed is kept.
    """
    listed = read_media_list()
    created = 0
    for kind, model, kept in (
        ("images", get_image_model(), references.images),
        ("documents", get_document_model(), references.documents),
    ):
        for file_name, attributes in listed[kind].items():
            kept[file_name], is_new = _load(model, MEDIA / file_name, attributes)
            created += is_new
    report(f"Images and documents: {created} new.")


def _load(model: type[Model], file: Path, attributes: Mapping[str, Any]) -> tuple[Model, bool]:
    if not file.is_file():
        raise DemoContentError(f"media/media.yaml lists {file.name}, which is not there. Add it.")
    content = file.read_bytes()
    # Wagtail's own measure of equal files, not of trust.
    digest = sha1(content, usedforsecurity=False).hexdigest()
    existing = model._default_manager.filter(file_hash=digest).first()
    if existing is not None:
        return existing, False
    instance: Any = model(
        # Assigned on creation, since that is when an image field measures the image.
        file=ContentFile(content, name=file.name),
        file_size=len(content),
        file_hash=digest,
        **attributes,
    )
    instance.save()
    return instance, True
