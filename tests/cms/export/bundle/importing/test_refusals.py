"""Bundles that somebody has tampered with: refused with their place, and nothing is written."""

import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from wagtail.models import Page

from cms.export.bundle.check_bundle import BadBundle, Bundle
from cms.export.bundle.importing.importer import import_bundle
from cms.export.bundle.importing.refusals import RefusedBundle
from cms.export.bundle.importing.rich_text_check import fault
from home.models import ContentPage
from tests.cms.export.tampering import rehashed

pytestmark = pytest.mark.shared_out

PAGES = "source/pages.ndjson"
TRANSLATIONS = "source/translations.ndjson"
Record = dict[str, Any]


def silent(name: str) -> None:
    return None


def changed(folder: Path, name: str, change: Callable[[list[Record]], None]) -> None:
    """Changes the records of a file, and lets the manifest say so."""
    path = folder / name
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    change(records)
    text = "".join(json.dumps(record) + "\n" for record in records)
    path.write_text(text, encoding="utf-8")
    rehashed(folder)


def assert_nothing_written() -> None:
    assert not ContentPage.objects.exists()
    assert Page.objects.filter(depth=2).count() == 0
    for folder in ("original_images", "images", "documents"):
        assert not default_storage.exists(folder) or default_storage.listdir(folder)[1] == []


def content_page(records: list[Record]) -> Record:
    return next(
        one for one in records if one["type"] == "home.ContentPage" and one["locale"] == "sv"
    )


def script(records: list[Record]) -> None:
    content_page(records)["fields"]["introduction"] = "<p>Hej<script>alert(1)</script></p>"


def handler(records: list[Record]) -> None:
    content_page(records)["fields"]["introduction"] = '<p onclick="alert(1)">Hej</p>'


def script_address(records: list[Record]) -> None:
    content_page(records)["fields"]["introduction"] = '<p><a href="javascript:alert(1)">Hej</a></p>'


def script_in_block(records: list[Record]) -> None:
    content_page(records)["fields"]["body"] = [
        {"type": "paragraph", "value": "<p><img src=x onerror=alert(1)></p>", "id": "a"}
    ]


def script_in_draft(records: list[Record]) -> None:
    record = next(one for one in records if "draft" in one)
    record["draft"]["fields"]["introduction"] = "<iframe></iframe>"


def unknown_block(records: list[Record]) -> None:
    content_page(records)["fields"]["body"] = [{"type": "raw_html", "value": "<b>", "id": "a"}]


def unknown_type(records: list[Record]) -> None:
    content_page(records)["type"] = "home.SecretPage"


def unknown_language(records: list[Record]) -> None:
    content_page(records)["locale"] = "tlh"


def unknown_field(records: list[Record]) -> None:
    content_page(records)["fields"]["owner"] = 1


def wrong_value(records: list[Record]) -> None:
    content_page(records)["fields"]["show_in_menus"] = "perhaps"


def too_long(records: list[Record]) -> None:
    content_page(records)["fields"]["title"] = "A" * 300


def no_slug(records: list[Record]) -> None:
    content_page(records)["fields"]["slug"] = "../up"


def same_slug(records: list[Record]) -> None:
    below = [one for one in records if one["parent"] == records[0]["key"] + "/sv"]
    below[1]["fields"]["slug"] = below[0]["fields"]["slug"]


def same_key(records: list[Record]) -> None:
    records.append(records[-1])


def cycle(records: list[Record]) -> None:
    record = content_page(records)
    record["parent"] = f"{record['key']}/{record['locale']}"


def child_first(records: list[Record]) -> None:
    records.reverse()


def wrong_place(records: list[Record]) -> None:
    goal = next(one for one in records if one["type"] == "strategy.GoalPage")
    goal["parent"] = f"{records[0]['key']}/sv"


def no_record(records: list[Record]) -> None:
    records[1] = ["not", "a", "record"]  # type: ignore[call-overload]


