"""A folder for a mirror on the disk where the site's media are."""

from pathlib import Path

import pytest


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The path of a mirror that is not there yet."""
    return tmp_path / "mirror"
