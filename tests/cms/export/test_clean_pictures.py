"""Pictures from before they were cleaned: stored, in bundles, in the mirror, in made files."""

import hashlib
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from PIL import Image
from pytest_django.fixtures import Settings

from cms.content.images.renditions import FILTERS, make_renditions
from cms.content.models import ContentImage
from cms.delivery.models import PublishedDocument
from cms.delivery.publishing.consistency_check import differences
from cms.export.models import ExportFile
from tests.cms.content.images.pictures import EXIFTOOL, WHY_SKIPPED, tags_in, told
from tests.cms.delivery.publishing.small_site import SmallSite
from tests.factories.media import ImageFactory

pytestmark = [
    pytest.mark.shared_out,
    pytest.mark.django_db,
    pytest.mark.skipif(EXIFTOOL is None, reason=WHY_SKIPPED),
]


def said(*arguments: Any) -> str:
    out = io.StringIO()
    call_command("clean_pictures", *arguments, stdout=out)
    return out.getvalue()


def as_it_was(image: ContentImage, content: bytes, rendition: bytes) -> None:
    """Puts a picture into the storage as it was stored before: not cleaned, on its side."""
    Path(image.file.path).write_bytes(content)
    measured = Image.open(io.BytesIO(content)).size
    for one in make_renditions(image).values():
        Path(one.file.path).write_bytes(rendition)
    ContentImage.objects.filter(pk=image.pk).update(
        width=measured[0],
        height=measured[1],
        file_size=len(content),
        file_hash=hashlib.sha1(content, usedforsecurity=False).hexdigest(),
        sha256=hashlib.sha256(content).hexdigest(),
        focal_point_x=24,
        focal_point_y=48,
        focal_point_width=12,
        focal_point_height=12,
    )


@pytest.fixture
def photo(small_site: SmallSite, tmp_path: Path) -> Iterator[ContentImage]:
    """An image that the site shows, 96 wide and 64 high as it lies, seen upright."""
    image = small_site.image
    files = [image.file, *(one.file for one in image.renditions.all())]
    before = {file.path: Path(file.path).read_bytes() for file in files}
    as_it_was(image, told(tmp_path, "PNG", orientation=6), told(tmp_path, "PNG", orientation=1))
    yield ContentImage.objects.get(pk=image.pk)
    for path, content in before.items():
        Path(path).write_bytes(content)


def stored(image: ContentImage) -> list[Path]:
    files = [image.file, *(one.file for one in image.renditions.all())]
    return [Path(file.path) for file in files]


def test_what_is_stored_is_cleaned_once(photo: ContentImage) -> None:
    assert len(tags_in(stored(photo))) == len(stored(photo))
    before = {path: path.read_bytes() for path in stored(photo)}
    trial = said("--dry-run")
    number = len(stored(photo))
    assert trial.startswith(f"Would clean {number} of ")
    assert {path: path.read_bytes() for path in stored(photo)} == before
    # Of the one that is turned the renditions are made anew.
    assert said().startswith("Cleaned 1 of ")
    image = ContentImage.objects.get(pk=photo.pk)
    assert tags_in(stored(image)) == {}
    assert len(stored(image)) == 1 + len(FILTERS)
    assert (
        (image.width, image.height)
        == Image.open(io.BytesIO(Path(image.file.path).read_bytes())).size
        == (64, 96)
    )
    # The same place: at a quarter of the width and three quarters of the height.
    assert (image.focal_point_x, image.focal_point_y) == (16, 72)
    content = Path(image.file.path).read_bytes()
    assert image.file_hash == hashlib.sha1(content, usedforsecurity=False).hexdigest()
    assert image.sha256 == hashlib.sha256(content).hexdigest()
    assert list(differences()) == []
    assert said().startswith("Cleaned 0 of ")


def test_a_run_that_stopped_between_file_and_row_is_made_up_for(photo: ContentImage) -> None:
    said()
    turned = ContentImage.objects.get(pk=photo.pk)
    ContentImage.objects.filter(pk=photo.pk).update(
        width=96, height=64, focal_point_x=24, focal_point_y=48, file_hash="before"
    )
    assert "Cleaned 0 of" in (again := said())
    assert "1 originals were described anew" in again
    image = ContentImage.objects.get(pk=photo.pk)
    assert (image.width, image.height, image.focal_point_x, image.focal_point_y) == (64, 96, 16, 72)
    assert image.file_hash == turned.file_hash


def test_renditions_of_what_lay_as_it_is_seen_are_cleaned_in_their_place(
    photo: ContentImage, tmp_path: Path
) -> None:
    Path(photo.file.path).write_bytes(told(tmp_path, "PNG"))
    names = [path.name for path in stored(photo)]
    assert said().startswith(f"Cleaned {len(names)} of ")
    assert [path.name for path in stored(photo)] == names
    assert tags_in(stored(photo)) == {}


def test_what_is_lost_or_no_picture_keeps_nothing_from_being_cleaned(
    photo: ContentImage, capsys: pytest.CaptureFixture[str]
) -> None:
    lost = ImageFactory(file__filename="lost.png")
    broken = ImageFactory(file__filename="broken.png")
    Path(lost.file.path).unlink()
    Path(broken.file.path).write_bytes(b"\x89PNG\r\n\x1a\n and no more")
    said()
    error = capsys.readouterr().err
    assert f"{lost.file.name}: this file is missing" in error
    assert f"{broken.file.name}: this is no picture that can be read" in error
    assert tags_in(stored(photo)) == {}


def test_mirror_bundle_and_made_files_follow(
    photo: ContentImage, tmp_path: Path, settings: Settings
) -> None:
    """Nothing that leaves has a tag of EXIF, XMP or IPTC afterwards."""
    settings.MIRROR_DIR = tmp_path / "mirror"
    call_command("mirror", quiet=True)
    bundle, readable = tmp_path / "bundle", tmp_path / "readable"
    call_command("export_content", readable, media=True, readable=True, quiet=True)
    with zipfile.ZipFile(tmp_path / "made.zip", "w") as archive:
        archive.write(photo.file.path, f"media/{photo.file.name}")
    made = ExportFile(format="bundle", state=ExportFile.State.DONE, options={"with_media": True})
    made.file.save("made.zip", ContentFile((tmp_path / "made.zip").read_bytes()), save=True)
    mirrored = settings.MIRROR_DIR / "media"
    assert tags_in([mirrored / photo.file.name, readable / "media" / photo.file.name])
    text = said()
    assert "Deleted 1 bundles made in Export" in text
    assert "Looked at every file of the mirror" in text
    assert not ExportFile.objects.get().file
    call_command("export_content", bundle, media=True, quiet=True)
    assert "1 of" in said(readable)
    everything = [
        path
        for folder in (mirrored, bundle, readable)
        for path in folder.rglob("*")
        if path.suffix in {".png", ".webp", ".jpg"}
    ]
    assert len(everything) > 4
    assert tags_in(everything) == {}
    shown = PublishedDocument.objects.filter(body__contains=photo.file_hash.encode())
    assert not shown.exists()


def test_a_bundle_with_hashes_is_written_anew_instead(photo: ContentImage, tmp_path: Path) -> None:
    call_command("export_content", tmp_path / "bundle", quiet=True)
    with pytest.raises(CommandError, match="Write it anew with export_content"):
        said(tmp_path / "bundle")
