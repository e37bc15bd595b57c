"""A page with a draft, and who may edit it."""

from datetime import timedelta
from typing import Any, Final

import pytest
from django.contrib.auth.models import User
from django.test import Client

from cms.delivery.previews.tokens import make_token
from home.models import ContentPage
from tests.cms.delivery.visibility.pages import fresh, make_page
from tests.factories.site import ExampleSite

ADMIN: Final = "https://admin.example.org"


@pytest.fixture
def chief(swedish_site: ExampleSite) -> User:
    """An administrator."""
    user: User = User.objects.create_superuser("chef")
    return user


@pytest.fixture
def page(swedish_site: ExampleSite) -> ContentPage:
    """A live page with a draft of another title, and a block."""
    made = make_page(swedish_site.home, "Sida")
    changed = fresh(made)
    changed.title = "Ändrad"
    changed.body = [("paragraph", "<p>Ett stycke.</p>")]
    changed.save_revision()
    found: ContentPage = fresh(made)
    return found


@pytest.fixture
def token(page: ContentPage, chief: User) -> str:
    return token_of(page, chief)


def token_of(page: Any, user: Any, lifetime: timedelta = timedelta(hours=1), **more: Any) -> str:
    return make_token(page, user, lifetime, admin=ADMIN, **more)


def ask(token: str, **more: str) -> Any:
    """The answer of ``preview/`` to somebody without a session."""
    return Client().get("/api/v3/preview/", {"token": token, **more})
