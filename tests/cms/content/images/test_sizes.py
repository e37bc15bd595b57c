"""Documents name the original, and sizes by name; who follows documents gets their files."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from PIL import Image

from cms.content.checks import check_image_sizes
from cms.content.images.sizes import image_sizes
from cms.content.models import ContentImage
from cms.delivery.models import PublishedDocument
from cms.delivery.publishing.consistency_check import differences
from cms.export.bundle.media import media_files
from tests.cms.content.images.pictures import encoded
from tests.cms.delivery.publishing.small_site import SmallSite
from tests.worker import work

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]


@pytest.fixture
def image(small_site: SmallSite) -> Any:
    """The image of the start page, just replaced by a new one."""
    image: Any = ContentImage.objects.get(pk=small_site.image.pk)
    picture = encoded(Image.new("RGB", (2000, 1500), "red"), "PNG")
    replacement: Any = ContentFile(picture, name="ny.png")
    image.file = replacement
    image.save()
    return image


def shown(small_site: SmallSite) -> dict[str, Any]:
    body = PublishedDocument.objects.get(page_id=small_site.home.pk).body
    found: dict[str, Any] = json.loads(bytes(body))["image"]
    return found


def test_sizes_are_null_until_the_worker_has_made_them(
    image: ContentImage, small_site: SmallSite, visitor: Client
) -> None:
    assert image_sizes().keys() >= {"social", "square"}
    assert shown(small_site)["sizes"] == dict.fromkeys(image_sizes())
    work()
    sizes = shown(small_site)["sizes"]
    assert sizes.keys() == image_sizes().keys()
    social, square = sizes["social"], sizes["square"]
    assert (social["width"], social["height"], social["format"]) == (1200, 630, "jpeg")
    assert (square["width"], square["height"], square["format"]) == (600, 600, "png")
    for one in (social, square):
        assert visitor.get(urlsplit(one["url"]).path).status_code == 200
    widths = {(one["width"], one["format"]) for one in shown(small_site)["renditions"]}
    assert (1200, "jpeg") not in widths
    assert list(differences()) == []


def test_the_original_is_what_is_stored(
    image: ContentImage, small_site: SmallSite, visitor: Client
) -> None:
    original = shown(small_site)["original"]
    assert (original["width"], original["height"], original["format"]) == (2000, 1500, "png")
    assert original["size"] == Path(image.file.path).stat().st_size
    assert urlsplit(original["url"]).path == image.file.url
    answer: Any = visitor.get(image.file.url)
    assert b"".join(answer.streaming_content) == Path(image.file.path).read_bytes()


def test_bundle_and_mirror_have_every_file_that_is_named(
    image: ContentImage, small_site: SmallSite, tmp_path: Path
) -> None:
    work()
    found = shown(small_site)
    files = [*found["renditions"], found["original"], *found["sizes"].values()]
    named = {file["url"] for file in files}
    assert named <= {file.url for file in media_files([image.pk], [])}
    call_command("mirror", tmp_path / "mirror", verbosity=0)
    for url in named:
        assert (tmp_path / "mirror" / urlsplit(url).path.lstrip("/")).is_file()


def test_a_size_that_cannot_be_is_named(settings: Any) -> None:
    assert list(check_image_sizes(None)) == []
    settings.IMAGE_SIZES = {"Wide Screen": "width-3000", "odd": "sideways-3", "bad": "width-x"}
    said = [(found.id, found.msg.split()[0]) for found in check_image_sizes(None)]
    assert said == [
        ("content.E005", "'Wide"),
        ("content.E006", "'sideways-3'"),
        ("content.E006", "'width-x'"),
    ]
