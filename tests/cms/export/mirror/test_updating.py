"""A mirror that follows changes is the mirror that would be written anew."""

import datetime as dt
import json
import shutil
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone
from pytest_django.fixtures import Settings
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction, Site

from cms.delivery.models import Feed, PublishedDocument, Removal
from cms.delivery.publishing.backlog import render_backlog
from cms.delivery.publishing.periodic_tasks import forget_removals
from cms.export.mirror import updating
from cms.export.mirror.atomic_writes import MirrorRoot
from cms.export.mirror.updating import update
from cms.languages.registry import LANGUAGES
from home.models import ContentPage
from tests.cms.delivery.publishing.small_site import SmallSite, fresh, publish
from tests.cms.export.mirror.looking import assert_exact, look, stored
from tests.factories.media import ImageFactory
from tests.factories.translations import translate

pytestmark = [pytest.mark.django_db, pytest.mark.one_database("postgresql")]


@pytest.fixture(autouse=True)
def _without_delay(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leaves out what makes no other mirror; the other tests of mirrors have it."""
    monkeypatch.setattr(MirrorRoot, "flush", lambda _place: None)
    monkeypatch.setattr(updating, "_program_left_alone", nullcontext)


@pytest.fixture(scope="module")
def first_mirror(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The path of the mirror of the site as every test finds it, once it has been written."""
    return tmp_path_factory.mktemp("first") / "mirror"


@pytest.fixture
def mirror(small_site: SmallSite, root: Path, first_mirror: Path) -> Path:
    """A mirror of the site before it changes: written for one test, copied for the others."""
    if first_mirror.exists():
        shutil.copytree(first_mirror, root, symlinks=True)
    else:
        update(root)
        shutil.copytree(root, first_mirror, symlinks=True)
    return root


def publish_text(site: SmallSite) -> None:
    publish(site.contact, introduction="<p>Ett nytt stycke</p>")


def rename(site: SmallSite) -> None:
    publish(site.goal, title="Fler i arbete nu", slug="arbete-nu")


def unpublish(site: SmallSite) -> None:
    fresh(site.contact).unpublish()


def unpublish_a_translation(site: SmallSite) -> None:
    """Unpublishes a translation: a fallback stands in its place."""
    site.version("contact", "en").unpublish()


def translate_a_page(site: SmallSite) -> None:
    """Translates a page: it stands where a fallback stood."""
    translate(site.goal, "fi")


def move(site: SmallSite) -> None:
    fresh(site.contact).move(fresh(site.home), pos="last-child")


def delete(site: SmallSite) -> None:
    fresh(site.story).delete()


def delete_with_below(site: SmallSite) -> None:
    fresh(site.about).delete()


def restrict(site: SmallSite) -> None:
    PageViewRestriction.objects.create(
        page=fresh(site.about).page_ptr, restriction_type=PageViewRestriction.LOGIN
    )


def make_anew_under_the_same_key(site: SmallSite) -> None:
    """The feed forgets that the page with the old id went."""
    key, parent = site.goal.translation_key, fresh(site.home)
    fresh(site.goal).delete()
    page = ContentPage(title="På nytt", slug="pa-nytt", translation_key=key, locale=parent.locale)
    parent.add_child(instance=page)


def make_an_alias(site: SmallSite) -> None:
    fresh(site.goal).create_alias(parent=fresh(site.home), update_slug="samma-mal")


def change_a_description(site: SmallSite) -> None:
    publish(site.home, image_alt_text="En bred älv")


def show_another_image(site: SmallSite) -> None:
    publish(site.home, image=ImageFactory(title="Berget", file__filename="berget.png"))
    publish(site.story, image=None)


def show_no_image(site: SmallSite) -> None:
    for page in (site.home, site.story):
        publish(page, image=None, image_alt_text="", image_decorative=True)
    publish(site.about, body=[])


def close_a_collection(site: SmallSite) -> None:
    closed = Collection.get_first_root_node().add_child(name="Stängd")
    site.image.collection = closed
    site.image.save()
    CollectionViewRestriction.objects.create(
        collection=closed, restriction_type=CollectionViewRestriction.LOGIN
    )


def change_a_fact(site: SmallSite) -> None:
    publish(site.municipality, name="Luleå kommun")


RENAMED = "annan.example.org"


def rename_the_site(site: SmallSite) -> None:
    one = Site.objects.get()
    one.hostname = RENAMED
    one.save()


def add_a_site(site: SmallSite) -> None:
    """Each of several sites has pages of its own at ``pages/{id}/``."""
    Site.objects.create(hostname="second.example.org", root_page=site.stories)


def nothing(site: SmallSite) -> None:
    pass


SCENARIOS = [
    publish_text,
    rename,
    unpublish,
    unpublish_a_translation,
    translate_a_page,
    move,
    delete,
    delete_with_below,
    restrict,
    make_anew_under_the_same_key,
    make_an_alias,
    change_a_description,
    show_another_image,
    show_no_image,
    close_a_collection,
    change_a_fact,
    rename_the_site,
    nothing,
]


def follow(root: Path) -> None:
    """Brings a mirror up to date and compares it with one that is written anew."""
    render_backlog()
    update(root)
    anew = root.with_name("anew")
    update(anew)
    assert look(root) == look(anew)
    assert stored(root) == stored(anew)
    if Site.objects.count() < 2:
        assert_exact(root)


@pytest.mark.parametrize("change", SCENARIOS, ids=lambda change: change.__name__)
def test_following_is_writing_anew(
    small_site: SmallSite, mirror: Path, change: Callable[[SmallSite], Any], settings: Settings
) -> None:
    # A site answers at its own address, also where that has become another.
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, RENAMED]
    change(small_site)
    follow(mirror)