def no_moment(records: list[Record]) -> None:
    content_page(records)["first_published_at"] = "yesterday"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (script, "introduction: <script> is not allowed in a text"),
        (handler, "introduction: 'onclick' is not allowed in <p>"),
        (script_address, "is no address that a link may have"),
        (script_in_block, "body: <img> is not allowed in a text"),
        (script_in_draft, "draft.introduction: <iframe> is not allowed"),
        (unknown_block, "body: there is no block 'raw_html' here"),
        (unknown_type, "there is no type of page 'home.SecretPage' here"),
        (unknown_language, "there is no language 'tlh' here"),
        (unknown_field, "owner: home.ContentPage has no such field"),
        (wrong_value, "show_in_menus"),
        (too_long, "longer than 255 characters"),
        (no_slug, "its slug '../up' is none"),
        (same_slug, "another page beside it has the slug"),
        (same_key, "is there twice"),
        (cycle, "does not come before it in the order of the tree"),
        (child_first, "does not come before it in the order of the tree"),
        (wrong_place, "may not be below a"),
        (no_record, "line 2: this is no record"),
        (no_moment, "first_published_at"),
    ],
)
def test_a_page_that_is_not_as_it_should_be(
    bundle: Path, change: Callable[[list[Record]], None], message: str
) -> None:
    changed(bundle, PAGES, change)
    with pytest.raises(RefusedBundle) as refused:
        import_bundle(Bundle(bundle), silent)
    assert message in str(refused.value)
    assert str(refused.value).startswith(f"{PAGES}, line ")
    assert_nothing_written()


def test_a_translation_with_a_script(bundle: Path) -> None:
    def change(records: list[Record]) -> None:
        record = next(one for one in records if one.get("strings"))
        record["strings"][0]["translations"][0]["data"] = "Hei <script>alert(1)</script>"

    changed(bundle, TRANSLATIONS, change)
    with pytest.raises(RefusedBundle, match=r"translations.ndjson, line \d+.*<script>"):
        import_bundle(Bundle(bundle), silent)
    assert_nothing_written()


def test_a_translation_of_what_is_not_there(bundle: Path) -> None:
    def change(records: list[Record]) -> None:
        records[0]["key"] = "11111111-1111-4111-8111-111111111111"

    changed(bundle, TRANSLATIONS, change)
    with pytest.raises(RefusedBundle, match="is translated and not in the bundle"):
        import_bundle(Bundle(bundle), silent)
    assert_nothing_written()


def test_what_no_check_has_foreseen_is_refused_too(bundle: Path) -> None:
    def change(records: list[Record]) -> None:
        next(one for one in records if one.get("changes"))["changes"] = [{"path": "title"}]

    changed(bundle, TRANSLATIONS, change)
    with pytest.raises(RefusedBundle, match=r"translations.ndjson, line \d+"):
        import_bundle(Bundle(bundle), silent)
    assert_nothing_written()


def test_a_restriction_that_is_unknown_is_not_left_out(bundle: Path) -> None:
    def change(records: list[Record]) -> None:
        records[0]["page_restrictions"][0]["type"] = "none"

    changed(bundle, "source/site.json", change)
    with pytest.raises(RefusedBundle, match="there is no restriction 'none' here"):
        import_bundle(Bundle(bundle), silent)
    assert_nothing_written()


def a_picture_that_claims_too_much() -> bytes:
    """A few bytes that say that they are a picture of 10^10 pixels."""
    header = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"<svg onload=alert(1)>", "is no picture that can be read here"),
        (a_picture_that_claims_too_much(), "that is too large"),
    ],
    ids=["no picture", "too large"],
)
def test_a_picture_that_is_none(bundle: Path, content: bytes, message: str) -> None:
    next((bundle / "media" / "original_images").glob("*.png")).write_bytes(content)
    rehashed(bundle)
    with pytest.raises(RefusedBundle, match=message):
        import_bundle(Bundle(bundle), silent)
    assert_nothing_written()


