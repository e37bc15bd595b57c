"""The image model, and which renditions other sites get."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from django.core.files.base import ContentFile, File
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    Filter,
    Image,
    SourceImageIOError,
    WagtailImageField,
    WagtailImageFieldFile,
    get_rendition_storage,
    get_rendition_upload_to,
    get_upload_to,
)
from wagtail.search import index

from cms.content.files.digests import DigestedFile
from cms.content.images.cleaning.cleaning import UNREADABLE, NoPicture, clean
from cms.content.images.focal_point import follow_new_file
from cms.content.images.inspection import ONE_AT_A_TIME, moves, size_of
from cms.content.images.notices import POSITION_REMOVED, STANDS_STILL, Notice, tell


class PictureFile(WagtailImageFieldFile):
    """A file that is cleaned whoever stores it: a form, the API, an import, a program."""

    def save(self, name: str, content: Any, save: bool = True) -> None:
        """Stores the picture without what it does not show."""
        super().save(name, cleaned_file(self.instance, content), save)

    def get_image_dimensions(self) -> tuple[int, int]:
        """Width and height as the head of the file has them: Wagtail's own decodes the picture."""
        is_closed = self.closed
        try:
            self.open()
            return size_of(self.read())
        except NoPicture:
            # Raises what Wagtail raises for what is no picture.
            return super().get_image_dimensions()  # type: ignore[no-any-return]
        finally:
            if is_closed:
                self.close()
            else:
                self.seek(0)


class PictureField(WagtailImageField):
    """A picture that tells no more than it shows."""

    attr_class = PictureFile


def cleaned_file(image: Any, file: Any) -> Any:
    """The file without what it does not show, or the same file where there is no such thing.

    What there is to tell of it is noted in ``to_tell`` of the image. A file that is no picture
    stays what it is: forms and imports refuse it.
    """
    file.seek(0)
    content = file.read()
    file.seek(0)
    try:
        # A form that has looked at it has cleaned it.
        cleaned = getattr(file, "cleaned", None) or clean(content)
        is_moving = moves(cleaned.content)
    except NoPicture:
        return file
    noted: list[Notice] = image.__dict__.setdefault("to_tell", [])
    for notice, is_so in ((POSITION_REMOVED, cleaned.had_position), (STANDS_STILL, is_moving)):
        if is_so and notice not in noted:
            noted.append(notice)
    if cleaned.content == content:
        return file
    return ContentFile(cleaned.content, name=file.name)


class ContentImage(DigestedFile, AbstractImage):
    """An image and who made it. Its alternative text belongs to where it is used.

    Attributes:
        told: what there was to tell of the file that was stored last, if it was stored here.
        focal_point_marked_in: width and height of the picture in which the focal point was marked,
            where that is not the one that is stored now.
        has_new_file: whether it is being stored with another file.
        waits_for_worker: whether the worker makes its renditions; else whoever stores it does.
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

    told: tuple[Notice, ...] = ()
    focal_point_marked_in: tuple[int, int] | None = None
    has_new_file = False
    waits_for_worker = True

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        # Whoever opens a file is let in by its name.
        indexes = [models.Index(fields=["file"], name="content_image_file")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Stores it; a new file with its size and digests, and without renditions of the former."""
        self.has_new_file = self._has_new_file()
        if self.has_new_file:
            self._set_image_file_metadata()
            follow_new_file(self, self.focal_point_marked_in)
            if self.pk:
                self.renditions.all().delete()
        super().save(*args, **kwargs)
        self.has_new_file, self.focal_point_marked_in = False, None
        if noted := self.__dict__.pop("to_tell", None):
            self.told = tuple(noted)
            for notice in noted:
                tell(notice, self.title)

    def store_renditions(
        self, made: Mapping[str, File[Any]], lost: Mapping[str, "ContentRendition"]
    ) -> dict[str, "ContentRendition"]:
        """Stores renditions in one transaction, in which documents follow.

        None are stored of a file that was replaced meanwhile.

        Args:
            made: files by the filter that made them.
            lost: rows, by their filter, of which the storage has no file.
        """
        stored: dict[str, ContentRendition] = {}
        with transaction.atomic():
            if not type(self)._default_manager.filter(pk=self.pk, file=self.file.name).exists():
                return {}
            for name, row in lost.items():
                if name not in made:
                    row.delete()
            for name, file in made.items():
                stored[name] = lost[name] if name in lost else self._rendition(name, file)
                if name in lost:
                    # Of the row that stays nothing is deleted later, under a name that is in use.
                    stored[name].replace_lost(file)
        return stored

    def _rendition(self, name: str, file: File[Any]) -> "ContentRendition":
        found: tuple[ContentRendition, bool] = self.renditions.get_or_create(
            filter_spec=name,
            focal_point_key=Filter(name).get_cache_key(self),
            defaults={"file": file},
        )
        return found[0]

    def generate_rendition_file(self, filter: Filter, *, source: Any = None) -> Any:  # noqa: A002
        """Makes a rendition; one picture is decoded at a time.

        Raises:
            SourceImageIOError: it cannot be made. Wagtail shows a sign for a broken image then.
        """
        with ONE_AT_A_TIME:
            try:
                return super().generate_rendition_file(filter, source=source)
            except UNREADABLE as error:
                raise SourceImageIOError(str(error)) from error

    @property
    def default_alt_text(self) -> str:
        """The description that an editor wrote; a title is most often the name of a file."""
        description: str = self.description.strip()
        return "" if description in {self.filename, Path(self.filename).stem} else description

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

    def replace_lost(self, file: File[Any]) -> None:
        """Stores a file in the place of one that the storage has lost."""
        self.file.storage.delete(self.file.name)
        setattr(self, "file", file)  # noqa: B010 - a field
        self.save()
        self.purge_from_cache()
