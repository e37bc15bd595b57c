"""A photo that was turned is upright everywhere, with its focal point, in whatever way it came."""

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from wagtail.models import APIToken

from cms.content.images.cleaning.stored import StoredCleaner
from cms.content.models import ContentImage
from cms.delivery.models import PublishedDocument
from cms.delivery.publishing.consistency_check import differences
from tests.cms.content.images.pictures import encoded
from tests.cms.content.images.ways import WAYS, Upload, fields, newest
from tests.cms.delivery.publishing.small_site import SmallSite
from tests.factories.media import ImageFactory
from tests.worker import work

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

FOCAL = ("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height")


def photo(width: int = 1200, height: int = 800, orientation: int = 6) -> bytes:
    """A photo as a camera writes it that was held on its side."""
    exif = Image.Exif()
    exif[0x112] = orientation
    return encoded(Image.new("RGB", (width, height), "blue"), "JPEG", exif=exif)


def file_of(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("new.jpg", content, "image/jpeg")


def shown(site: SmallSite) -> dict[str, Any]:
    """The image as the document of the start page shows it."""
    body = PublishedDocument.objects.get(page_id=site.home.pk).body
    found: dict[str, Any] = json.loads(bytes(body))["image"]
    return found


def replaced(client: Client, image: ContentImage, content: bytes, **focal: Any) -> ContentImage:
    answer = client.post(
        f"/admin/images/{image.pk}/", {**fields(), **focal, "file": file_of(content)}
    )
    assert answer.status_code == 302
    found: ContentImage = ContentImage.objects.get(pk=image.pk)
    return found


def marked(client: Client, image: ContentImage, **focal: Any) -> Any:
    return client.post(f"/admin/images/{image.pk}/", {**fields(), **focal})


def point(image: ContentImage) -> tuple[int | None, ...]:
    return tuple(getattr(image, name) for name in FOCAL)


def point_of(*values: int | None) -> dict[str, int | None]:
    return dict(zip(FOCAL, values, strict=True))


def test_document_page_and_renditions(
    admin: Client, small_site: SmallSite, visitor: Client
) -> None:
    """A focal point in the lower third, as the editor marks it in the upright picture."""
    image = replaced(admin, small_site.image, photo())
    assert (image.width, image.height) == (800, 1200)
    assert marked(admin, image, **point_of(400, 1100, 50, 50)).status_code == 302
    work()
    found = shown(small_site)
    assert (found["width"], found["height"]) == (800, 1200)
    assert found["focal_point"] == {"x": 0.5, "y": 0.9167}
    sizes = {(one["width"], one["height"]) for one in found["renditions"]}
    assert sizes == {(480, 720), (800, 1200)}
    for one in found["renditions"]:
        name = one["url"].partition("/media/")[2]
        content = Path(image.file.storage.path(name)).read_bytes()
        assert Image.open(io.BytesIO(content)).size == (one["width"], one["height"])
    (tag,) = re.findall(r"<img[^>]*>", visitor.get(small_site.home.url).content.decode())
    assert 'width="800"' in tag
    assert 'height="1200"' in tag
    assert list(differences()) == []


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
@pytest.mark.parametrize("upload", WAYS)
def test_whichever_way_it_comes(admin: Client, upload: Upload, orientation: int) -> None:
    upload(admin, file_of(photo(120, 80, orientation)))
    image = newest()
    upright = (80, 120) if orientation >= 5 else (120, 80)
    stored = Image.open(io.BytesIO(Path(image.file.path).read_bytes()))
    assert (image.width, image.height) == stored.size == upright
    assert 0x112 not in stored.getexif()
    answer = admin.get(f"/api/v3/images/{image.pk}/").json()
    assert (answer["width"], answer["height"]) == upright
    # In lists, choosers and the form, where the focal point is marked.
    for name in ("max-165x165", "max-800x600"):
        rendition = image.get_rendition(name)
        assert (rendition.width, rendition.height) == upright


def test_the_same_picture_in_another_size_keeps_its_focal_point(admin: Client) -> None:
    image = ImageFactory(file__width=400, file__height=600)
    marked(admin, image, **point_of(100, 450, 40, 60))
    larger = replaced(admin, image, photo(1200, 800), **point_of(100, 450, 40, 60))
    assert point(larger) == (200, 900, 80, 120)
    smaller = replaced(admin, larger, photo(300, 201), **point_of(*point(larger)))
    assert point(smaller) == (50, 225, 20, 30)


def test_another_picture_has_no_focal_point(admin: Client) -> None:
    image = ImageFactory(file__width=400, file__height=600)
    marked(admin, image, **point_of(100, 450, 40, 60))
    assert point(replaced(admin, image, photo(orientation=1), **point_of(100, 450, 40, 60))) == (
        *(None,) * 4,
    )


def test_a_program_that_replaces_a_picture_leaves_no_point_outside_of_it() -> None:
    image = ImageFactory(file__width=400, file__height=600, **point_of(300, 500, 40, 60))
    image.file = ContentFile(photo(120, 80), name="other.jpg")
    image.save()
    assert point(ContentImage.objects.get(pk=image.pk)) == (None,) * 4


@pytest.mark.parametrize("place", [(401, 10), (10, 601), (100_000, 100_000)])
def test_a_point_outside_is_refused(admin: Client, place: tuple[int, int]) -> None:
    image = ImageFactory(file__width=400, file__height=600)
    said = marked(admin, image, **point_of(*place, 10, 10))
    assert "utanför bilden" in said.content.decode()
    user = image.uploaded_by_user or admin.get("/admin/").wsgi_request.user
    _token, key = APIToken.create_token(user=user, name="upload")
    answer = admin.patch(
        f"/api/v3/images/{image.pk}/",
        point_of(*place, 10, 10),
        content_type="application/json",
        headers={"Authorization": f"Bearer {key}"},
    )
    assert answer.status_code == 422
    assert "400 × 600" in answer.content.decode()
    assert point(ContentImage.objects.get(pk=image.pk)) == (None,) * 4


def test_a_point_outside_from_before_is_shown_as_none(admin: Client, small_site: SmallSite) -> None:
    ContentImage.objects.filter(pk=small_site.image.pk).update(**point_of(9_000, 9_000, 10, 10))
    image = ContentImage.objects.get(pk=small_site.image.pk)
    # Who changes something else is not kept from it.
    assert marked(admin, image, **point_of(9_000, 9_000, 10, 10)).status_code == 302
    assert shown(small_site)["focal_point"] is None
    assert list(differences()) == []


def test_what_was_stored_on_its_side_is_turned_with_its_point() -> None:
    image = ImageFactory(file__width=1200, file__height=800)
    Path(image.file.path).write_bytes(photo())
    # Marked at (400, 1100) of the upright picture, and measured by the file.
    ContentImage.objects.filter(pk=image.pk).update(**point_of(600, 733, 75, 33))
    StoredCleaner().clean_image(ContentImage.objects.get(pk=image.pk))
    assert point(ContentImage.objects.get(pk=image.pk)) == (400, 1100, 50, 50)
