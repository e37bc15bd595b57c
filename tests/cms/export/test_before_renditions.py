"""Exports from before the worker has made the renditions hold what their documents name."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from pytest_django.fixtures import Settings

from cms.content.images.renditions import make_renditions
from cms.content.models import ContentImage
from cms.delivery.models import PublishedDocument
from cms.export.bundle.check_bundle import Bundle, faults
from cms.export.mirror.media import place_of
from tests.cms.delivery.publishing.small_site import SmallSite

pytestmark = pytest.mark.django_db


def shown(site: SmallSite) -> list[str]:
    body = PublishedDocument.objects.get(page_id=site.home.pk).body
    renditions: list[dict[str, Any]] = json.loads(bytes(body))["image"]["renditions"]
    return [str(place_of(one["url"])) for one in renditions]


def test_bundle_and_mirror_have_the_original(
    small_site: SmallSite, tmp_path: Path, settings: Settings
) -> None:
    image = ContentImage.objects.get(pk=small_site.image.pk)
    image.renditions.all().delete()
    assert shown(small_site) == [f"media/{image.file.name}"]
    settings.MIRROR_DIR = tmp_path / "mirror"
    call_command("mirror", quiet=True)
    call_command("export_content", tmp_path / "before", media=True, quiet=True)
    assert list(faults(Bundle(tmp_path / "before"))) == []
    assert (settings.MIRROR_DIR / shown(small_site)[0]).exists()
    make_renditions(image)
    assert len(shown(small_site)) > 1
    call_command("mirror", quiet=True)
    call_command("export_content", tmp_path / "after", media=True, quiet=True)
    assert list(faults(Bundle(tmp_path / "after"))) == []
    assert all((settings.MIRROR_DIR / name).exists() for name in shown(small_site))
