"""Renditions are made behind, and what is shown before and without them is right."""

import io
import json
import logging
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django_tasks_db.models import DBTaskResult
from PIL import Image
from wagtail.images.models import Filter, SourceImageIOError

from cms.content.images.inspection import ONE_AT_A_TIME
from cms.content.images.renditions import (
    ADMIN_FILTERS,
    FILTERS,
    SERVED,
    file_format,
    images_with_renditions,
    make_all_renditions,
    make_renditions,
    possible_filters,
)
from cms.content.images.tasks import make_renditions_of
from cms.content.models import ContentImage, ContentRendition
from cms.delivery.models import PublishedDocument
from cms.delivery.publishing.consistency_check import differences
from tests.cms.content.images.pictures import encoded
from tests.cms.delivery.publishing.small_site import SmallSite
from tests.factories.media import ImageFactory
from tests.worker import work

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]


@pytest.fixture
def media(tmp_path: Path, settings: Any) -> Path:
    """An empty folder for what is stored."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def wide_image() -> ContentImage:
    """An image wider than every rendition."""
    image: ContentImage = ImageFactory(file__width=2000, file__height=1000)
    return image


def served(image: ContentImage) -> list[Any]:
    found: list[Any] = getattr(images_with_renditions([image.pk])[image.pk], SERVED)
    return found


def stored(content: bytes, name: str) -> ContentImage:
    """An image that a program has stored, which looks at nothing."""
    image: ContentImage = ContentImage.objects.create(
        title="Bild", file=ContentFile(content, name=name)
    )
    return image


def test_the_worker_makes_every_rendition_after_an_upload() -> None:
    image = ImageFactory(file__width=1700, file__height=800, renditions_made=False)
    assert not image.renditions.exists()
    work()
    made = set(image.renditions.values_list("filter_spec", flat=True))
    assert made == {*FILTERS, *ADMIN_FILTERS}


def test_only_a_new_file_is_left_to_the_worker() -> None:
    image = ImageFactory(renditions_made=False)
    assert DBTaskResult.objects.count() == 1
    image.title = "Älven i maj"
    image.save()
    assert DBTaskResult.objects.count() == 1
    image.file = ContentFile(encoded(Image.new("RGB", (30, 20)), "PNG"), name="ny.png")
    image.save()
    assert DBTaskResult.objects.count() == 2


def test_served_renditions_come_in_each_width_and_two_formats(wide_image: ContentImage) -> None:
    own = "png" if wide_image.file.name.endswith("png") else "jpeg"
    assert [(file_format(rendition), rendition.width) for rendition in served(wide_image)] == [
        *[("webp", 480), ("webp", 960), ("webp", 1600)],
        *[(own, 480), (own, 960), (own, 1600)],
    ]


def test_narrow_image_is_served_once_per_format() -> None:
    image = ImageFactory(file__width=300, file__height=200)
    assert [rendition.width for rendition in served(image)] == [300, 300]


def test_queries_do_not_grow_with_images(django_assert_num_queries: Any) -> None:
    ids = [ImageFactory().pk for _each in range(3)]
    with django_assert_num_queries(1):
        images_with_renditions(ids)
    ids += [ImageFactory(renditions_made=False).pk for _each in range(3)]
    with django_assert_num_queries(2):
        images_with_renditions(ids)


def test_until_they_are_made_the_original_is_shown() -> None:
    image = ImageFactory(file__width=1700, file__height=800, renditions_made=False)
    shown = served(image)
    assert [(one.url, one.width, one.height, file_format(one)) for one in shown] == [
        (image.file.url, 1700, 800, "png")
    ]
    assert not image.renditions.exists()
    make_renditions(image)
    assert image.file.url not in {one.url for one in served(image)}


def test_documents_and_pages_show_the_original_and_then_the_renditions(
    small_site: SmallSite, visitor: Client
) -> None:
    image: Any = ContentImage.objects.get(pk=small_site.image.pk)
    image.file = ContentFile(encoded(Image.new("RGB", (500, 300), "red"), "PNG"), name="ny.png")
    image.save()
    page = small_site.home

    def shown() -> list[dict[str, Any]]:
        document = json.loads(bytes(PublishedDocument.objects.get(page_id=page.pk).body))
        found: list[dict[str, Any]] = document["image"]["renditions"]
        return found

    assert [(one["width"], one["height"], one["format"]) for one in shown()] == [(500, 300, "png")]
    assert shown()[0]["url"].endswith(image.file.url)
    assert image.file.url in visitor.get(page.url).content.decode()
    assert visitor.get(image.file.url).status_code == 200
    assert list(differences()) == []
    work()
    sizes = [(one["width"], one["format"]) for one in shown()]
    assert sizes == [(480, "webp"), (500, "webp"), (480, "png"), (500, "png")]
    assert image.file.url not in visitor.get(page.url).content.decode()
    assert list(differences()) == []


def test_image_whose_file_is_gone_is_served_without_renditions(
    wide_image: ContentImage, caplog: pytest.LogCaptureFixture
) -> None:
    ContentRendition.objects.all().delete()
    wide_image.file.storage.delete(wide_image.file.name)
    assert served(wide_image) == []
    with caplog.at_level(logging.WARNING):
        assert make_renditions(wide_image) == {}
    assert str(wide_image.pk) in caplog.text


def test_what_no_browser_shows_does_not_stand_for_renditions() -> None:
    image = ImageFactory(renditions_made=False)
    ContentImage.objects.filter(pk=image.pk).update(file="original_images/a.heic")
    assert served(image) == []


def test_task_for_an_image_that_is_gone_makes_nothing() -> None:
    assert make_renditions_of.call(0) == 0


@pytest.mark.parametrize("is_empty", [True, False])
def test_a_rendition_that_the_storage_has_lost_is_made_anew(
    media: Path, is_empty: bool, django_capture_on_commit_callbacks: Any
) -> None:
    image = ImageFactory(file__filename="found.png")
    lost = Path(image.renditions.get(filter_spec="width-960").file.path)
    before = lost.read_bytes()
    lost.write_bytes(b"")
    if not is_empty:
        lost.unlink()
    with django_capture_on_commit_callbacks(execute=True):
        make_renditions(image)
    now = image.renditions.get(filter_spec="width-960")
    assert Path(now.file.path).read_bytes() == before
    assert image.renditions.count() == len(FILTERS)
    assert len(list(lost.parent.glob("found.*"))) == len(FILTERS)


def test_documents_follow_whoever_makes_a_rendition_or_clears_it(small_site: SmallSite) -> None:
    """Wagtail's own command deletes each and makes it anew."""
    image = ContentImage.objects.get(pk=small_site.image.pk)
    for filter_spec in FILTERS:
        image.renditions.get(filter_spec=filter_spec).delete()
        assert list(differences()) == []
    for filter_spec in FILTERS:
        image.get_rendition(filter_spec)
        assert list(differences()) == []


