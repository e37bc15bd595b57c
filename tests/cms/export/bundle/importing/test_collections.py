"""Collections are told apart by more than their name, and what is closed stays closed."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from wagtail.models import Collection, CollectionViewRestriction

from cms.content.models import ContentDocument
from cms.content.visibility import public_files
from cms.export.bundle.check_bundle import Bundle
from cms.export.bundle.importing.collection_ways import collection_at
from cms.export.bundle.importing.importer import import_bundle, update
from cms.export.bundle.importing.refusals import FilePosition, RefusedBundle
from cms.export.bundle.since import read_base
from cms.export.bundle.writing import BundleOptions, write_bundle
from cms.export.bundle.yaml.reading import open_bundle
from cms.export.bundle.yaml.writing import write_readable
from tests.cms.export.emptying import empty_site
from tests.factories.media import DocumentFactory
from tests.factories.site import ExampleSite

pytestmark = [pytest.mark.django_db, pytest.mark.one_database("sqlite")]

PRIVATE = BundleOptions(with_media=True, private=True)


def silent(name: str) -> None:
    return None


@pytest.fixture
def twins(example_site: ExampleSite) -> tuple[ContentDocument, ContentDocument]:
    """A file in each of two collections of one name beside each other; the second is closed."""
    made = []
    for name in ("first", "second"):
        # Each child changes the row above it.
        folder = Collection.get_first_root_node().add_child(name="Protokoll")
        made.append(DocumentFactory(title=name, file__filename=f"{name}.pdf", collection=folder))
    CollectionViewRestriction.objects.create(collection=folder, restriction_type="login")
    return made[0], made[1]


def public_titles() -> set[str]:
    found = public_files(ContentDocument).filter(title__in=["first", "second"])
    return set(found.values_list("title", flat=True))


@pytest.mark.parametrize("is_readable", [False, True])
def test_of_two_with_one_name_one_is_closed(
    twins: tuple[Any, Any], tmp_path: Path, is_readable: bool
) -> None:
    out = tmp_path / "bundle"
    if is_readable:
        write_readable(out, silent, with_media=True, private=True)
    else:
        write_bundle(out, PRIVATE, silent)
    assert public_titles() == {"first"}
    empty_site()
    import_bundle(open_bundle(out), silent)
    assert Collection.objects.filter(name="Protokoll").count() == 2
    assert public_titles() == {"first"}
    update(open_bundle(out), silent)
    assert Collection.objects.filter(name="Protokoll").count() == 2
    assert public_titles() == {"first"}


def test_what_is_closed_stays_behind_without_private(
    twins: tuple[Any, Any], tmp_path: Path
) -> None:
    write_bundle(tmp_path / "bundle", BundleOptions(with_media=True), silent)
    for path in (tmp_path / "bundle").rglob("*"):
        assert "second" not in path.name
        if path.suffix in {".json", ".ndjson"}:
            assert "second.pdf" not in path.read_text(encoding="utf-8")


def test_an_update_closes_before_it_brings_and_opens_nothing(
    twins: tuple[Any, Any], tmp_path: Path
) -> None:
    first, second = twins
    write_bundle(tmp_path / "bundle", PRIVATE, silent)
    # Here the one is closed that is open there; and what is to be closed is not here at all.
    CollectionViewRestriction.objects.all().delete()
    CollectionViewRestriction.objects.create(collection=first.collection, restriction_type="groups")
    name = second.file.name
    second.delete()
    default_storage.delete(name)
    Collection.objects.get(pk=second.collection_id).delete()
    update(Bundle(tmp_path / "bundle"), silent)
    assert public_titles() == set()


@pytest.mark.parametrize("way", ["x", [3], [["x"]], [["x", 0]], [["x", 9999]], [["x", True]]])
def test_a_way_that_is_none_is_refused(db: None, way: Any) -> None:
    with pytest.raises(RefusedBundle, match="is no way to a collection"):
        collection_at(FilePosition("source/documents.ndjson", 1), way)
    assert not Collection.objects.filter(name="x").exists()


def test_an_increment_has_a_file_that_was_replaced_by_one_of_the_same_name_and_length(
    example_site: ExampleSite, tmp_path: Path
) -> None:
    document = DocumentFactory(file__filename="same.pdf", file__data=b"before")
    write_bundle(tmp_path / "bundle", PRIVATE, silent)
    Path(document.file.path).write_bytes(b"behind")
    options = BundleOptions(with_media=True, private=True, base=read_base(tmp_path / "bundle"))
    write_bundle(tmp_path / "new", options, silent)
    name = f"media/{document.file.name}"
    assert (tmp_path / "new" / name).read_bytes() == b"behind"
    assert len(list((tmp_path / "new" / "media").rglob("*.pdf"))) == 1
    shutil.rmtree(tmp_path / "new")
