"""A site to which everything has happened, with files of its own."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.test import override_settings

from tests.factories.site import HOST, ExampleSite
from tests.norrbotten.export.emptying import trouble


@pytest.fixture
def troubled_site(example_site: ExampleSite, tmp_path: Path) -> Iterator[ExampleSite]:
    """The example site, years later. Its files may be taken away: no rollback brings them back."""
    media = tmp_path / "media"
    shutil.copytree(default_storage.path(""), media)
    files = settings.STORAGES["default"] | {"OPTIONS": {"location": media}}
    # The address that is set is that of the example site, which is brought back under it.
    address = f"http://{HOST}"
    with override_settings(STORAGES=settings.STORAGES | {"default": files}, BASE_URL=address):
        trouble(example_site)
        yield example_site
    cache.clear()
