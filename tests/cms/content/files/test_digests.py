"""A corrected file is a change of exactly what shows it, in one step, by whichever way."""

import hashlib
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from PIL import Image
from wagtail.models import Collection

from cms.content.files.digests import note_missing_digests
from cms.content.models import ContentDocument, ContentImage
from cms.delivery.http.cursors import change_cursor
from cms.delivery.models import PublishedDocument
from cms.delivery.publishing.consistency_check import differences
from cms.delivery.publishing.sequence import current_sequence
from cms.delivery.webhooks.models import Webhook, WebhookDelivery
from cms.export.bundle.importing.importer import update
from cms.export.bundle.writing import BundleOptions, write_bundle
from cms.export.bundle.yaml.reading import open_bundle
from cms.export.mirror.updating import update as update_mirror
from tests.cms.delivery.publishing.small_site import SmallSite, document_of
from tests.cms.export.tampering import rehashed
from tests.fixtures.bundles import files_of_its_own

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

Replace = Callable[[Any, bytes, Path], None]


@pytest.fixture
def site(small_site: SmallSite, tmp_path: Path) -> Iterator[SmallSite]:
    """The small site with files of its own, in a storage that gives no name twice."""
    with files_of_its_own(tmp_path / "media"):
        logo = ContentImage.objects.get(pk=small_site.logo.pk)
        # Two images with one content would be told by one digest.
        by_program(logo, picture("blue", 16, 16), tmp_path)
        yield small_site


def other_content(one: Any) -> bytes:
    """Another content of the same length."""
    if isinstance(one, ContentDocument):
        return Path(one.file.path).read_bytes()[::-1]
    return picture("red", one.width, one.height)


def picture(colour: str, width: int, height: int) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(made, "PNG")
    return made.getvalue()


def by_form(one: Any, content: bytes, folder: Path) -> None:
    user = get_user_model().objects.create_superuser("chief", password="secret")
    client = Client()
    client.force_login(user)
    root = Collection.get_first_root_node().pk
    fields = {"title": one.title, "collection": root, "description": "", "tags": ""}
    more = {"credit": one.credit} if isinstance(one, ContentImage) else {}
    file = SimpleUploadedFile(Path(one.file.name).name, content)
    kind = "images/" if isinstance(one, ContentImage) else "documents/edit/"
    answer = client.post(f"/admin/{kind}{one.pk}/", {**fields, **more, "file": file})
    assert answer.status_code == 302, answer.content


def by_program(one: Any, content: bytes, folder: Path) -> None:
    one.file = ContentFile(content, name=Path(one.file.name).name)
    one.save()


def by_bundle(one: Any, content: bytes, folder: Path) -> None:
    options = BundleOptions(with_media=True, private=True)
    write_bundle(folder / "bundle", options, lambda name: None)
    (folder / "bundle" / "media" / one.file.name).write_bytes(content)
    rehashed(folder / "bundle")
    update(open_bundle(folder / "bundle"), lambda name: None)


def shown() -> dict[tuple[str, str], dict[str, Any]]:
    """Every document by key and language."""
    return {
        (str(one.key), one.locale): json.loads(bytes(one.body))
        for one in PublishedDocument.objects.filter(listed=True)
    }


