"""Fixtures of the tests of pictures."""

from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from pytest_django.fixtures import Settings


@pytest.fixture
def admin(db: None) -> Client:
    """Somebody who may do everything in the admin; an error in a view is a response."""
    user = get_user_model().objects.create_superuser("admin", password="secret")
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


@pytest.fixture
def media(tmp_path: Path, settings: Settings) -> Path:
    """An empty folder for what is stored."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"