def test_one_change_after_the_other(small_site: SmallSite, mirror: Path) -> None:
    for change in (publish_text, translate_a_page, change_a_fact, move, unpublish, restrict):
        change(small_site)
        render_backlog()
        update(mirror)
    follow(mirror)


def test_a_second_site_takes_the_pages_away(small_site: SmallSite, mirror: Path) -> None:
    assert any(place.startswith("api/v3/pages/") for place in look(mirror))
    add_a_site(small_site)
    follow(mirror)
    assert not any(place.startswith("api/v3/pages/") for place in look(mirror))


def test_an_alias_is_not_there(small_site: SmallSite, mirror: Path) -> None:
    aliases = PublishedDocument.objects.filter(listed=False).values_list("page_id", flat=True)
    assert aliases
    for page in aliases:
        assert f"api/v3/pages/{page}/index.json" not in look(mirror)


def test_only_what_changed_is_written(small_site: SmallSite, root: Path) -> None:
    first = update(root)
    assert (first.written, first.documents) == (
        first.documents,
        len(PublishedDocument.objects.filter(listed=True)),
    )
    before = inodes(root)
    again = update(root)
    assert not again.changed
    assert (again.written, again.removed) == (0, 0)
    assert inodes(root) == before
    last = Feed.objects.get().last_sequence
    publish_text(small_site)
    changed = PublishedDocument.objects.filter(listed=True, sequence__gt=last)
    outcome = update(root)
    assert outcome.written == changed.count() > 0
    after = inodes(root)
    documents = {place for place in after if "/d/" in place and place.endswith("index.json")}
    new = {place for place in documents if after[place] != before.get(place)}
    # Beside the documents: how much is translated, and the trees, which say when a page changed.
    assert len(new) <= outcome.written + 1 + len(LANGUAGES)


def inodes(root: Path) -> dict[str, tuple[int, int]]:
    return {
        str(path.relative_to(root)): (path.lstat().st_ino, path.lstat().st_mtime_ns)
        for path in root.rglob("*")
        if not path.is_dir() and path.name != "lock"
    }


def test_who_was_away_for_too_long_looks_at_everything(small_site: SmallSite, mirror: Path) -> None:
    unpublish(small_site)
    Removal.objects.update(
        removed_at=timezone.now() - dt.timedelta(days=settings.REMOVALS_KEPT_DAYS + 1)
    )
    assert forget_removals()
    follow(mirror)


def test_the_feed_of_another_database(small_site: SmallSite, mirror: Path) -> None:
    unpublish(small_site)
    Removal.objects.all().delete()
    Feed.objects.update(identity="00000000-0000-4000-8000-000000000001", last_sequence=3_000)
    follow(mirror)


