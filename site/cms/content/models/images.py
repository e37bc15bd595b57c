"""The image model, and which renditions other sites get."""

from typing import Any, ClassVar

from django.core.files.base import ContentFile, File
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    Image,
    WagtailImageField,
    WagtailImageFieldFile,
    get_rendition_storage,
    get_rendition_upload_to,
    get_upload_to,
)
from wagtail.search import index

from cms.content.images.cleaning.cleaning import NoPicture, clean
from cms.content.images.cleaning.notice import note_position


class PictureFile(WagtailImageFieldFile):
    """A file that is cleaned whoever stores it: a form, the API, an import, a program."""

    def save(self, name: str, content: Any, save: bool = True) -> None:
        """Stores the picture without what it does not show."""
        super().save(name, cleaned_file(self.instance, content), save)


class PictureField(WagtailImageField):
    """A picture that tells no more than it shows."""

    attr_class = PictureFile


def cleaned_file(image: Any, file: Any) -> Any:
    """The file without what it does not show, or the same file where there is no such thing.

    A file that is no picture stays what it is: forms and imports refuse it.
    """
    file.seek(0)
    content = file.read()
    file.seek(0)
    try:
        cleaned = clean(content)
    except NoPicture:
        return file
    if cleaned.had_position:
        image.position_removed = True
    if cleaned.content == content:
        return file
    return ContentFile(cleaned.content, name=file.name)


class ContentImage(AbstractImage):
    """An image and who made it. Its alternative text belongs to where it is used.

    Attributes:
        position_removed: whether the file that it was given says where it was taken.
        position_was_removed: whether the file that was stored did.
    """

    file = PictureField(
        _("file"), upload_to=get_upload_to, width_field="width", height_field="height"
    )
    credit = models.CharField(
        _("credit"),
        max_length=255,
        blank=True,
        help_text=_("Who made the image, and under which licence it may be used."),
    )

    # By it a search is kept to what somebody may see.
    search_fields: ClassVar[list[Any]] = [*AbstractImage.search_fields, index.FilterField("id")]

    admin_form_fields = (*Image.admin_form_fields, "credit")

    position_removed = position_was_removed = False

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        # Whoever opens a file is let in by its name.
        indexes = [models.Index(fields=["file"], name="content_image_file")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Stores it; a new file with its size and digest, and without renditions of the former."""
        if self._has_new_file():
            self._set_image_file_metadata()
            if self.pk:
                self.renditions.all().delete()
        super().save(*args, **kwargs)
        if self.position_removed:
            note_position(self.title)
            self.position_removed, self.position_was_removed = False, True

    def _set_image_file_metadata(self) -> None:
        # What is measured is what will be stored.
        if self._has_new_file():
            file = cleaned_file(self, self.file.file)
            if file is not self.file.file:
                setattr(self, "file", File(file, name=self.file.name))  # noqa: B010 - a field
        super()._set_image_file_metadata()

    def _has_new_file(self) -> bool:
        return bool(self.file) and not self.file._committed  # noqa: SLF001 - Django has no other


class ContentRendition(AbstractRendition):
    """One size and format of an image, made once and kept."""

    image = models.ForeignKey(ContentImage, on_delete=models.CASCADE, related_name="renditions")
    file = PictureField(
        upload_to=get_rendition_upload_to,
        storage=get_rendition_storage,
        width_field="width",
        height_field="height",
    )

    class Meta:
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        indexes = [models.Index(fields=["file"], name="content_rendition_file")]
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="unique_content_rendition"
            )
        ]
