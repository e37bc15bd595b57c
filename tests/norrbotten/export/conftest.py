"""A site to which everything has happened, and a bundle of it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.test import override_settings

from norrbotten.export.bundle.writing import BundleOptions, write_bundle
from norrbotten.export.readable.writing import write_readable
from tests.factories.site import HOST, ExampleSite
from tests.norrbotten.export.emptying import empty_site, trouble


@contextmanager
def files_of_its_own(media: Path) -> Iterator[None]:
    """A copy of the files, which may be taken away: no rollback brings them back.

    The address that is set is that of the example site, which is brought back under it.
    """
    shutil.copytree(default_storage.path(""), media)
    files = settings.STORAGES["default"] | {"OPTIONS": {"location": media}}
    stores = settings.STORAGES | {"default": files}
    with override_settings(STORAGES=stores, BASE_URL=f"http://{HOST}"):
        yield


@pytest.fixture
def troubled_site(example_site: ExampleSite, tmp_path: Path) -> Iterator[ExampleSite]:
    """The example site, years later."""
    with files_of_its_own(tmp_path / "media"):
        trouble(example_site)
        yield example_site
    cache.clear()


@pytest.fixture(scope="module")
def module_bundles(
    module_site: ExampleSite, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """Two bundles of everything in a troubled site, which is empty afterwards.

    ``bundle`` is for programs, ``readable`` for people.
    """
    folder = tmp_path_factory.mktemp("bundle")
    with files_of_its_own(folder / "media"):
        trouble(module_site)
        options = BundleOptions(with_media=True, private=True)
        write_bundle(folder / "bundle", options, lambda name: None)
        write_readable(folder / "readable", lambda name: None, with_media=True, private=True)
        empty_site()
        yield folder


@pytest.fixture
def bundle(module_bundles: Path, db: None, tmp_path: Path) -> Iterator[Path]:
    """A copy of that for programs, to be tampered with; the site is empty."""
    cache.clear()
    yield shutil.copytree(module_bundles / "bundle", tmp_path / "bundle")
    cache.clear()


@pytest.fixture
def readable(module_bundles: Path, db: None, tmp_path: Path) -> Iterator[Path]:
    """A copy of that for people, to be changed; the site is empty."""
    cache.clear()
    yield shutil.copytree(module_bundles / "readable", tmp_path / "readable")
    cache.clear()
