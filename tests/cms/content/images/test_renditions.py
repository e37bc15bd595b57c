"""Renditions exist before anybody asks, and a lost file breaks nothing."""

import logging
from typing import Any

import pytest
from django.test import TestCase

from cms.content.images.renditions import FILTERS, SERVED, file_format, images_with_renditions
from cms.content.images.tasks import make_renditions_of
from cms.content.models import ContentImage, ContentRendition
from tests.factories.media import ImageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def wide_image() -> ContentImage:
    """An image wider than every rendition."""
    image: ContentImage = ImageFactory(file__width=2000, file__height=1000)
    return image


def test_saving_an_image_makes_every_rendition() -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        image = ImageFactory(file__width=1700, file__height=800)
    assert set(image.renditions.values_list("filter_spec", flat=True)) == set(FILTERS)


def test_served_renditions_come_in_each_width_and_two_formats(wide_image: ContentImage) -> None:
    served: list[Any] = getattr(images_with_renditions([wide_image.pk])[wide_image.pk], SERVED)
    own = "png" if wide_image.file.name.endswith("png") else "jpeg"
    assert [(file_format(rendition), rendition.width) for rendition in served] == [
        *[("webp", 480), ("webp", 960), ("webp", 1600)],
        *[(own, 480), (own, 960), (own, 1600)],
    ]


def test_narrow_image_is_served_once_per_format() -> None:
    image = ImageFactory(file__width=300, file__height=200)
    served = getattr(images_with_renditions([image.pk])[image.pk], SERVED)
    assert [rendition.width for rendition in served] == [300, 300]


def test_one_query_when_all_renditions_are_there(
    wide_image: ContentImage, django_assert_num_queries: Any
) -> None:
    images_with_renditions([wide_image.pk])
    with django_assert_num_queries(1):
        images_with_renditions([wide_image.pk])


def test_image_whose_file_is_gone_is_served_without_renditions(
    wide_image: ContentImage, caplog: pytest.LogCaptureFixture
) -> None:
    ContentRendition.objects.all().delete()
    wide_image.file.storage.delete(wide_image.file.name)
    with caplog.at_level(logging.WARNING):
        found = images_with_renditions([wide_image.pk])
    assert getattr(found[wide_image.pk], SERVED) == []
    assert str(wide_image.pk) in caplog.text


def test_task_for_an_image_that_is_gone_makes_nothing() -> None:
    assert make_renditions_of.call(0) == 0