def test_what_somebody_has_put_there_goes(small_site: SmallSite, mirror: Path) -> None:
    (mirror / "api/v3/pages/12345").symlink_to("../../../.mirror/d/00/00/sv")
    (mirror / "api/v3/pages/notes.txt").touch()
    (mirror / "api/v3/entries/xx").mkdir()
    (mirror / "api/v3/entries/xx/11111111-2222-4333-8444-555555555555").touch()
    (mirror / "media/left.png").touch()
    (mirror / ".mirror/d/00").mkdir(exist_ok=True)
    (mirror / ".mirror/d/00/left.sv").mkdir()
    (mirror / ".mirror/exports/left-1").mkdir()
    # What is outside of its own folders belongs to somebody else.
    (mirror / "robots.txt").touch()
    update(mirror, full=True)
    assert (mirror / "robots.txt").exists()
    (mirror / "robots.txt").unlink()
    follow(mirror)


def test_an_export_that_lost_its_content_is_mended(small_site: SmallSite, mirror: Path) -> None:
    (mirror / "api/v3/export/all.ndjson").write_bytes(b"")
    assert update(mirror).changed
    follow(mirror)


def test_without_encodings(small_site: SmallSite, root: Path) -> None:
    def encodings() -> list[str]:
        return [place for place in look(root) if place.endswith((".gz", ".br"))]

    update(root, compressed=False)
    assert not encodings()
    assert_exact(root)
    publish_text(small_site)
    # It stays as it was chosen.
    update(root)
    assert not encodings()
    update(root, compressed=True)
    assert encodings()
    follow(root)
    update(root, compressed=False)
    assert not encodings()
    assert_exact(root)


def test_media_are_those_that_documents_show(small_site: SmallSite, mirror: Path) -> None:
    shown = {place for place in look(mirror) if place.startswith(("media/", "documents/"))}
    assert f"documents/{small_site.file.pk}/{small_site.file.filename}" in shown
    assert f"media/{small_site.image.file.name}" in shown
    unseen = ImageFactory(title="Osedd", file__filename="osedd.png")
    update(mirror, full=True)
    assert f"media/{unseen.file.name}" not in look(mirror)
    close_a_collection(small_site)
    render_backlog()
    update(mirror)
    left = {place for place in look(mirror) if "alven" in place}
    assert not left


def test_trees_that_are_the_same_to_the_byte(small_site: SmallSite, mirror: Path) -> None:
    """One changes, and the other stays where it is."""
    trees = {code: mirror / f"api/v3/tree/{code}" for code in ("rom", "sma", "yi")}
    assert len({(tree / "index.json").read_bytes() for tree in trees.values()}) == 1
    translate(small_site.about, "sma")
    update(mirror)
    assert trees["rom"].resolve().is_dir()
    assert len({(tree / "index.json").read_bytes() for tree in trees.values()}) == 2
    follow(mirror)
    update(mirror, full=True)
    follow(mirror)


def test_a_mirror_of_the_former_layout_is_written_anew(small_site: SmallSite, mirror: Path) -> None:
    """Documents lay in folders of half of their digest, to which the addresses led."""
    for whole in list((mirror / ".mirror/d").glob("*/*")):
        folders = {
            link.name: whole / link.readlink() for link in whole.iterdir() if link.is_symlink()
        }
        for code, folder in folders.items():
            folder.rename(whole.with_name(f"{whole.name}.{code}"))
        shutil.rmtree(whole)
        if (bare := whole.with_name(f"{whole.name}.-")).exists():
            bare.rename(whole)
    for link in (mirror / "api/v3").rglob("*"):
        if link.is_symlink() and "/d/" in (led := str(link.readlink())):
            half, _slash, code = led.rpartition("/")
            link.unlink()
            link.symlink_to(half if code == "-" else f"{half}.{code}")
    state = mirror / ".mirror/state.json"
    said = json.loads(state.read_text(encoding="utf-8"))
    state.write_text(json.dumps({**said, "format": 1, "made_with": "x"}), encoding="utf-8")
    assert_exact(mirror)
    update(mirror)
    follow(mirror)
