"""Rows are not believed unseen: check looks for each file, and rebuild makes what can be made."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command

from cms.content.files.missing import FileCheck
from cms.content.images.renditions import FILTERS
from cms.content.models import ContentImage
from tests.cms.delivery.publishing.small_site import SmallSite
from tests.factories.media import DocumentFactory, ImageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]


def checked() -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("published", "check", stdout=out, stderr=err)
    except SystemExit as end:
        return int(str(end.code)), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def rebuilt() -> str:
    err = io.StringIO()
    call_command("published", "rebuild", stdout=io.StringIO(), stderr=err)
    return err.getvalue()


@pytest.fixture
def image(small_site: SmallSite) -> ContentImage:
    """An image that the small site shows, with files of its own."""
    image: Any = ContentImage.objects.get(pk=small_site.image.pk)
    image.file = ContentFile(Path(image.file.path).read_bytes(), name="own.png")
    image.save()
    rebuilt()
    assert checked()[0] == 0
    return image  # type: ignore[no-any-return]


def paths(image: ContentImage) -> dict[str, Path]:
    rows = image.renditions.filter(filter_spec__in=FILTERS)
    return {row.filter_spec: Path(row.file.path) for row in rows}


def test_files_and_renditions_that_are_missing_are_counted(image: ContentImage) -> None:
    document = DocumentFactory(title="Planen")
    Path(document.file.path).unlink()
    before = paths(image)
    before["width-480"].unlink()
    before["width-960|format-webp"].write_bytes(b"")
    status, said, summary = checked()
    assert status == 1
    assert f"Image {image.pk} ('Älven'): 2 of 8 renditions are missing." in said
    assert f"Document {document.pk} ('Planen'): its file {document.file.name} is missing." in said
    assert "1 files and 2 renditions are missing on the disk." in summary


def test_rebuild_makes_renditions_and_no_originals(image: ContentImage) -> None:
    before = paths(image)
    before["width-480"].unlink()
    before["width-960|format-webp"].write_bytes(b"")
    assert rebuilt() == ""
    assert all(path.stat().st_size for path in paths(image).values())
    assert checked()[0] == 0
    Path(image.file.path).unlink()
    image.renditions.get(filter_spec="width-480").delete()
    named = rebuilt()
    assert f"Image {image.pk} " in named
    assert image.file.name in named
    status, said, _summary = checked()
    assert status == 1
    assert f"its file {image.file.name} is missing" in said
    assert "1 of 8 renditions are missing" in said


def test_another_file_than_was_stored_is_no_file(image: ContentImage) -> None:
    Path(image.file.path).write_bytes(b"")
    status, said, _summary = checked()
    assert status == 1
    assert f"has 0 bytes, and {image.file_size} were stored" in said


def test_what_lies_on_its_side_is_named(image: ContentImage) -> None:
    ContentImage.objects.filter(pk=image.pk).update(width=image.height, height=image.width)
    assert "lies on its side" in checked()[1]


def test_queries_do_not_grow_with_files(django_assert_num_queries: Any) -> None:
    for number in (1, 4):
        for _each in range(number):
            ImageFactory()
            DocumentFactory()
        with django_assert_num_queries(5):
            assert list(FileCheck().faults()) == []
