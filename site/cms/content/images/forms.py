"""The form of an image, wherever in the admin or the API one is uploaded."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.images.forms import BaseImageForm

from cms.content.images.cleaning.cleaning import NoPicture, clean
from cms.content.images.focal_point import FIELDS, focal_point_of
from cms.content.images.inspection import TooManyPixels, check_pixels, check_whole, most_pixels

_MILLION = 1_000_000


class PictureForm(BaseImageForm):
    """Refuses what cannot be cleaned or shown, and says what was done where it is shown again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields.get("file")
        if field is not None:
            # Each form has a copy of its own.
            field.check_image_pixel_size = _check_pixel_size
            field.to_python = _refusing(field.to_python)
        if self.instance.told and "title" in self.fields:
            self.fields["title"].help_text = " ".join(
                str(notice.short) for notice in self.instance.told
            )
        self._marked_in = (self.instance.width, self.instance.height) if self.instance.pk else None

    def _post_clean(self) -> None:
        super()._post_clean()
        if "file" in self.changed_data:
            # What was marked was marked in the former picture, which the form has shown.
            self.instance.focal_point_marked_in = self._marked_in
        elif set(FIELDS) & set(self.changed_data) and self._is_outside():
            message = _("The focal point lies outside of the image: %(width)s × %(height)s pixels.")
            size = {"width": self.instance.width, "height": self.instance.height}
            self.add_error(None, ValidationError(message % size, code="focal_point_outside"))

    def _is_outside(self) -> bool:
        return self.instance.has_focal_point() and focal_point_of(self.instance) is None


def _check_pixel_size(file: Any) -> None:
    """Stands for Wagtail's own check, which decodes the picture twice to measure it."""
    try:
        check_pixels(_content(file))
    except TooManyPixels as error:
        most = most_pixels() // _MILLION
        if error.millions is None:
            message = _("The image has too many pixels. Make it smaller: %(most)s million at most.")
        else:
            message = _(
                "The image has %(pixels)s million pixels. Make it smaller: %(most)s million at "
                "most."
            )
        raise ValidationError(
            message % {"pixels": error.millions, "most": most}, code="file_too_many_pixels"
        ) from error
    except NoPicture as error:
        raise _damaged() from error


def _refusing(to_python: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Has a damaged file refused, of which Wagtail alone makes an error of the server."""

    @wraps(to_python)
    def refuse_damaged(data: Any) -> Any:
        file = to_python(data)
        if file is None:
            return None
        try:
            cleaned = clean(_content(file))
            check_whole(cleaned.content)
        except NoPicture as error:
            raise _damaged() from error
        # Cleaned once, stored later.
        file.cleaned = cleaned
        return file

    return refuse_damaged


def _damaged() -> ValidationError:
    message = _("The image is damaged. Save it anew in a program for images.")
    return ValidationError(message, code="damaged_image")


def _content(file: Any) -> bytes:
    file.seek(0)
    content: bytes = file.read()
    file.seek(0)
    return content
