"""Fixtures of the canaries."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.test import RequestFactory

from cms.delivery.tracking.transaction import tracked_transaction
from tests.cms.translation.scene import Scene
from tests.factories.site import ExampleSite


@pytest.fixture(scope="module")
def module_scene(module_swedish_site: ExampleSite) -> Scene:
    with tracked_transaction():
        scene = Scene(module_swedish_site)
    submitting = Permission.objects.get(
        content_type__app_label="wagtail_localize", codename="submit_translation"
    )
    scene.user.user_permissions.add(submitting)
    return scene


@pytest.fixture
def scene(module_scene: Scene, swedish_site: ExampleSite) -> Scene:
    """The scene of the module; what a test changes in the database is undone after it."""
    return module_scene


def posted(user: Any, data: dict[str, Any]) -> HttpRequest:
    """The answer of a view of the admin to a user's form."""
    request = RequestFactory().post("/", data)
    request.user = user
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    return request
