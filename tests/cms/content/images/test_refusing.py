"""A picture that cannot be shown is refused at its field, by whichever way it comes."""

import json
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_tasks_db.models import DBTaskResult
from PIL import Image
from PIL.ImageFile import ImageFile

from cms.content.images.cleaning.cleaning import NoPicture
from cms.content.images.inspection import TooManyPixels, check_pixels, check_whole
from cms.content.models import ContentImage, ContentRendition
from cms.delivery.models import PublishedDocument
from cms.delivery.publishing.consistency_check import differences
from tests.cms.content.images.pictures import ENDINGS, FORMATS, encoded, png_of
from tests.cms.content.images.ways import (
    WAYS_OF_PEOPLE,
    Upload,
    by_api,
    by_form,
    by_many,
    by_replacing,
    fields,
    newest,
)
from tests.cms.delivery.publishing.small_site import SmallSite
from tests.worker import work

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

UPLOADS = (*WAYS_OF_PEOPLE, by_api)
MEGABYTE = 1 << 20


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """The sizes of all pictures that are decoded."""
    found: list[tuple[int, int]] = []
    load = ImageFile.load

    def counted(picture: Any) -> Any:
        if picture.fp is not None and picture.tile:
            found.append(picture.size)
        return load(picture)

    monkeypatch.setattr(ImageFile, "load", counted)
    return found


def file_of(content: bytes, ending: str = "png") -> SimpleUploadedFile:
    return SimpleUploadedFile(f"new.{ending}", content, f"image/{ending}")


def refusal(upload: Upload, answer: Any) -> str:
    """The message of a refusal: at the field, or in the problem of the API."""
    if upload is by_api:
        assert answer.status_code == 422
        return str(answer.json())
    assert answer.status_code == 200
    if upload is by_many:
        assert answer.json()["success"] is False
        return str(answer.json()["error_message"])
    return str(answer.context["form"].errors["file"])


@pytest.mark.parametrize("upload", UPLOADS)
def test_what_would_fill_the_memory_is_refused_at_once(
    admin: Client, media: Path, upload: Upload, loads: list[tuple[int, int]]
) -> None:
    """Uploads a small file of 81 million pixels four times: nothing of it is ever decoded."""
    content = png_of(9_000, 9_000)
    assert len(content) < MEGABYTE
    for _each in range(4):
        said = refusal(upload, upload(admin, file_of(content)))
        assert "81 " in said
        assert "50 " in said
    assert not [size for size in loads if size == (9_000, 9_000)]
    assert not ContentImage.objects.filter(file__contains="/new").exists()
    assert not [path for path in media.rglob("new*") if path.is_file()]


@pytest.mark.parametrize(("width", "height"), [(60_000, 60_000), (2**31 - 1, 1)])
def test_a_head_that_claims_too_much_is_enough(width: int, height: int) -> None:
    with pytest.raises(TooManyPixels):
        check_pixels(png_of(width, height, rows=0))


def test_fifty_million_pixels_are_taken() -> None:
    check_pixels(png_of(10_000, 5_000, rows=1))
    with pytest.raises(TooManyPixels) as refused:
        check_pixels(png_of(10_000, 5_001, rows=1))
    assert refused.value.millions == 51


