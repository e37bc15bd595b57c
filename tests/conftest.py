"""What all tests share."""

import pytest

from tests.chromium import chromium_path


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the tests that drive a browser where there is none."""
    if chromium_path() is not None:
        return
    for item in items:
        if item.get_closest_marker("browser") is not None:
            item.add_marker(pytest.mark.skip(reason="Chromium is not installed; see .ci/run"))
