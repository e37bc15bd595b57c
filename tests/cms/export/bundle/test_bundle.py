"""The bundle: whole, the same each time, checkable, and with what came after it."""

import hashlib
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.core.management import CommandError, call_command
from wagtail.models import PageViewRestriction

from cms.delivery.models import PublishedDocument, Removal
from cms.export.bundle.check_bundle import Bundle, Schema, faults
from cms.export.bundle.contents import Selection
from cms.export.bundle.since import read_base
from cms.export.bundle.writing import BundleOptions, file_count, write_bundle
from home.models import ContentPage
from strategy.models import StoryPage
from tests.cms.export.tampering import made_under_the_former_name, rehashed
from tests.factories.site import ExampleSite

pytestmark = pytest.mark.one_database("postgresql")


def silent(name: str) -> None:
    return None


def export(out: Path, **options: Any) -> Path:
    write_bundle(out, BundleOptions(with_media=True, **options), silent)
    return out


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def run(program: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    """As somebody runs it who has Python alone: no package of ours is found."""
    return subprocess.run(
        [sys.executable, "-E", "-s", "-S", str(program), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "options",
    [
        BundleOptions(),
        BundleOptions(with_media=True),
        BundleOptions(with_media=True, private=True),
        BundleOptions(Selection(("en", "sv"), ("home.ContentPage",)), with_media=True),
    ],
)
def test_how_many_files_it_will_have_is_known_before(
    options: BundleOptions, example_site: ExampleSite, tmp_path: Path
) -> None:
    foreseen = file_count(options)
    assert write_bundle(tmp_path / "bundle", options, silent).files == foreseen


def test_the_same_content_gives_the_same_bytes(example_site: ExampleSite, tmp_path: Path) -> None:
    first, second = (export(tmp_path / name) for name in ("first.zip", "second.zip"))
    assert first.read_bytes() == second.read_bytes()
    folder = export(tmp_path / "folder")
    with zipfile.ZipFile(first) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == files(folder)


def test_every_document_is_there_and_as_it_is_delivered(
    example_site: ExampleSite, tmp_path: Path
) -> None:
    folder = export(tmp_path / "bundle")
    stored = PublishedDocument.objects.filter(listed=True)
    lines = [
        line for path in (folder / "content").iterdir() for line in path.read_bytes().splitlines()
    ]
    assert sorted(lines) == sorted(bytes(body) for body in stored.values_list("body", flat=True))
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert sum(language["documents"] for language in manifest["languages"]) == len(lines)
    for entry in manifest["files"]:
        content = (folder / entry["path"]).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (
            entry["size"],
            entry["sha256"],
        )


def test_a_choice_of_languages_and_types(example_site: ExampleSite, tmp_path: Path) -> None:
    story = StoryPage._meta.label
    bundle = Bundle(export(tmp_path / "bundle", selection=Selection(("en",), (story,))))
    contents = [name for name in bundle.files if name.startswith("content/")]
    assert contents == ["content/en.ndjson"]
    assert {line["meta"]["type"] for _number, line in bundle.lines(contents[0])} == {story}
    assert not [name for name in bundle.files if name.startswith("source/")]
    assert list(faults(bundle)) == []


def test_the_checker_needs_nothing_but_python(example_site: ExampleSite, tmp_path: Path) -> None:
    folder, packed = export(tmp_path / "bundle"), export(tmp_path / "bundle.zip")
    for arguments in ((), (folder,), (packed,)):
        done = run(folder / "check_bundle.py", *arguments)
        assert (done.returncode, done.stderr) == (0, ""), done.stdout
        assert "are sound" in done.stdout


def first_content(folder: Path) -> Path:
    return folder / "content" / "sv.ndjson"


def changed(path: Path, old: bytes, new: bytes) -> None:
    content = path.read_bytes()
    assert old in content
    path.write_bytes(content.replace(old, new, 1))


def another_letter(folder: Path) -> str:
    changed(first_content(folder), b'"sv"', b'"se"')
    return "content/sv.ndjson: its content is not that of which the manifest has the SHA-256."


def a_file_less(folder: Path) -> str:
    first_content(folder).unlink()
    return "content/sv.ndjson: it is listed in manifest.json and is not there."


def a_file_more(folder: Path) -> str:
    (folder / "more.txt").touch()
    return "more.txt: it is not listed in manifest.json."


def another_shape(folder: Path) -> str:
    changed(first_content(folder), b'"language":"sv","languages"', b'"language":7,"languages"')
    rehashed(folder)
    return "should be of type string."


def no_document(folder: Path) -> str:
    changed(first_content(folder), b'"meta":{', b'"mata":{')
    rehashed(folder)
    return "this is no document."


def a_lost_reference(folder: Path) -> str:
    lines = first_content(folder).read_bytes().splitlines()
    shown = next(
        relation["key"]
        for line in lines
        if json.loads(line)["meta"]["type"] == "strategy.StoryPage"
        for relation in [json.loads(line)["municipality"]]
    )
    for path in (folder / "content").iterdir():
        kept = [
            line
            for line in path.read_bytes().splitlines(keepends=True)
            if json.loads(line)["key"] != shown
        ]
        path.write_bytes(b"".join(kept))
    rehashed(folder)
    return f"it refers to {shown}, which is not in the bundle."


def a_lost_picture(folder: Path) -> str:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    lost = next(file for file in manifest["files"] if file.get("url", "").endswith(".webp"))
    manifest["files"].remove(lost)
    (folder / lost["path"]).unlink()
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return f"{lost['url']} is not in the bundle."


def too_deep(folder: Path) -> None:
    path = first_content(folder)
    line = path.read_bytes().splitlines()[0]
    deep = b'{"a":' * 1_200 + b"1" + b"}" * 1_200
    path.write_bytes(line[:-1] + b',"deep":' + deep + b"}\n")


def no_schema(folder: Path) -> None:
    next((folder / "schema").glob("strategy.*.json")).write_text("[1]", encoding="utf-8")


def a_lost_definition(folder: Path) -> None:
    path = next((folder / "schema").glob("strategy.*.json"))
    schema = json.loads(path.read_text(encoding="utf-8"))
    schema["properties"]["lost"] = {"$ref": "#/$defs/Lost"}
    path.write_text(json.dumps(schema), encoding="utf-8")


@pytest.mark.parametrize("spoil", [too_deep, no_schema, a_lost_definition])
def test_what_cannot_be_checked_at_all_is_said_too(
    example_site: ExampleSite, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    folder = export(tmp_path / "bundle")
    spoil(folder)
    rehashed(folder)
    done = run(folder / "check_bundle.py")
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "spoil",
    [
        another_letter,
        a_file_less,
        a_file_more,
        another_shape,
        no_document,
        a_lost_reference,
        a_lost_picture,
    ],
)
def test_what_is_wrong_is_said(
    example_site: ExampleSite, tmp_path: Path, spoil: Callable[[Path], str]
) -> None:
    folder = export(tmp_path / "bundle")
    expected = spoil(folder)
    assert any(expected in fault for fault in faults(Bundle(folder)))
    done = run(folder / "check_bundle.py")
    assert done.returncode == 1
    assert expected in done.stdout


def test_schemas_are_those_that_others_read(example_site: ExampleSite, tmp_path: Path) -> None:
    bundle = Bundle(export(tmp_path / "bundle"))
    seen: set[str] = set()
    for name in (name for name in bundle.files if name.startswith("content/")):
        for _number, document in bundle.lines(name):
            schema = json.loads(bundle.read(f"schema/{document['meta']['type']}.json"))
            jsonschema.Draft202012Validator.check_schema(schema)
            assert list(Schema(schema).faults(document)) == []
            if document["meta"]["type"] in seen:
                continue
            seen.add(document["meta"]["type"])
            assert jsonschema.Draft202012Validator(schema).is_valid(document)
            for member in ("title", "name", "language", "key"):
                if member in document:
                    wrong = document | {member: 7}
                    assert list(Schema(schema).faults(wrong))
                    assert not jsonschema.Draft202012Validator(schema).is_valid(wrong)


def _edit(site: ExampleSite) -> None:
    page: Any = ContentPage.objects.get(pk=site.pages[ContentPage].pk)
    page.title = "Nu heter den annorlunda"
    page.save_revision().publish()
    story: Any = site.translations[StoryPage, "en"]
    StoryPage.objects.get(pk=story.pk).unpublish()
    PageViewRestriction.objects.create(
        page=StoryPage.objects.get(pk=site.pages[StoryPage].pk),
        restriction_type=PageViewRestriction.LOGIN,
    )


def test_a_bundle_and_what_came_after_are_a_fresh_bundle(
    example_site: ExampleSite, tmp_path: Path
) -> None:
    base = export(tmp_path / "base")
    made_under_the_former_name(base)
    _edit(example_site)
    increment = export(tmp_path / "increment.zip", base=read_base(base / "manifest.json"))
    fresh = export(tmp_path / "fresh")
    read = Bundle(increment)
    assert list(faults(read)) == []
    gone = [line for _number, line in read.lines("removed.ndjson")]
    assert {(line["type"], line["locale"]) for line in gone} >= {(StoryPage._meta.label, "en")}
    assert len(gone) == Removal.objects.filter(sequence__gt=read_base(base).sequence).count()
    done = run(fresh / "apply_increment.py", base, increment, tmp_path / "both")
    assert (done.returncode, done.stderr) == (0, "")
    assert files(tmp_path / "both") == files(fresh)
    # A second one follows on the first.
    nothing = export(tmp_path / "nothing", base=read_base(increment))
    assert not [name for name in Bundle(nothing).files if name.startswith("content/")]
    done = run(fresh / "apply_increment.py", base, nothing, tmp_path / "wrong")
    assert done.returncode == 1
    assert "does not follow on" in done.stderr
    assert not (tmp_path / "wrong").exists()


def test_what_cannot_be_continued_is_refused(example_site: ExampleSite, tmp_path: Path) -> None:
    base = export(tmp_path / "base")
    with pytest.raises(CommandError, match="another choice of languages, types or media"):
        call_command("export_content", tmp_path / "new", since=base, quiet=True)
    manifest = json.loads((base / "manifest.json").read_text(encoding="utf-8"))
    manifest["cursor"] = "WyJjIiwiMGY0ZTZhMWM4YjdkNGYwZSIsMTA0Ml0"
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(CommandError, match="or it is of another site"):
        call_command("export_content", tmp_path / "new", since=tmp_path / "manifest.json")
    with pytest.raises(CommandError, match="there is no manifest"):
        call_command("export_content", tmp_path / "new", since=tmp_path / "none")
    assert not (tmp_path / "new").exists()


def test_nothing_but_a_bundle_is_replaced(example_site: ExampleSite, tmp_path: Path) -> None:
    precious = tmp_path / "home"
    precious.mkdir()
    (precious / "letter.txt").write_text("Kära mormor", encoding="utf-8")
    with pytest.raises(CommandError, match="is there already and is no bundle"):
        call_command("export_content", precious)
    assert files(precious) == {"letter.txt": "Kära mormor".encode()}
    (tmp_path / "other.zip").write_bytes(b"not a zip")
    with pytest.raises(CommandError, match="is there already and is no bundle"):
        call_command("export_content", tmp_path / "other.zip")


@pytest.mark.parametrize(
    "manifest",
    [
        "not JSON",
        '{"name": "a progressive web app", "icons": []}',
        '{"format": 1, "files": []}',
        '{"format": 1, "product": "of another", "files": []}',
        '{"format": 99, "product": {"name": "strategy-cms"}, "files": []}',
        '{"format": 1, "product": {"name": "strategy-cms"}, "files": 3}',
    ],
)
def test_a_bundle_is_known_by_what_its_manifest_says(
    example_site: ExampleSite, tmp_path: Path, manifest: str
) -> None:
    folder, archive = tmp_path / "app", tmp_path / "app.zip"
    folder.mkdir()
    (folder / "manifest.json").write_text(manifest, encoding="utf-8")
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("manifest.json", manifest)
    before = archive.read_bytes()
    for place in (folder, archive):
        with pytest.raises(CommandError, match="is there already and is no bundle"):
            call_command("export_content", place)
    with pytest.raises(CommandError, match="is there already and is no bundle"):
        call_command("export_content", folder, readable=True)
    assert files(folder) == {"manifest.json": manifest.encode()}
    assert archive.read_bytes() == before


@pytest.mark.parametrize("name", [".git/HEAD", "notes.txt", "source/pages/sv/notes.txt"])
@pytest.mark.parametrize("form", ["folder", "bundle.zip", "readable"])
def test_a_bundle_with_something_of_somebodys_is_left_alone(
    example_site: ExampleSite, tmp_path: Path, form: str, name: str
) -> None:
    options = {"readable": form == "readable", "quiet": True}
    out = tmp_path / form
    for _again in range(2):
        call_command("export_content", out, **options)
    if form.endswith(".zip"):
        with zipfile.ZipFile(out, "a") as archive:
            archive.writestr(name, "mine")
    else:
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_text("mine", encoding="utf-8")
    before = out.read_bytes() if out.is_file() else files(out)
    with pytest.raises(CommandError, match=f"has {name} in it, which is no part of the bundle"):
        call_command("export_content", out, **options)
    assert (out.read_bytes() if out.is_file() else files(out)) == before


def test_a_link_to_a_folder_is_replaced_and_the_folder_left(
    example_site: ExampleSite, tmp_path: Path
) -> None:
    out, elsewhere = tmp_path / "bundle", tmp_path / "elsewhere"
    call_command("export_content", elsewhere, quiet=True)
    before = files(elsewhere)
    out.symlink_to(elsewhere)
    call_command("export_content", out, quiet=True)
    assert files(elsewhere) == before


def test_a_run_that_fails_leaves_the_old_one(
    example_site: ExampleSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = export(tmp_path / "bundle")
    before = files(folder)
    monkeypatch.setattr("cms.export.bundle.writing.pieces", _fails)
    with pytest.raises(CommandError, match="could not be written"):
        call_command("export_content", folder, media=True)
    assert files(folder) == before
    assert [path.name for path in tmp_path.iterdir()] == ["bundle"]


def _fails(name: str) -> Any:
    raise OSError(28, "No space left on device", name)


def test_the_commands_say_what_they_did(
    example_site: ExampleSite, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("export_content", tmp_path / "bundle.zip", media=True)
    assert capsys.readouterr().out.startswith("Wrote ")
    call_command("verify_bundle", tmp_path / "bundle.zip")
    assert "are sound" in capsys.readouterr().out
    call_command("export_content", tmp_path / "bundle.zip", quiet=True)
    assert capsys.readouterr().out == ""
    with pytest.raises(CommandError, match="neither a folder nor a"):
        call_command("verify_bundle", __file__)
