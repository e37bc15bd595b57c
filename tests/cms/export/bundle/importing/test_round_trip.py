"""Tests that export, import into an empty site and export again give the same."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from cms.delivery.publishing.consistency_check import differences
from cms.export.bundle.check_bundle import Bundle, faults
from cms.export.bundle.importing.importer import import_bundle
from cms.export.bundle.writing import BundleOptions, write_bundle
from cms.translation.models import LanguageStatus, StringVersion
from tests.cms.export.emptying import empty_site
from tests.cms.export.tampering import made_under_the_former_name
from tests.factories.site import ExampleSite

pytestmark = pytest.mark.one_database("postgresql")


def silent(name: str) -> None:
    return None


def written(out: Path, *, private: bool) -> Bundle:
    write_bundle(out, BundleOptions(with_media=True, private=private), silent)
    return Bundle(out)


def without_ids(value: Any) -> Any:
    """A document without what is of one database: ids, and addresses in which they stand."""
    if isinstance(value, dict):
        return {
            name: without_ids(part)
            for name, part in value.items()
            if name not in ("id", "detail_url")
        }
    if isinstance(value, list):
        return [without_ids(part) for part in value]
    return re.sub(r"/documents/\d+/", "/documents/", value) if isinstance(value, str) else value


def contents(bundle: Bundle) -> dict[str, Any]:
    """Everything that the files of a bundle say, as it should be in another one."""
    found: dict[str, Any] = {}
    for name, entry in bundle.files.items():
        if name.startswith("content/"):
            found[name] = [without_ids(document) for _number, document in bundle.lines(name)]
        elif name.startswith("source/"):
            found[name] = bundle.read(name).decode().splitlines()
        else:
            found[name] = entry["sha256"]
    return found


def counted() -> set[Any]:
    """The counts of each language with everything."""
    return set(
        LanguageStatus.objects.values_list(
            "source__object",
            "locale__language_code",
            "status",
            "strings",
            "translated",
            "outdated",
            "published",
            "unpublished",
            "to_review",
            "same",
        )
    )


def difference(before: Any, after: Any, at: str = "") -> str | None:
    """The first place where two values differ, and how."""
    if isinstance(before, dict) and isinstance(after, dict) and before.keys() == after.keys():
        parts: Any = before.keys()
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        parts = range(len(before))
    else:
        return None if before == after else f"{at}: {before!r:.500} ≠ {after!r:.500}"
    found = (difference(before[part], after[part], f"{at}/{part}") for part in parts)
    return next(filter(None, found), None)


def assert_same(first: Bundle, second: Bundle) -> None:
    assert difference(contents(first), contents(second)) is None


def test_everything_comes_back(troubled_site: ExampleSite, tmp_path: Path) -> None:
    before = counted()
    written(tmp_path / "first", private=True)
    made_under_the_former_name(tmp_path / "first")
    first = Bundle(tmp_path / "first")
    assert list(faults(first)) == []
    empty_site()
    brought = import_bundle(first, silent)
    assert brought.pages == sum(1 for _line in first.lines("source/pages.ndjson"))
    second = written(tmp_path / "second", private=True)
    assert_same(first, second)
    assert counted() ^ before == set()
    assert list(differences()) == []
    assert not any(Page.find_problems())
    text = json.dumps(first.read("source/pages.ndjson").decode())
    assert "En titel som ingen har sett" in text
    assert list(StringVersion.objects.values_list("data", "tool")) == [("Niin se oli", "vanha.xlf")]


def test_what_is_public_comes_back(troubled_site: ExampleSite, tmp_path: Path) -> None:
    first = written(tmp_path / "first.zip", private=False)
    assert list(faults(first)) == []
    empty_site()
    import_bundle(first, silent)
    second = written(tmp_path / "second.zip", private=False)
    assert_same(first, second)
    assert list(differences()) == []


def test_a_redirect_stays_with_its_site_at_another_address(
    troubled_site: ExampleSite, tmp_path: Path, settings: Settings
) -> None:
    Redirect.objects.create(
        old_path="/flyttad", site=Site.objects.get(), redirect_link="https://example.org/flyttad"
    )
    bundle = written(tmp_path / "bundle", private=True)
    empty_site()
    settings.BASE_URL = "https://annan.example"
    import_bundle(bundle, silent)
    site = Site.objects.get()
    assert site.hostname == "annan.example"
    assert Redirect.objects.get(old_path="/flyttad").site == site
    assert Redirect.objects.get(old_path="/ute").site is None


def test_a_public_bundle_holds_nothing_private(troubled_site: ExampleSite, tmp_path: Path) -> None:
    bundle = written(tmp_path / "bundle", private=False)
    everything = b"".join(
        bundle.read(name) for name in bundle.files if not name.startswith(("media/", "schema/"))
    ).decode()
    for secret in (
        "En titel som ingen har sett",
        "Bara ett utkast",
        "Ännu inte färdigt",
        "Hemligt",
        "Senare",
        "Nämnden",
        "Så var det förr",
        "Niin oli",
        "Inre bild",
        "Internt",
        "Älv",
    ):
        assert secret not in everything, secret
    assert not [name for name in bundle.files if "inre" in name]


def test_a_site_with_content_is_left_alone(troubled_site: ExampleSite, tmp_path: Path) -> None:
    written(tmp_path / "bundle", private=False)
    count = Page.objects.count()
    with pytest.raises(CommandError, match="content of its own"):
        call_command("import_content", tmp_path / "bundle")
    assert Page.objects.count() == count
