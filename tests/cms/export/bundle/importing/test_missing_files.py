"""A file that the storage has lost: the export says so by its exit, and all else comes in."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from cms.content.models import ContentDocument, ContentImage
from cms.delivery.publishing.consistency_check import differences
from cms.export.bundle.importing.refusals import RefusedBundle
from home.models import ContentPage
from tests.cms.delivery.publishing.small_site import SmallSite, document_of
from tests.cms.export.emptying import empty_site
from tests.cms.export.tampering import rehashed
from tests.fixtures.bundles import files_of_its_own

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]


@pytest.fixture
def site(small_site: SmallSite, tmp_path: Path) -> Iterator[SmallSite]:
    """The small site, whose storage has lost an image that it shows, and a file."""
    with files_of_its_own(tmp_path / "media"):
        Path(small_site.image.file.path).unlink()
        Path(small_site.file.file.path).unlink()
        yield small_site


LOST = ["original_images/alven.png", "documents/planen.pdf"]


def export(out: Path, *arguments: str) -> tuple[int, str]:
    """The status with which it ends, and what it says is wrong."""
    said = io.StringIO()
    try:
        call_command("export_content", str(out), *arguments, quiet=True, stderr=said)
    except CommandError as error:
        return error.returncode, said.getvalue() + str(error)
    return 0, said.getvalue()


def bring_in(bundle: Path, **options: Any) -> tuple[str, str]:
    """Runs the command; returns what it says, and what it says is wrong."""
    out, wrong = io.StringIO(), io.StringIO()
    call_command("import_content", str(bundle), stdout=out, stderr=wrong, **options)
    return out.getvalue(), wrong.getvalue()


@pytest.mark.parametrize("form", ["bundle", "bundle.zip", "--readable"])
def test_the_export_ends_with_an_error_and_the_rest_comes_in(
    site: SmallSite, tmp_path: Path, form: str
) -> None:
    out = tmp_path / form.strip("-")
    more = ["--readable"] if form == "--readable" else []
    status, wrong = export(out, "--media", "--private", *more)
    assert status == 2
    assert all(f"{name}: this file is missing" in wrong for name in LOST)
    assert "anew under Images or Documents" in wrong
    was = {one.file.name: one for one in ContentImage.objects.all()}
    pages = ContentPage.objects.count()
    empty_site()

    said, wrong = bring_in(out)

    assert "Brought in" in said
    assert [line.partition(":")[0] for line in wrong.splitlines()] == LOST
    assert ContentPage.objects.count() == pages
    image = ContentImage.objects.get(file=LOST[0])
    before = was[LOST[0]]
    assert not image.file.storage.exists(image.file.name)
    for name in ("width", "height", "sha256", "file_size", "title", "credit", "created_at"):
        assert getattr(image, name) == getattr(before, name), name
    file = ContentDocument.objects.get(file=LOST[1])
    assert (file.sha256, file.file_size) == (site.file.sha256, site.file.file_size)
    # What shows it still does: the page's alternative text was not lost with the file.
    about = ContentPage.objects.get(slug="om", locale__language_code="sv", alias_of=None)
    shown = document_of(about)["body"][1]["value"]["image"]
    assert (shown["id"], shown["alt"], shown["renditions"]) == (image.pk, "En älv", [])
    assert (shown["width"], shown["sha256"]) == (before.width, before.sha256)
    assert list(differences()) == []
    # Exported from there, it is missing there as here.
    again = tmp_path / "again"
    assert export(again, "--media", "--private")[0] == 2
    records = (again / "source" / "images.ndjson").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["file"] for line in records if "missing" in json.loads(line)] == [
        LOST[0]
    ]


def test_a_whole_bundle_says_nothing_of_what_is_missing(
    small_site: SmallSite, tmp_path: Path
) -> None:
    assert export(tmp_path / "bundle", "--media", "--private") == (0, "")
    for name in ("images", "documents"):
        text = (tmp_path / "bundle" / "source" / f"{name}.ndjson").read_text(encoding="utf-8")
        assert "missing" not in text


def test_without_media_nothing_is_missing(site: SmallSite, tmp_path: Path) -> None:
    assert export(tmp_path / "bundle", "--private") == (0, "")
    text = (tmp_path / "bundle" / "source" / "images.ndjson").read_text(encoding="utf-8")
    assert "missing" not in text


def test_a_file_that_is_there_stays_when_a_bundle_lacks_it(site: SmallSite, tmp_path: Path) -> None:
    export(tmp_path / "bundle", "--media", "--private")
    path = Path(site.image.file.path)
    path.write_bytes(b"the editor has found it")
    said, wrong = bring_in(tmp_path / "bundle", update=True)
    assert path.read_bytes() == b"the editor has found it"
    assert [line.partition(":")[0] for line in wrong.splitlines()] == LOST[1:]
    assert "0 new, 0 replaced, 0 described otherwise" in said


MEASURED = {"width": 1, "height": 1, "size": 1, "sha256": ""}


@pytest.mark.parametrize(
    ("missing", "message"),
    [
        (True, "missing: Input should be"),
        ({"width": 1, "height": 1, "size": 1}, "missing.sha256: Field required"),
        (MEASURED | {"width": 0}, "missing.width: Input should be greater than or equal to 1. (0)"),
        (MEASURED | {"width": True}, "missing.width: Input should be a valid integer. (True)"),
        (MEASURED | {"height": 10**30}, "missing.height: 1000000000"),
        (MEASURED | {"size": "1"}, "missing.size: Input should be a valid integer. ('1')"),
        (MEASURED | {"sha256": "x"}, "missing.sha256: String should match pattern"),
        (MEASURED | {"colour": "x"}, "missing.colour: there is no such member here"),
    ],
)
def test_what_it_says_of_a_missing_file_is_checked(
    site: SmallSite, tmp_path: Path, missing: Any, message: str
) -> None:
    bundle = tmp_path / "bundle"
    export(bundle, "--media", "--private")
    path = bundle / "source" / "images.ndjson"
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for record in records:
        if "missing" in record:
            record["missing"] = missing
    path.write_text("".join(f"{json.dumps(record)}\n" for record in records), encoding="utf-8")
    rehashed(bundle)
    empty_site()
    with pytest.raises(CommandError, match=r"source/images.ndjson, line \d+, missing") as refused:
        bring_in(bundle)
    assert message in str(refused.value)
    assert isinstance(refused.value.__cause__, RefusedBundle)
    assert not ContentPage.objects.exists()


def test_what_was_replaced_comes_back_when_the_rest_is_refused(
    small_site: SmallSite, tmp_path: Path
) -> None:
    with files_of_its_own(tmp_path / "media"):
        path = Path(small_site.file.file.path)
        former = path.read_bytes()
        bundle = tmp_path / "bundle"
        export(bundle, "--media", "--private")
        (bundle / "media" / small_site.file.file.name).write_bytes(former[::-1])
        pages = bundle / "source" / "pages.ndjson"
        whole = pages.read_text(encoding="utf-8")
        pages.write_text(whole.replace('"slug":"kontakt"', '"slug":"kontakt","x":1'), "utf-8")
        rehashed(bundle)
        with pytest.raises(CommandError, match="has no such field"):
            bring_in(bundle, update=True)
        assert path.read_bytes() == former
        pages.write_text(whole, encoding="utf-8")
        rehashed(bundle)
        said, _wrong = bring_in(bundle, update=True, dry_run=True)
        assert path.read_bytes() == former
        assert f"replaced: document {small_site.file.file.name}" in said
        assert "0 new, 1 replaced" in said
        bring_in(bundle, update=True)
        assert path.read_bytes() == former[::-1]
        said, _wrong = bring_in(bundle, update=True)
        assert "0 new, 0 replaced, 0 described otherwise" in said
