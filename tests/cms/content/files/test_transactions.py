"""A file leaves the disk once the transaction has ended that lets it go, and not before."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from PIL import Image
from wagtail.admin.forms.account import AvatarPreferencesForm
from wagtail.models import Collection, UploadedFile
from wagtail.users.models import UserProfile

from cms.content.models import ContentDocument, ContentImage
from tests.factories.media import DocumentFactory, ImageFactory

pytestmark = pytest.mark.django_db


class Undone(Exception):
    """Raised where a transaction is to be undone."""


@contextmanager
def undone() -> Iterator[None]:
    """A transaction in whose end there is an error."""
    with suppress(Undone), transaction.atomic():
        yield
        raise Undone


def png(size: tuple[int, int] = (40, 30)) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, "green").save(file, "PNG")
    return file.getvalue()


def uploaded(name: str = "new.png", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, png() if content is None else content, "image/png")


@pytest.fixture
def media(tmp_path: Path, settings: Any) -> Path:
    """An empty folder for what is stored."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def admin() -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(get_user_model().objects.create_superuser("admin", password="secret"))
    return client


def on_disk(media: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in media.rglob("*") if path.is_file()}


def replace_image(image: Any) -> None:
    image.file = uploaded()
    image.save()


def delete_image(image: ContentImage) -> None:
    image.delete()


def delete_many(image: ContentImage) -> None:
    ContentImage.objects.filter(pk=image.pk).delete()


def delete_renditions(image: ContentImage) -> None:
    image.renditions.all().delete()


def delete_file(image: ContentImage) -> None:
    image.file.delete(save=False)


def make_more(image: ContentImage) -> None:
    image.get_renditions("width-10", "max-20x20")
    image.get_rendition("width-12")


@pytest.mark.parametrize(
    "change",
    [replace_image, delete_image, delete_many, delete_renditions, delete_file, make_more],
)
def test_what_is_undone_leaves_the_disk_as_it_was(
    media: Path, change: Callable[[ContentImage], None]
) -> None:
    image = ImageFactory()
    before = on_disk(media)
    assert len(before) > 1
    with undone():
        change(image)
    assert on_disk(media) == before


def test_what_an_inner_transaction_stored_goes_with_it(media: Path) -> None:
    with transaction.atomic():
        kept = ImageFactory(file__filename="kept.png")
        with undone():
            ImageFactory(file__filename="undone.png")
        assert "undone.png" not in on_disk(media)
    assert Path(kept.file.path).exists()


def test_what_is_done_lets_the_former_file_go(
    media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    upload = UploadedFile.objects.create(file=uploaded("waits.png"))
    document = DocumentFactory()
    with django_capture_on_commit_callbacks(execute=True):
        upload.file.delete()
        document.delete()
        # It may be asked for up to here.
        assert len(on_disk(media)) == 2
    assert on_disk(media) == {}


def by_image_form(client: Client, image: ContentImage) -> Any:
    root = Collection.get_first_root_node().pk
    fields = {"title": "Ny", "collection": root, "description": "", "credit": "", "tags": ""}
    return client.post(f"/admin/images/{image.pk}/", {**fields, "file": uploaded()})


def by_document_form(client: Client, document: ContentDocument) -> Any:
    root = Collection.get_first_root_node().pk
    fields = {"title": "Ny", "collection": root, "tags": ""}
    file = uploaded("new.pdf", b"%PDF-1.7")
    return client.post(f"/admin/documents/edit/{document.pk}/", {**fields, "file": file})


@pytest.mark.parametrize(
    ("make", "replace"), [(ImageFactory, by_image_form), (DocumentFactory, by_document_form)]
)
@pytest.mark.parametrize("fails", [True, False])
def test_replacing_in_the_admin(
    media: Path,
    admin: Client,
    make: Any,
    replace: Callable[[Client, Any], Any],
    fails: bool,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    """Replaces a file where the last step of the view ends in an error, and where it does not."""
    stored = make(file__filename="former.pdf" if make is DocumentFactory else "former.png")
    former = stored.file.name
    before = on_disk(media)

    def fail(*args: Any, **kwargs: Any) -> None:
        raise Undone

    if fails:
        monkeypatch.setattr("wagtail.actions.edit.log", fail)
    with django_capture_on_commit_callbacks(execute=True):
        answer = replace(admin, stored)
    now = type(stored).objects.get(pk=stored.pk).file.name
    if fails:
        assert answer.status_code == 500
        assert now == former
        assert on_disk(media) == before
    else:
        assert answer.status_code == 302
        assert now != former
        assert Path(former).name not in on_disk(media)
        assert Path(now).name in on_disk(media)


@pytest.mark.parametrize(
    ("make", "replace"), [(ImageFactory, by_image_form), (DocumentFactory, by_document_form)]
)
def test_a_lost_file_is_replaced_by_one_of_its_name(
    media: Path,
    admin: Client,
    make: Any,
    replace: Callable[[Client, Any], Any],
    django_capture_on_commit_callbacks: Any,
) -> None:
    """Wagtail deletes the former file by its name, which is that of the new one by then."""
    stored = make(file__filename="new.pdf" if make is DocumentFactory else "new.png")
    Path(stored.file.path).unlink()
    with django_capture_on_commit_callbacks(execute=True):
        assert replace(admin, stored).status_code == 302
    now = type(stored).objects.get(pk=stored.pk)
    assert now.file.name == stored.file.name
    assert Path(now.file.path).exists()


def test_what_a_storage_overwrites_is_not_removed_when_it_is_undone(
    media: Path, settings: Any
) -> None:
    overwriting = settings.STORAGES["default"] | {
        "OPTIONS": {"location": str(media), "allow_overwrite": True}
    }
    settings.STORAGES = settings.STORAGES | {"default": overwriting}
    document = DocumentFactory(file__filename="same.pdf")
    with undone():
        DocumentFactory(file__filename="same.pdf")
    assert Path(document.file.path).exists()


def test_a_picture_of_a_user_stays_where_other_settings_fail(
    media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    user = get_user_model().objects.create_user("redaktor")
    profile = UserProfile.get_for_user(user)
    profile.avatar.save("me.png", ContentFile(png()))
    before = on_disk(media)

    def form() -> AvatarPreferencesForm:
        profile = UserProfile.objects.get(user=user)
        made = AvatarPreferencesForm({}, {"avatar": uploaded()}, instance=profile)
        assert made.is_valid()
        return made

    with undone():
        form().save()
    assert on_disk(media) == before
    with django_capture_on_commit_callbacks(execute=True):
        form().save()
    assert len(on_disk(media)) == 1
    assert on_disk(media).keys() != before.keys()


def test_an_upload_that_waits_for_its_fields_stays_until_it_is_an_image(media: Path) -> None:
    upload = UploadedFile.objects.create(file=uploaded("waits.png"))
    before = on_disk(media)
    with undone():
        upload.file.delete()
        upload.delete()
    assert on_disk(media) == before


def test_a_storage_that_cannot_remove_hides_nothing(
    media: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(self: Any, name: str) -> None:
        raise OSError(name)

    monkeypatch.setattr("django.core.files.storage.FileSystemStorage.delete", fail)
    with undone():
        DocumentFactory()
    assert "cannot be removed" in caplog.text
    assert len(on_disk(media)) == 1
