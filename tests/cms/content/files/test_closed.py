"""A file in a closed collection is refused at every address, and closing takes effect at once."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from wagtail.models import Collection, CollectionViewRestriction

from cms.content.images.renditions import make_renditions
from cms.content.models import ContentDocument, ContentImage
from cms.delivery.http.cursors import change_cursor
from cms.delivery.models import PublishedDocument
from cms.delivery.publishing.consistency_check import differences
from cms.delivery.publishing.sequence import current_sequence
from tests.cms.delivery.publishing.small_site import SmallSite
from tests.factories.media import DocumentFactory, ImageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]


@pytest.fixture
def folders(small_site: SmallSite) -> dict[str, Collection]:
    """An open collection, and one with another below it."""
    root = Collection.get_first_root_node()
    made = {name: root.add_child(name=name) for name in ("open", "closed")}
    made["below"] = Collection.objects.get(pk=made["closed"].pk).add_child(name="below")
    return made


def addresses(image: ContentImage, document: ContentDocument) -> list[str]:
    renditions = make_renditions(image).values()
    return [
        image.file.url,
        *(one.url for one in renditions),
        document.file.url,
        document.url,
    ]


def status(client: Client, address: str) -> int:
    return int(client.get(address).status_code)


def close(collection: Collection, kind: str = "groups", *groups: Group) -> Any:
    made = CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=kind, password="sesam" if kind == "password" else ""
    )
    made.groups.set(groups)
    return made


@pytest.mark.parametrize("kind", ["groups", "login", "password"])
@pytest.mark.parametrize("where", ["closed", "below"])
def test_what_is_closed_is_refused_at_every_address(
    folders: dict[str, Collection], kind: str, where: str
) -> None:
    image = ImageFactory(file__filename="closed.png", collection=folders[where])
    document = DocumentFactory(file__filename="closed.pdf", collection=folders[where])
    asked = addresses(image, document)
    anybody = Client()
    assert {address: status(anybody, address) for address in asked} == dict.fromkeys(asked, 200)
    close(folders["closed"], kind)
    for address in asked:
        response = anybody.get(address)
        content = b"".join(response) if response.streaming else response.content
        assert response.status_code in ({200} if kind == "password" else {302}), address
        assert b"%PDF" not in content
        assert b"PNG" not in content
        assert "no-store" in response["Cache-Control"]
    for api in (f"/api/v3/images/{image.pk}/", f"/api/v3/documents/{document.pk}/"):
        assert anybody.get(api).status_code == 404


def test_who_is_let_in_gets_it_and_no_cache_keeps_it(folders: dict[str, Collection]) -> None:
    group = Group.objects.create(name="Board")
    member = get_user_model().objects.create_user("member", password="secret")
    member.groups.add(group)
    other = get_user_model().objects.create_user("other", password="secret")
    image = ImageFactory(file__filename="board.png", collection=folders["below"])
    document = DocumentFactory(file__filename="board.pdf", collection=folders["below"])
    close(folders["closed"], "groups", group)
    for user, wanted in ((member, 200), (other, 302)):
        client = Client()
        client.force_login(user)
        for address in addresses(image, document):
            response = client.get(address)
            assert response.status_code == wanted, address
            if wanted == 200:
                assert response["Cache-Control"] == "private, no-cache"


def test_an_editor_sees_in_the_admin_what_may_be_used(folders: dict[str, Collection]) -> None:
    editor = get_user_model().objects.create_user("editor", password="secret")
    editor.groups.add(Group.objects.get(name="Editors"))
    client = Client()
    client.force_login(editor)
    image = ImageFactory(file__filename="used.png", collection=folders["closed"])
    close(folders["closed"], "groups")
    assert status(client, image.get_rendition("max-165x165").url) == 200


def test_what_the_site_does_not_name_is_not_given_out(small_site: SmallSite, settings: Any) -> None:
    stray = Path(settings.MEDIA_ROOT) / "documents" / "stray.txt"
    stray.parent.mkdir(parents=True, exist_ok=True)
    stray.write_text("left behind", encoding="utf-8")
    for address in (
        "/media/documents/stray.txt",
        "/media/",
        "/media/documents/",
        "/media/../cms.sqlite3",
        "/media/%2e%2e/secret-key",
        "/media//etc/passwd",
        "/media/documents/%00",
    ):
        assert status(Client(raise_request_exception=False), address) in {302, 404}, address
    stray.unlink()


def everywhere(site: SmallSite, folder: Path) -> Iterator[tuple[str, str]]:
    """Name and text of everything that leaves: documents, exports, bundle and mirror."""
    for one in PublishedDocument.objects.all():
        yield f"document {one.pk}", bytes(one.body).decode()
    client = Client()
    for address in ("export/all.ndjson", "changes/", "entries/sv/", "images/", "documents/"):
        response = client.get(f"/api/v3/{address}")
        body = b"".join(response) if response.streaming else response.content
        yield address, body.decode()
    for command, options in (("export_content", {"media": True}), ("mirror", {})):
        place = folder / command
        call_command(command, place, quiet=True, **options)
        for path in place.rglob("*"):
            yield f"{command} {path.name}", path.name
            if path.suffix in {".json", ".ndjson"} and path.is_file():
                yield f"{command} {path}", path.read_text(encoding="utf-8")


def by_closing(image: Any, document: Any, folders: dict[str, Collection]) -> Callable[[], Any]:
    for one in (image, document):
        one.collection = folders["below"]
        one.save()
    opened: Callable[[], Any] = close(folders["closed"]).delete
    return opened


def by_moving_the_collection(
    image: Any, document: Any, folders: dict[str, Collection]
) -> Callable[[], Any]:
    for one in (image, document):
        one.collection = folders["open"]
        one.save()
    close(folders["closed"])
    Collection.objects.get(pk=folders["open"].pk).move(
        Collection.objects.get(pk=folders["closed"].pk), "sorted-child"
    )
    root = Collection.get_first_root_node()
    return lambda: Collection.objects.get(pk=folders["open"].pk).move(root, "sorted-child")


def by_moving_the_file(
    image: Any, document: Any, folders: dict[str, Collection]
) -> Callable[[], Any]:
    close(folders["closed"])

    def move(name: str) -> None:
        for one in (image, document):
            one.collection = folders[name]
            one.save()

    move("below")
    return lambda: move("open")


def by_bulk(image: Any, document: Any, folders: dict[str, Collection]) -> Callable[[], Any]:
    close(folders["closed"])
    client = Client()
    user = get_user_model().objects.create_superuser("chief", password="secret")
    client.force_login(user)

    def move(name: str) -> None:
        for kind, one in (("contentimage", image), ("contentdocument", document)):
            client.post(
                f"/admin/bulk/content/{kind}/add_to_collection/?id={one.pk}",
                {"collection": folders[name].pk},
            )

    move("below")
    return lambda: move("open")


@pytest.mark.parametrize("way", [by_closing, by_moving_the_collection, by_moving_the_file, by_bulk])
def test_it_takes_effect_at_once_everywhere(
    small_site: SmallSite, folders: dict[str, Collection], tmp_path: Path, way: Any
) -> None:
    image = ContentImage.objects.get(pk=small_site.image.pk)
    document = ContentDocument.objects.get(pk=small_site.file.pk)
    words = {Path(image.file.name).stem, Path(document.file.name).stem}
    asked = addresses(image, document)
    anybody = Client()

    def betrayals(folder: str) -> set[str]:
        return {
            word
            for _name, text in everywhere(small_site, tmp_path / folder)
            for word in words
            if f"{word}." in text
        }

    assert betrayals("before") == words
    reopen = way(image, document, folders)
    assert betrayals("closed") == set()
    assert [status(anybody, address) for address in asked] == [302] * len(asked)
    assert list(differences()) == []
    reopen()
    assert betrayals("open") == words
    assert [status(anybody, address) for address in asked] == [200] * len(asked)
    assert list(differences()) == []


def test_a_file_replaced_by_another_of_the_same_name_and_length_is_a_change(
    small_site: SmallSite,
) -> None:
    """Both in documents that show it and in those whose text links to it."""
    cursor = change_cursor(current_sequence().last_sequence)
    document = ContentDocument.objects.get(pk=small_site.file.pk)
    path = Path(document.file.path)
    former = path.read_bytes()
    path.write_bytes(former[::-1])
    document._set_document_file_metadata()
    document.file.close()
    document.save()
    try:
        changed = Client().get("/api/v3/changes/", {"since": cursor}).json()
        assert changed["items"], json.dumps(changed)
        assert list(differences()) == []
    finally:
        path.write_bytes(former)
