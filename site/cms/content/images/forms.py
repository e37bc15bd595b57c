"""The form of an image, wherever in the admin or the API one is uploaded."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.images.forms import BaseImageForm

from cms.content.images.cleaning.cleaning import NoPicture, clean


class PictureForm(BaseImageForm):
    """Refuses what cannot be cleaned, and says what was removed where it is shown again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields.get("file")
        if field is not None:
            # Each form has a copy of its own.
            field.to_python = _refusing(field.to_python)
        if self.instance.position_was_removed and "title" in self.fields:
            self.fields["title"].help_text = _("Position removed.")


def _refusing(to_python: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Has a damaged file refused, of which Wagtail alone makes an error of the server."""

    @wraps(to_python)
    def refuse_damaged(data: Any) -> Any:
        try:
            file = to_python(data)
            if file is not None:
                file.seek(0)
                clean(file.read())
                file.seek(0)
        except (NoPicture, OSError, SyntaxError) as error:
            raise ValidationError(
                _("The image is damaged. Save it anew in a program for images."),
                code="damaged_image",
            ) from error
        return file

    return refuse_damaged
