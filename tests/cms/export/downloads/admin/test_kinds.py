"""The kinds of files in the admin: what each asks, and what is in it."""

import json
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms.content.api.delivered_types import delivered_models
from cms.content.models import ContentImage
from cms.export.bundle.check_bundle import Bundle, faults
from cms.export.models import ExportFile
from cms.export.open_data.indicators import indicators
from cms.languages.registry import LANGUAGES
from home.models import ContentPage
from tests.cms.export.downloads.admin.asking import SCREEN, ask, download, signed_in, translator
from tests.cms.export.open_data.test_indicators import measured
from tests.cms.export.small import add_page, draft, give
from tests.factories.site import ExampleSite
from tests.factories.translations import translate
from tests.worker import work

pytestmark = [pytest.mark.django_db, pytest.mark.one_database("sqlite")]


def bundle_in(content: bytes, folder: Path) -> dict[str, Any]:
    """The manifest of a bundle, once its own program has found it sound."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        archive.extractall(folder)
    assert list(faults(Bundle(folder))) == []
    manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return manifest


def test_a_bundle_is_that_of_the_command(
    page: ContentPage,
    swedish_site: ExampleSite,
    tmp_path: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:
    give(page, "en")
    draft(page, "smj")
    hidden = add_page(swedish_site, "Hemlig")
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    client = signed_in(translator("smj"))
    # Whatever does not belong to it is not asked: it holds what is public, whoever asks.
    job = ask(client, django_capture_on_commit_callbacks, format="bundle", published="on")
    work()
    job.refresh_from_db()
    assert job.options == {"languages": [], "types": [], "with_media": False, "open": []}
    content = download(client, job)
    call_command("export_content", str(tmp_path / "command.zip"), "--quiet")
    assert content == (tmp_path / "command.zip").read_bytes()
    manifest = bundle_in(content, tmp_path / "bundle")
    assert manifest["selection"]["private"] is False
    assert job.counts == {
        "documents": sum(language["documents"] for language in manifest["languages"]),
        "files": len(manifest["files"]),
        "bytes": len(content),
    }
    assert (job.done, job.total) == (job.counts["files"], job.counts["files"])
    everything = b"".join(path.read_bytes() for path in (tmp_path / "bundle").rglob("*.ndjson"))
    assert b"en(Kust)" in everything
    assert b"smj(Kust)" not in everything
    assert b"Hemlig" not in everything


def test_a_bundle_of_a_choice(
    page: ContentPage, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    give(page, "en")
    client = signed_in(translator("smj"))
    chosen = {"languages": ["en"], "types": [page._meta.label], "with_media": "on"}
    job = ask(client, django_capture_on_commit_callbacks, format="bundle", **chosen)
    work()
    job.refresh_from_db()
    assert Path(job.file.name).name == f"content-en-{timezone.localdate().isoformat()}.zip"
    assert job.name == "en"
    manifest = bundle_in(download(client, job), tmp_path)
    assert manifest["selection"] == {
        "locales": ["en"],
        "types": [page._meta.label],
        "media": True,
        "private": False,
    }
    assert not (tmp_path / "source").exists()
    [content] = (tmp_path / "content").iterdir()
    assert content.name == "en.ndjson"


def test_all_chosen_is_whole(
    page: ContentPage, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    client = signed_in(translator("smj"))
    types = [model._meta.label for model in delivered_models()]
    chosen = {"languages": list(LANGUAGES), "types": types, "with_media": "on"}
    job = ask(client, django_capture_on_commit_callbacks, format="bundle", **chosen)
    work()
    bundle_in(download(client, job), tmp_path)
    assert (tmp_path / "source" / "pages.ndjson").exists()
    assert Path(ExportFile.objects.get(pk=job.pk).file.name).name.startswith("content-2")


def test_what_is_missing_in_the_storage_is_said(
    swedish_site: ExampleSite,
    django_capture_on_commit_callbacks: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client = signed_in(translator("smj"))
    image: Any = ContentImage.objects.first()
    monkeypatch.setattr("cms.export.bundle.writing.is_there", lambda name: name != image.file.name)
    job = ask(client, django_capture_on_commit_callbacks, format="bundle", with_media="on")
    work()
    job.refresh_from_db()
    assert job.state == "done"
    assert image.file.name in job.message
    shown = client.get(reverse("cms_export:file", args=[job.pk])).content.decode()
    assert image.file.name in shown
    assert "Välj var och en på nytt under Bilder eller Dokument." in shown
    # Whoever sees the list alone is told as well.
    assert "1 fil saknas" in client.get(reverse("cms_export:files")).content.decode()


def test_indicators_in_a_language(
    swedish_site: ExampleSite, django_capture_on_commit_callbacks: Any
) -> None:
    translate(measured("Arbete", 71.4), "en")
    client = signed_in(translator("smj"))
    job = ask(client, django_capture_on_commit_callbacks, format="measures", language="en")
    work()
    content = download(client, job)
    assert content == b"".join(indicators("en"))
    job.refresh_from_db()
    assert Path(job.file.name).name == f"indicators-en-{timezone.localdate().isoformat()}.csv"
    assert job.options == {"language": "en", "open": []}
    assert job.counts["values"] == content.count(b"\r\n") - 1
    assert f"{job.counts['values']} v" in client.get(SCREEN).content.decode()


def test_a_public_file_stays_with_who_leaves_a_group(
    page: ContentPage, django_capture_on_commit_callbacks: Any
) -> None:
    user = translator("smj")
    client = signed_in(user)
    job = ask(client, django_capture_on_commit_callbacks, format="tmx")
    work()
    user.groups.set([Group.objects.get(name="Translators (fi)")])
    assert download(client, job)


def test_the_source_alone_is_no_parallel_file(page: ContentPage) -> None:
    client = signed_in(translator("smj"))
    for name in ("xlsx", "csv", "tmx"):
        refused = client.post(SCREEN, {"format": name, "languages": ["sv"]})
        assert refused.status_code == 200
        assert refused.context["form"].errors.keys() == {"languages"}
    assert client.post(SCREEN, {"format": "bundle", "languages": ["sv"]}).status_code == 302


def test_each_field_says_for_which_kinds_it_is(page: ContentPage) -> None:
    client = signed_in(translator("smj"))
    asked = {field.name: kinds for field, kinds in client.get(SCREEN).context["form"].asked()}
    assert asked == {
        "format": "xlsx csv tmx bundle measures",
        "languages": "xlsx csv tmx bundle",
        "language": "measures",
        "types": "xlsx csv tmx bundle",
        "published": "xlsx csv",
        "with_media": "bundle",
    }
