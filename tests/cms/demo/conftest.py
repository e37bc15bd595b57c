"""The demo is loaded once for all of its own tests."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.cms.demo.fixtures import demo, loaded_demo

__all__ = ["demo", "module_demo"]


@pytest.fixture(scope="package")
def module_demo(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """The demo, for all modules of this package."""
    with loaded_demo(django_db_blocker, tmp_path_factory.mktemp("demo-media")):
        yield