def test_documents_are_rendered_once_for_all_renditions_of_an_image(
    small_site: SmallSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    image = ContentImage.objects.get(pk=small_site.image.pk)
    image.renditions.all().delete()
    refreshed: list[Any] = []
    name = "cms.delivery.tracking.transaction.refresh"
    refresh = resolve_name(name)

    def counted(*args: Any) -> Any:
        refreshed.append(args)
        return refresh(*args)

    monkeypatch.setattr(name, counted)
    assert len(make_renditions(image)) == len(FILTERS)
    assert len(refreshed) == 1


def test_of_an_image_that_was_replaced_meanwhile_nothing_is_stored(media: Path) -> None:
    image = ImageFactory(file__filename="former.png", renditions_made=False)
    other: Any = ContentImage.objects.get(pk=image.pk)
    other.file = ContentFile(encoded(Image.new("RGB", (30, 20)), "PNG"), name="other.png")
    other.save()
    assert make_renditions(image) == {}
    assert not image.renditions.exists()
    assert not list(media.glob("images/*"))


def test_of_a_picture_too_tall_for_webp_the_other_formats_are_made() -> None:
    image = stored(encoded(Image.new("L", (900, 18_000)), "PNG", icc_profile=b""), "tall.png")
    assert set(make_renditions(image)) == {*FILTERS} - {"width-1600|format-webp"} - {
        "width-960|format-webp"
    }
    assert set(possible_filters(image)) == set(make_renditions(image))
    assert [(file_format(one), one.width, one.height) for one in served(image)] == [
        ("webp", 480, 9600),
        ("png", 480, 9600),
        ("png", 900, 18_000),
    ]
    assert list(make_all_renditions()) == []


def broken() -> bytes:
    content = encoded(Image.effect_noise((300, 200), 50).convert("RGB"), "JPEG")
    return content[: len(content) // 2]


def test_a_picture_that_breaks_off_stops_no_page(small_site: SmallSite, visitor: Client) -> None:
    """A picture that is stored from before keeps neither its page nor the others from going on."""
    image: Any = ContentImage.objects.get(pk=small_site.image.pk)
    image.file = ContentFile(encoded(Image.new("RGB", (30, 20)), "PNG"), name="broken.png")
    image.save()
    Path(image.file.path).write_bytes(broken())
    ContentRendition.objects.filter(image=image).delete()
    assert make_renditions(image) == {}
    assert len(served(image)) == 1
    assert list(differences()) == []
    assert visitor.get(small_site.home.url).status_code == 200
    named = [sentence for sentence in make_all_renditions() if f"Image {image.pk} " in sentence]
    assert len(named) == 1


def test_the_admin_lists_a_picture_that_breaks_off(admin_client: Client) -> None:
    image = stored(encoded(Image.new("RGB", (30, 20)), "JPEG"), "broken.jpg")
    Path(image.file.path).write_bytes(broken())
    for path in ("/admin/images/", f"/admin/images/{image.pk}/", "/admin/images/chooser/"):
        assert admin_client.get(path).status_code == 200, path
    with pytest.raises(SourceImageIOError):
        image.get_rendition("max-165x165")


def test_one_picture_is_decoded_at_a_time(
    wide_image: ContentImage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counts how many are in hand: Wagtail makes three renditions in three threads."""
    held: list[bool] = []
    run = Filter.run

    def counted(*args: Any, **kwargs: Any) -> Any:
        held.append(ONE_AT_A_TIME.locked())
        return run(*args, **kwargs)

    monkeypatch.setattr(Filter, "run", counted)
    wide_image.get_renditions("width-10", "width-20", "width-30")
    assert held == [True] * 3


def test_size_is_read_without_decoding(monkeypatch: pytest.MonkeyPatch) -> None:
    content = encoded(Image.new("RGB", (60, 40)), "PNG")

    def fail(*args: Any, **kwargs: Any) -> None:
        raise AssertionError

    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", fail)
    image = ContentImage(title="Bild", file=ContentFile(content, name="a.png"))
    assert (image.width, image.height) == (60, 40)
    image.save()
    assert Image.open(io.BytesIO(Path(image.file.path).read_bytes())).size == (60, 40)