@pytest.mark.parametrize("upload", UPLOADS)
@pytest.mark.parametrize("kind", FORMATS)
def test_what_breaks_off_is_refused(admin: Client, media: Path, kind: str, upload: Upload) -> None:
    content = encoded(Image.effect_noise((300, 200), 50).convert("RGB"), kind)
    answer = upload(admin, file_of(content[: len(content) // 2], ENDINGS[kind]))
    said = refusal(upload, answer)
    assert any(word in said for word in ("skadad", "giltig", "damaged"))
    assert not ContentImage.objects.filter(file__contains="/new").exists()
    # For the image that was to be replaced.
    assert DBTaskResult.objects.count() == int(upload is by_replacing)


@pytest.mark.parametrize("upload", UPLOADS)
def test_a_bomb_in_its_text_does_nothing(admin: Client, media: Path, upload: Upload) -> None:
    """The text goes unread: it would be 70 megabytes, at which Pillow ends in an error."""
    text = b"Comment\0\0" + zlib.compress(bytes(70 * MEGABYTE))
    itxt = b"Title\0\1\0\0\0" + zlib.compress(b"a" * (70 * MEGABYTE))
    content = png_of(40, 30, (b"zTXt", text), (b"iTXt", itxt))
    answer = upload(admin, file_of(content))
    assert answer.status_code in (200, 201, 302)
    image = newest()
    assert (image.width, image.height) == (40, 30)
    assert image.file_size < 1_000
    work()
    assert image.renditions.filter(filter_spec="width-480").exists()


def test_a_bomb_in_its_colour_profile_is_refused(admin: Client, media: Path) -> None:
    profile = b"ICC\0\0" + zlib.compress(bytes(70 * MEGABYTE))
    said = refusal(by_form, by_form(admin, file_of(png_of(40, 30, (b"iCCP", profile)))))
    assert "skadad" in said


def test_a_tall_picture_in_the_place_of_one_in_use(admin: Client, small_site: SmallSite) -> None:
    """WebP ends at 16,383 pixels: the page gets the formats that can be, and nothing is lost."""
    image = ContentImage.objects.get(pk=small_site.image.pk)
    tall = file_of(encoded(Image.new("L", (900, 18_000)), "PNG", icc_profile=b""))
    assert admin.post(f"/admin/images/{image.pk}/", {**fields(), "file": tall}).status_code == 302
    work()
    image.refresh_from_db()
    assert (image.width, image.height) == (900, 18_000)
    assert Path(image.file.path).exists()
    body = PublishedDocument.objects.get(page_id=small_site.home.pk).body
    shown = json.loads(bytes(body))["image"]["renditions"]
    sizes = [(one["format"], one["height"]) for one in shown]
    assert sizes == [("webp", 9600), ("png", 9600), ("png", 18_000)]
    assert list(differences()) == []


def test_an_upload_makes_no_rendition(admin: Client, loads: list[tuple[int, int]]) -> None:
    """A photo is decoded once, at an eighth of its size, to see that it is whole."""
    photos = {
        upload: encoded(Image.new("RGB", (1_600, 1_200), colour), "JPEG")
        for upload, colour in ((by_form, "red"), (by_many, "lime"), (by_api, "blue"))
    }
    loads.clear()
    for upload, content in photos.items():
        upload(admin, file_of(content, "jpg"))
    assert loads == [(200, 150)] * 3
    made = ContentRendition.objects.filter(image__file__startswith="original_images/new")
    assert not made.exists()
    work()
    assert made.filter(filter_spec__startswith="width-").count() == 18


@pytest.mark.parametrize("upload", UPLOADS)
@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
def test_whoever_uploads_what_moves_is_told(admin: Client, kind: str, upload: Upload) -> None:
    frames = [Image.new("RGB", (40, 30), colour) for colour in ("red", "lime", "blue")]
    moving = encoded(frames[0], kind, save_all=True, append_images=frames[1:])
    answer = upload(admin, file_of(moving, ENDINGS[kind]))
    if upload is by_api:
        assert answer.headers["Stands-Still"] == "true"
    else:
        if upload is by_many:
            assert "rör sig" in answer.json()["form"]
        assert "rör sig" in admin.get("/admin/images/").content.decode()
    assert "rör sig" not in admin.get("/admin/images/").content.decode()


@pytest.mark.parametrize("kind", FORMATS)
def test_nothing_is_said_of_what_stands_still(admin: Client, kind: str) -> None:
    answer = by_api(admin, file_of(encoded(Image.new("RGB", (40, 30)), kind), ENDINGS[kind]))
    assert answer.status_code == 201
    assert "Stands-Still" not in answer.headers


def test_any_damage_is_one_kind_of_error() -> None:
    """Cuts and bends pictures at many places: they are whole, or ``NoPicture`` is raised."""
    for kind in FORMATS:
        content = encoded(Image.effect_noise((60, 40), 50).convert("RGB"), kind)
        for place in range(0, len(content), max(1, len(content) // 40)):
            bent = bytearray(content)
            bent[place] ^= 0x5A
            for one in (content[:place], bytes(bent)):
                for check in (check_pixels, check_whole):
                    with suppress(NoPicture):
                        check(one)
