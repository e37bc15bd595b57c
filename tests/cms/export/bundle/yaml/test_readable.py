"""A bundle for people: brought in it is the site it was written from; changed it is another."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page

from cms.delivery.publishing.consistency_check import differences
from cms.export.bundle.importing.importer import import_bundle
from cms.export.bundle.writing import BundleOptions, write_bundle
from cms.export.bundle.yaml.reading import open_bundle
from cms.export.bundle.yaml.writing import write_readable
from tests.cms.export.emptying import empty_site
from tests.factories.site import ExampleSite

pytestmark = [pytest.mark.django_db, pytest.mark.one_database("sqlite")]


def silent(name: str) -> None:
    return None


def sources(folder: Path) -> dict[str, bytes]:
    """The editable form of a bundle, and its media."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.relative_to(folder).parts[0] in ("source", "media")
    }


def test_it_says_all_that_the_form_for_programs_does(
    troubled_site: ExampleSite, tmp_path: Path
) -> None:
    def written(name: str) -> Path:
        options = BundleOptions(with_media=True, private=True)
        write_bundle(tmp_path / name, options, silent)
        return tmp_path / name

    before = written("before")
    write_readable(tmp_path / "readable", silent, with_media=True, private=True)
    empty_site()
    import_bundle(open_bundle(tmp_path / "readable"), silent)
    after = written("after")
    assert sources(after) == sources(before)
    assert list(differences()) == []
    assert Page.find_problems() == ([], [], [], [], [])
    write_readable(tmp_path / "again", silent, with_media=True, private=True)
    assert sources(tmp_path / "again") == sources(tmp_path / "readable")


def test_only_what_is_public_is_in_a_public_one(troubled_site: ExampleSite, tmp_path: Path) -> None:
    write_readable(tmp_path / "public", silent, with_media=True, private=False)
    write_bundle(tmp_path / "programs", BundleOptions(with_media=True), silent)
    empty_site()
    import_bundle(open_bundle(tmp_path / "public"), silent)
    write_bundle(tmp_path / "after", BundleOptions(with_media=True), silent)
    before = {n: c for n, c in sources(tmp_path / "programs").items() if n.startswith("source/")}
    after = {n: c for n, c in sources(tmp_path / "after").items() if n.startswith("source/")}
    assert after == before


def run(*arguments: Any, **options: Any) -> str:
    said = StringIO()
    call_command(*arguments, stdout=said, **options)
    return said.getvalue()


def test_the_commands_write_it_and_take_it(troubled_site: ExampleSite, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert "Wrote" in run("export_content", out, "--readable", "--private", "--media")
    assert "0 new, 0 changed" in run("import_content", out, "--update", "--dry-run")
    with pytest.raises(CommandError, match="no hashes"):
        run("verify_bundle", out)
    for more in (["--locale", "sv"], ["--type", "home.ContentPage"], ["--since", str(out)]):
        with pytest.raises(CommandError, match="--readable writes everything to a folder"):
            run("export_content", out, "--readable", *more)
    with pytest.raises(CommandError, match="--readable writes everything to a folder"):
        run("export_content", tmp_path / "out.zip", "--readable")