@pytest.mark.parametrize("name", ["image", "file"])
@pytest.mark.parametrize("replace", [by_form, by_program, by_bundle])
def test_it_is_one_change_of_what_shows_it(
    site: SmallSite, tmp_path: Path, name: str, replace: Replace
) -> None:
    one = type(getattr(site, name)).objects.get(pk=getattr(site, name).pk)
    former = one.sha256
    assert former == hashlib.sha256(Path(one.file.path).read_bytes()).hexdigest()
    with_it = {place for place, each in shown().items() if former in json.dumps(each)}
    assert len(with_it) > 2
    content = other_content(one)
    new = hashlib.sha256(content).hexdigest()
    Webhook.objects.create(name="Kommunen", address="https://hook.example.org/")
    before = current_sequence().last_sequence

    replace(one, content, tmp_path)

    feed = Client().get("/api/v3/changes/", {"since": change_cursor(before), "limit": "100"}).json()
    assert {(item["key"], item["locale"]) for item in feed["items"]} == with_it
    listed = PublishedDocument.objects.filter(sequence__gt=before, listed=True)
    # Each has one number, but for those that no list has, such as aliases.
    unlisted = PublishedDocument.objects.filter(sequence__gt=before, listed=False).count()
    assert current_sequence().last_sequence - before == listed.count() + unlisted
    assert {each for each, body in shown().items() if new in json.dumps(body)} == with_it
    assert not any(former in json.dumps(body) for body in shown().values())
    told = [
        change
        for one in WebhookDelivery.objects.all()
        for change in json.loads(one.payload)["data"]["changes"]
    ]
    assert {(change["key"], change["locale"]) for change in told} == with_it
    stored = type(one).objects.get(pk=one.pk)
    assert (stored.sha256, Path(stored.file.path).read_bytes()) == (new, content)
    assert list(differences()) == []


@pytest.mark.parametrize("name", ["image", "file"])
def test_a_mirror_follows_without_looking_at_everything(
    site: SmallSite, tmp_path: Path, name: str
) -> None:
    one = type(getattr(site, name)).objects.get(pk=getattr(site, name).pk)
    update_mirror(tmp_path / "mirror")
    by_bundle(one, other_content(one), tmp_path)
    assert update_mirror(tmp_path / "mirror").media > 0
    shown_image = document_of(site.about)["body"][1]["value"]["image"]
    urls = [urlsplit(rendition["url"]).path for rendition in shown_image["renditions"]]
    for url in urls if name == "image" else [one.url]:
        answer: Any = Client().get(url)
        assert (tmp_path / "mirror" / url.lstrip("/")).read_bytes() == b"".join(answer)


def test_everybody_is_told_the_same(site: SmallSite) -> None:
    """The document, both versions of the API, and a link in a text."""
    image = ContentImage.objects.get(pk=site.image.pk)
    file = ContentDocument.objects.get(pk=site.file.pk)
    about = document_of(site.about)
    assert about["body"][1]["value"]["image"]["sha256"] == image.sha256
    assert document_of(site.home)["image"]["sha256"] == image.sha256
    assert f'data-sha256="{file.sha256}"' in about["introduction"]
    for version in ("v2", "v3"):
        for kind, one in (("images", image), ("documents", file)):
            said = Client().get(f"/api/{version}/{kind}/{one.pk}/").json()
            assert said["sha256"] == one.sha256, (version, kind)


def test_rebuilding_makes_up_for_what_was_stored_before(site: SmallSite) -> None:
    """A file that is lost is said to be unknown, and keeps nothing from going on."""
    before = {one.pk: one.sha256 for one in ContentImage.objects.all()}
    assert all(before.values())
    ContentImage.objects.update(sha256="")
    ContentDocument.objects.update(sha256="")
    Path(ContentImage.objects.get(pk=site.logo.pk).file.path).unlink()
    call_command("published", "rebuild", stdout=io.StringIO())
    after = {one.pk: one.sha256 for one in ContentImage.objects.all()}
    assert after == before | {site.logo.pk: ""}
    assert all(one.sha256 for one in ContentDocument.objects.all())
    assert document_of(site.home)["image"]["sha256"] == before[site.image.pk]
    assert document_of(site.story)["programme"]["logo"]["sha256"] is None
    assert note_missing_digests(ContentImage) == 1


def test_a_replaced_file_is_kept_by_no_cache_for_ever(site: SmallSite) -> None:
    """Under the same address there may be another file the next minute."""
    for address in (site.image.file.url, site.file.file.url, site.file.url):
        said = Client().get(address).headers["Cache-Control"]
        assert said == "public, max-age=60, s-maxage=0"
