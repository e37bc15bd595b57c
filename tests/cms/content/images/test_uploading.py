"""By whichever way a picture comes in, it tells no more than it shows, and the editor is told."""

import hashlib
import io
import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from cms.content.models import ContentImage
from tests.cms.content.images.pictures import EXIFTOOL, WHY_SKIPPED, tags_in, told
from tests.cms.content.images.ways import WAYS, WAYS_OF_PEOPLE, Upload, by_api, by_form, by_many

pytestmark = [
    pytest.mark.shared_out,
    pytest.mark.django_db,
    pytest.mark.skipif(EXIFTOOL is None, reason=WHY_SKIPPED),
]


@pytest.fixture
def photo(tmp_path: Path) -> SimpleUploadedFile:
    """A photo taken upright: 64 wide and 96 high as it is seen."""
    return SimpleUploadedFile("photo.jpg", told(tmp_path, "JPEG", orientation=6), "image/jpeg")


@pytest.mark.parametrize("upload", WAYS)
def test_what_is_stored(admin: Client, photo: SimpleUploadedFile, upload: Upload) -> None:
    upload(admin, photo)
    image = ContentImage.objects.get()
    content = Path(image.file.path).read_bytes()
    renditions = image.get_renditions("width-30", "width-30|format-webp")
    paths = [image.file.path, *(one.file.path for one in renditions.values())]
    assert tags_in(map(Path, paths)) == {}
    assert (image.width, image.height) == Image.open(io.BytesIO(content)).size == (64, 96)
    assert image.file_size == len(content)
    assert image.file_hash == hashlib.sha1(content, usedforsecurity=False).hexdigest()
    assert renditions["width-30"].height == 45


@pytest.mark.parametrize("upload", WAYS_OF_PEOPLE)
def test_the_editor_is_told_of_a_position(
    admin: Client, photo: SimpleUploadedFile, upload: Upload
) -> None:
    answer = upload(admin, photo)
    if upload is by_many:
        assert "Position borttagen." in json.loads(answer.content)["form"]
    shown = admin.get("/admin/images/")
    assert "Position borttagen" in shown.content.decode()
    assert "Position borttagen" not in admin.get("/admin/images/").content.decode()


@pytest.mark.parametrize("position", [True, False])
def test_a_program_is_told_by_a_header(admin: Client, tmp_path: Path, position: bool) -> None:
    content = told(tmp_path, "JPEG", position=position)
    answer = by_api(admin, SimpleUploadedFile("photo.jpg", content, "image/jpeg"))
    assert answer.status_code == 201
    assert answer.headers.get("Position-Removed") == ("true" if position else None)
    described = admin.get("/api/v3/openapi.json").json()["paths"]["/api/v3/images/"]["post"]
    assert "Position-Removed" in described["responses"]["201"]["headers"]


def test_nothing_is_said_of_a_picture_without_a_position(admin: Client, tmp_path: Path) -> None:
    content = told(tmp_path, "JPEG", position=False)
    by_form(admin, SimpleUploadedFile("photo.jpg", content, "image/jpeg"))
    assert ContentImage.objects.exists()
    assert "Position borttagen" not in admin.get("/admin/images/").content.decode()


def test_a_damaged_picture_is_refused(admin: Client, tmp_path: Path) -> None:
    content = told(tmp_path, "PNG")
    # Its head is whole, and half of the picture is there.
    end = content.index(b"IDAT") + 200
    answer = by_form(admin, SimpleUploadedFile("photo.png", content[:end], "image/png"))
    assert answer.status_code == 200
    assert not ContentImage.objects.exists()
    assert "Bilden är skadad" in answer.content.decode()
