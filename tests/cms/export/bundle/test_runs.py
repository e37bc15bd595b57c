"""Tests of the parts of a long file that travel when little of it has changed."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.delivery.tracking.transaction import tracked_transaction
from cms.export.bundle.apply_increment import apply_increment
from cms.export.bundle.check_bundle import BadBundle, Bundle, file_faults
from cms.export.bundle.destination import Destination, Measured, destination
from cms.export.bundle.runs import LINES_ON_AVERAGE, Runs, runs_of, said_of
from cms.export.bundle.since import read_base
from cms.export.bundle.writing import BundleOptions, write_bundle
from home.models import ContentPage
from tests.factories.site import ExampleSite

pytestmark = pytest.mark.one_database("postgresql")

NAME = "source/pages.ndjson"
LINES = [b'{"key": %d}\n' % number for number in range(5_000)]


def said(lines: list[bytes]) -> list[str]:
    return [said_of(run) for run in runs_of(lines)]


def test_a_change_is_in_one_run() -> None:
    before = said(LINES)
    assert len(before) > len(LINES) / LINES_ON_AVERAGE / 2
    for now in (
        [*LINES[:2_500], b"put in\n", *LINES[2_500:]],
        LINES[:2_500] + LINES[2_501:],
        [*LINES[:2_500], b"changed\n", *LINES[2_501:]],
    ):
        assert len(set(said(now)) - {*before}) <= 2
    # What is moved is the same but at its two ends.
    assert len(set(said(LINES[3_000:] + LINES[:3_000])) - {*before}) <= 3


def bundle_of(out: Path, lines: list[bytes], **manifest: Any) -> list[str]:
    """Writes a bundle of one file; says its runs."""
    with destination(out) as bundle:
        Runs(NAME, lines, bundle).store()
        bundle.write_unlisted("manifest.json", described(bundle, **manifest))
    return list(bundle.files[0]["runs"])


def described(bundle: Destination, **more: Any) -> bytes:
    return json.dumps({"format": 1, "files": bundle.files, **more}).encode()


# Few different lines, of which some end a run: the same run comes twice, in another order, alone.
SOME_LINES = st.lists(st.sampled_from([b"%d\n" % number for number in range(60)]), max_size=200)


@given(before=SOME_LINES, now=SOME_LINES)
def test_what_was_there_and_what_is_new_make_the_whole(
    before: list[bytes], now: list[bytes]
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        known = bundle_of(folder / "base.zip", before, cursor="1")
        with destination(folder / "increment.zip") as bundle:
            whole = Destination(Measured())
            Runs(NAME, now, whole).store_new(bundle, known)
            more = {"since": "1", "cursor": "2", "whole": whole.files}
            bundle.write_unlisted("manifest.json", described(bundle, **more))
        increment = Bundle(folder / "increment.zip")
        assert list(file_faults(increment)) == []
        base = Bundle(folder / "base.zip")
        apply_increment(base, increment, folder / "out")
        assert (folder / "out" / NAME).read_bytes() == b"".join(now)
        for one in (base, increment):
            one.close()


def test_a_base_that_knows_no_runs_gets_them_all(example_site: ExampleSite, tmp_path: Path) -> None:
    """A bundle of a product that had none yet, or one whose manifest another program wrote."""
    base, since, fresh, out = (tmp_path / name for name in ("base", "since", "fresh", "out"))
    write_bundle(base, BundleOptions(), lambda name: None)
    manifest = json.loads((base / "manifest.json").read_bytes())
    for entry in manifest["files"]:
        entry.pop("runs", None)
    (base / "manifest.json").write_text(json.dumps(manifest))
    page = example_site.pages[ContentPage]
    page.title = "Nu heter den annorlunda"
    page.save_revision().publish()
    write_bundle(since, BundleOptions(base=read_base(base)), lambda name: None)
    write_bundle(fresh, BundleOptions(), lambda name: None)
    increment = Bundle(since)
    assert list(file_faults(increment)) == []
    assert [number for number, _line in increment.lines(NAME)] == [
        number for number, _line in Bundle(fresh).lines(NAME)
    ]
    apply_increment(Bundle(base), increment, out)
    assert (out / NAME).read_bytes() == (fresh / NAME).read_bytes()


@pytest.mark.parametrize("wrong", ["-5 ab", "many ab", "²2 ab", ["1 ab"], None])
def test_what_is_no_run_is_refused(tmp_path: Path, wrong: Any) -> None:
    bundle_of(tmp_path / "base", LINES[:50], cursor="1")
    runs = [*bundle_of(tmp_path / "now", LINES[:50]), wrong]
    whole = [Bundle(tmp_path / "now").manifest["files"][0] | {"runs": runs}]
    more = {"since": "1", "cursor": "2", "whole": whole}
    bundle_of(tmp_path / "increment", LINES[50:60], **more)
    with pytest.raises(BadBundle, match=r"of source/pages\.ndjson is no run"):
        apply_increment(Bundle(tmp_path / "base"), Bundle(tmp_path / "increment"), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_page_that_changed_travels_without_the_others(
    example_site: ExampleSite, tmp_path: Path
) -> None:
    """Thirty times as many pages as a run has lines: of them one is published anew."""
    parent: Any = example_site.pages[ContentPage]
    # In one transaction, so that they are not published one by one.
    with tracked_transaction():
        for number in range(480):
            slug = f"nummer-{number}"
            parent.add_child(instance=ContentPage(title=slug, slug=slug, locale=parent.locale))
    base, since = tmp_path / "base", tmp_path / "since"
    write_bundle(base, BundleOptions(), lambda name: None)
    page = ContentPage.objects.get(slug="nummer-240")
    page.title = "Nu heter den annorlunda"
    page.save_revision().publish()
    write_bundle(since, BundleOptions(base=read_base(base)), lambda name: None)
    new = [line["fields"]["title"] for _number, line in Bundle(since).lines(NAME)]
    assert page.title in new
    assert len(new) < 480 / 4
    # What has not changed at all does not travel.
    assert "source/images.ndjson" not in Bundle(since).files
    assert "source/images.ndjson" in {entry["path"] for entry in Bundle(since).manifest["whole"]}