def test_files_that_are_not_taken(bundle: Path) -> None:
    def change(records: list[Record]) -> None:
        records[0]["file"] = "documents/page.html"

    (bundle / "media" / "documents" / "page.html").write_text("<script>", encoding="utf-8")
    manifest = json.loads((bundle / "manifest.json").read_text(encoding="utf-8"))
    manifest["files"].append({"path": "media/documents/page.html", "size": 0, "sha256": ""})
    (bundle / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    changed(bundle, "source/documents.ndjson", change)
    with pytest.raises(RefusedBundle, match="files that end in 'html' are not taken here"):
        import_bundle(Bundle(bundle), silent)
    assert_nothing_written()


@pytest.mark.parametrize("name", ["../evil.ndjson", "/etc/evil", "a\\b", "C:evil", "a//b", "./a"])
def test_names_that_lead_out(bundle: Path, tmp_path: Path, name: str) -> None:
    packed = tmp_path / "evil.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(bundle / "manifest.json", "manifest.json")
        archive.writestr(zipfile.ZipInfo(name), b"evil")
    with pytest.raises(BadBundle, match="leads out of the bundle"):
        import_bundle(Bundle(packed), silent)
    manifest = json.loads((bundle / "manifest.json").read_text(encoding="utf-8"))
    manifest["files"].append({"path": name, "size": 4, "sha256": ""})
    (bundle / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(BadBundle, match="leads out of the bundle"):
        Bundle(bundle)
    assert_nothing_written()


def test_symbolic_links(bundle: Path, tmp_path: Path) -> None:
    packed = tmp_path / "linked.zip"
    link = zipfile.ZipInfo("content/sv.ndjson")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(bundle / "manifest.json", "manifest.json")
        archive.writestr(link, b"/etc/passwd")
    with pytest.raises(BadBundle, match="symbolic link"):
        import_bundle(Bundle(packed), silent)
    (bundle / "content" / "link").symlink_to("/etc/passwd")
    with pytest.raises(BadBundle, match="symbolic link"):
        import_bundle(Bundle(bundle), silent)
    assert_nothing_written()


def test_a_bomb_is_read_no_further_than_it_says(bundle: Path, tmp_path: Path) -> None:
    packed = tmp_path / "bomb.zip"
    manifest = {"format": 1, "files": [{"path": PAGES, "size": 10, "sha256": "0"}]}
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", json.dumps(manifest))
        archive.writestr(PAGES, b"\0" * 50_000_000)
    read = Bundle(packed)
    assert sum(len(piece) for piece in read.pieces(PAGES)) == 11
    with pytest.raises(RefusedBundle, match="should have 10 bytes"):
        import_bundle(read, silent)


def test_another_hash(bundle: Path) -> None:
    with (bundle / PAGES).open("ab") as file:
        file.write(b"\n")
    with pytest.raises(RefusedBundle, match="should have"):
        import_bundle(Bundle(bundle), silent)
    assert_nothing_written()


@pytest.mark.parametrize(
    ("manifest", "message"),
    [
        (b"{", "this is not JSON"),
        (b"[" * 100_000, "this is not JSON"),
        (b"[]", "does not say which format"),
        (b'{"format": 2, "files": []}', "format 2 is newer than 1"),
        (b'{"format": 1}', "does not list the files"),
        (b'{"format": 1, "files": [{"path": 1}]}', "lacks its path, size or sha256"),
    ],
)
def test_manifests_that_are_none(tmp_path: Path, manifest: bytes, message: str) -> None:
    (tmp_path / "manifest.json").write_bytes(manifest)
    with pytest.raises(BadBundle, match=message):
        Bundle(tmp_path)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("manifest.json", manifest)
    (tmp_path / "bundle.zip").write_bytes(packed.getvalue())
    with pytest.raises(BadBundle, match=message):
        Bundle(tmp_path / "bundle.zip")


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>Hej <b>du</b> &lt; 3 &amp; mer</p>", None),
        ('<p data-block-key="a1">Hej</p><hr/><ul><li>Ett</li></ul>', None),
        ('<p><a linktype="page" ref="a/sv">Hej</a></p>', None),
        ('<embed embedtype="image" ref="a.png" alt="x" format="left"/>', None),
        ('<p><a href="mailto:a@example.org">Hej</a></p>', None),
        ('<p><a linktype="page" ref="">Hej</a></p>', None),
        ('<p><a linktype="page">Hej</a></p>', "does not say to what it leads"),
        ('<embed embedtype="image" alt="x"/>', "does not say to what it leads"),
        ("<p>1 < 2", "a < that begins no tag"),
        ("<img src=x onerror=alert(1) ", "a < that begins no tag"),
        ("<!-- hej -->", "comments"),
        ("<!DOCTYPE html>", "declarations"),
        ("<?php ?>", "declarations"),
        ('<p style="color:red">', "'style'"),
        ('<a lang="smj" linktype="language">Jåhkåmåhkke</a>', None),
        ('<a lang="xx" linktype="language">x</a>', "no language of this site"),
        ('<a href=" javascript:alert(1)">', "address"),
        ("<style>p{}</style>", "<style>"),
        ("<svg/onload=alert(1)>", "<svg"),
    ],
)
def test_what_may_stand_in_a_text(html: str, found: str | None) -> None:
    said = fault(html)
    assert (said is None) if found is None else (said is not None and found in said)
