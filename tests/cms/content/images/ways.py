"""Ways in which a picture comes into the site: forms, the API, a program."""

import io
from collections.abc import Callable
from typing import Any

from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image
from wagtail.models import APIToken, Collection

from cms.content.models import ContentImage

Upload = Callable[[Client, Any], Any]


def newest() -> ContentImage:
    """The image that was stored last."""
    found: ContentImage = ContentImage.objects.latest("pk")
    return found


def fields(prefix: str = "") -> dict[str, Any]:
    root = Collection.get_first_root_node().pk
    given = {"title": "Älven", "collection": root, "description": "", "credit": "", "tags": ""}
    return {f"{prefix}{name}": value for name, value in given.items()}


def by_form(client: Client, file: Any) -> Any:
    return client.post("/admin/images/add/", {**fields(), "file": file})


def by_many(client: Client, file: Any) -> Any:
    return client.post(
        "/admin/images/multiple/add/",
        {"files[]": file, "title": "Älven"},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )


def by_chooser(client: Client, file: Any) -> Any:
    prefix = "image-chooser-upload-"
    return client.post("/admin/images/chooser/create/", {**fields(prefix), f"{prefix}file": file})


def by_replacing(client: Client, file: Any) -> Any:
    other = io.BytesIO()
    Image.new("RGB", (50, 40), "green").save(other, "PNG")
    image = ContentImage(title="Älven")
    image.file.save("before.png", ContentFile(other.getvalue(), name="before.png"))
    return client.post(f"/admin/images/{image.pk}/", {**fields(), "file": file})


def by_program(client: Client, file: Any) -> Any:
    ContentImage.objects.create(title="Älven", file=file)


def by_api(client: Client, file: Any) -> Any:
    user = get_user_model().objects.get(username="admin")
    _token, key = APIToken.create_token(user=user, name="upload")
    return client.post(
        "/api/v3/images/",
        {"title": "Älven", "file": file},
        headers={"Authorization": f"Bearer {key}"},
    )


WAYS_OF_PEOPLE = (by_form, by_many, by_chooser, by_replacing)
WAYS = (*WAYS_OF_PEOPLE, by_program, by_api)
