"""Pictures of a bundle come in as uploads do: upright, with renditions, of a size that can be."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from cms.content.files.missing import FileCheck
from cms.content.images.renditions import FILTERS
from cms.content.models import ContentImage
from cms.delivery.publishing.consistency_check import differences
from cms.export.bundle.check_bundle import Bundle
from cms.export.bundle.importing.importer import import_bundle
from cms.export.bundle.importing.refusals import RefusedBundle
from tests.cms.content.images.pictures import encoded, png_of
from tests.cms.export.bundle.importing.test_refusals import assert_nothing_written, silent
from tests.cms.export.tampering import rehashed
from tests.fixtures.bundles import files_of_its_own

pytestmark = pytest.mark.shared_out

IMAGES = "source/images.ndjson"


@pytest.fixture(autouse=True)
def _files_of_its_own(bundle: Path, tmp_path: Path) -> Iterator[None]:
    with files_of_its_own(tmp_path / "media"):
        yield


def with_picture(bundle: Path, content: bytes, **described: Any) -> str:
    """Puts another picture into the place of the first; returns its name."""
    path = bundle / IMAGES
    first, *others = path.read_text(encoding="utf-8").splitlines()
    record = json.loads(first) | described
    path.write_text("\n".join([json.dumps(record), *others]) + "\n", encoding="utf-8")
    (bundle / "media" / record["file"]).write_bytes(content)
    rehashed(bundle)
    return str(record["file"])


def test_a_site_is_brought_in_with_its_renditions(bundle: Path) -> None:
    import_bundle(Bundle(bundle), silent)
    check = FileCheck()
    assert list(check.faults()) == []
    for image in ContentImage.objects.all():
        assert image.renditions.filter(filter_spec__in=FILTERS).count() == len(FILTERS)


def test_a_photo_that_lay_on_its_side_comes_in_upright_with_its_point(bundle: Path) -> None:
    """The point was marked in the picture as it is seen, and measured by the file as it lay."""
    exif = Image.Exif()
    exif[0x112] = 6
    point = {
        "focal_point_x": 60,
        "focal_point_y": 60,
        "focal_point_width": 12,
        "focal_point_height": 8,
    }
    content = encoded(Image.new("RGB", (120, 80), "blue"), "PNG", exif=exif)
    image_name = with_picture(bundle, content, **point)
    import_bundle(Bundle(bundle), silent)
    image = ContentImage.objects.get(file=image_name)
    assert (image.width, image.height) == (80, 120)
    assert (image.focal_point_x, image.focal_point_y) == (40, 90)
    assert (image.focal_point_width, image.focal_point_height) == (8, 12)
    assert list(differences()) == []


def test_of_a_tall_picture_the_formats_come_that_can_be(bundle: Path) -> None:
    tall = encoded(Image.new("L", (500, 17_000)), "PNG", icc_profile=b"")
    name = with_picture(bundle, tall)
    import_bundle(Bundle(bundle), silent)
    made = ContentImage.objects.get(file=name).renditions.values_list("filter_spec", flat=True)
    assert set(FILTERS) - set(made) == {"width-960|format-webp", "width-1600|format-webp"}
    assert list(FileCheck().faults()) == []
    assert list(differences()) == []


def test_a_picture_that_would_fill_the_memory_is_refused(bundle: Path) -> None:
    name = with_picture(bundle, png_of(10_000, 5_001, rows=1))
    with pytest.raises(
        RefusedBundle, match=rf"line 1.*{name} is a picture that is too large: 50,000,000"
    ):
        import_bundle(Bundle(bundle), silent)
    assert_nothing_written()
