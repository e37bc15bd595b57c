"""A bundle into a site that has content: what has the same key becomes the same."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from wagtail.models import Page, PageLogEntry
from wagtail_localize.models import StringTranslation

from cms.delivery.publishing.backlog import render_backlog
from cms.delivery.publishing.consistency_check import differences
from cms.export.bundle.check_bundle import Bundle
from cms.export.bundle.importing.importer import import_bundle, update
from cms.export.bundle.writing import BundleOptions, write_bundle
from cms.translation.models import Suggestion
from home.models import ContentPage
from strategy.models import GoalPage, Municipality, StoryPage
from tests.cms.export.bundle.importing.test_round_trip import contents, difference
from tests.factories.building import analyze

pytestmark = pytest.mark.one_database("postgresql")


def silent(name: str) -> None:
    return None


@pytest.fixture(scope="module")
def module_brought(module_bundles: Path) -> Bundle:
    """A bundle, and the site that was made of it, once for all tests."""
    read = Bundle(module_bundles / "bundle")
    import_bundle(read, silent)
    analyze()
    return read


@pytest.fixture
def brought(module_brought: Bundle, db: None) -> Bundle:
    """A bundle, and the site that was made of it; what a test changes is undone after it."""
    return module_brought


def swedish(model: Any, **wanted: Any) -> Any:
    return model.objects.filter(locale__language_code="sv", live=True, **wanted).first()


def source(folder: Path) -> dict[str, Any]:
    """The editable form of what is here now."""
    write_bundle(folder, BundleOptions(private=True), silent)
    found = contents(Bundle(folder))
    shutil.rmtree(folder)
    return {name: lines for name, lines in found.items() if name.startswith("source/")}


def test_the_same_changes_nothing(brought: Bundle) -> None:
    log = PageLogEntry.objects.count()
    changes = update(brought, silent)
    assert changes.lines == []
    assert set(changes.counts) == {"unchanged"}
    assert set(changes.texts) == {"unchanged"}
    assert PageLogEntry.objects.count() == log


def test_what_was_changed_here_becomes_what_it_was(brought: Bundle, tmp_path: Path) -> None:
    before = source(tmp_path / "before")
    goal, story, fact = swedish(GoalPage), swedish(StoryPage), swedish(Municipality)
    goal.title = "Ett annat mål"
    goal.save_revision().publish()
    story.unpublish()
    fact.delete()
    changes = update(brought, silent)
    assert f"changed: {GoalPage._meta.label} sv {goal.title!r} (title)" not in changes.lines
    assert any(
        line.startswith(f"changed: {GoalPage._meta.label} sv") and line.endswith("(title)")
        for line in changes.lines
    )
    assert any(
        line.startswith(f"changed: {StoryPage._meta.label} sv") and "live" in line
        for line in changes.lines
    )
    assert any(line.startswith(f"new: {Municipality._meta.label} sv") for line in changes.lines)
    render_backlog()
    assert list(differences()) == []
    assert not any(Page.find_problems())
    after = source(tmp_path / "after")
    for name in ("source/site.json", "source/images.ndjson", "source/documents.ndjson"):
        assert before[name] == after[name]
    # When something was published is when it was.
    assert [without_moments(line) for line in after["source/pages.ndjson"]] == [
        without_moments(line) for line in before["source/pages.ndjson"]
    ]


def without_moments(line: str) -> Any:
    record = json.loads(line)
    return {
        name: value
        for name, value in record.items()
        if name not in ("first_published_at", "last_published_at", "modified_at")
    }


def test_a_page_that_was_moved_or_deleted(brought: Bundle) -> None:
    goal, story = swedish(GoalPage), swedish(StoryPage)
    address = goal.url_path
    GoalPage.objects.get(pk=goal.pk).move(
        Page.objects.get(pk=goal.pk).get_parent().get_parent().get_parent(), pos="last-child"
    )
    key = story.translation_key
    StoryPage.objects.get(pk=story.pk).delete()
    changes = update(brought, silent)
    assert GoalPage.objects.get(pk=goal.pk).url_path == address
    assert StoryPage.objects.get(translation_key=key, locale=story.locale).live
    assert changes.counts["new"] == 1
    assert not any(Page.find_problems())
    render_backlog()
    assert list(differences()) == []


def test_a_trial_run_writes_nothing(brought: Bundle, tmp_path: Path) -> None:
    goal = swedish(GoalPage)
    goal.title = "Ett annat mål"
    goal.save_revision().publish()
    before = source(tmp_path / "before")
    changes = update(brought, silent, dry_run=True)
    assert changes.counts["changed"] == 1
    assert difference(before, source(tmp_path / "after")) is None
    assert GoalPage.objects.get(pk=goal.pk).title == "Ett annat mål"
    assert default_storage.exists("original_images")


def test_nobodys_translation_is_overwritten(brought: Bundle) -> None:
    texts = StringTranslation.objects.filter(locale__language_code="en").order_by("pk")
    younger, gone = texts[0], texts[1]
    younger.data = "Better words"
    younger.save()
    StringTranslation.objects.filter(pk=gone.pk).delete()
    changes = update(brought, silent)
    assert StringTranslation.objects.get(pk=younger.pk).data == "Better words"
    assert changes.texts["kept"] == 1
    assert changes.texts["new"] == 1
    assert Suggestion.objects.filter(context=younger.context, locale=younger.locale).count() == 1
    assert StringTranslation.objects.filter(
        context=gone.context, translation_of=gone.translation_of, locale=gone.locale, data=gone.data
    ).exists()
    update(brought, silent)
    assert Suggestion.objects.filter(context=younger.context, locale=younger.locale).count() == 1


def test_an_older_text_gives_way_and_is_kept_as_a_suggestion(brought: Bundle) -> None:
    text = StringTranslation.objects.filter(locale__language_code="en").order_by("pk")[0]
    right = text.data
    StringTranslation.objects.filter(pk=text.pk).update(
        data="Worse words", updated_at="2001-01-01T00:00:00Z"
    )
    changes = update(brought, silent)
    assert changes.texts["replaced"] == 1
    assert StringTranslation.objects.get(pk=text.pk).data == right
    assert Suggestion.objects.filter(context=text.context, data="Worse words").count() == 1


def test_what_is_public_alone_is_refused(brought: Bundle, tmp_path: Path) -> None:
    write_bundle(tmp_path / "public", BundleOptions(with_media=True), silent)
    with pytest.raises(CommandError, match="Write it with --private"):
        call_command("import_content", tmp_path / "public", update=True)
    with pytest.raises(CommandError, match="--dry-run is for --update"):
        call_command("import_content", tmp_path / "public", dry_run=True)


def test_the_command_says_what_it_did(brought: Bundle, capsys: pytest.CaptureFixture[str]) -> None:
    goal = swedish(GoalPage)
    goal.title = "Ett annat mål"
    goal.save_revision().publish()
    call_command("import_content", brought.path, update=True, dry_run=True)
    said = capsys.readouterr().out
    assert "1 changed" in said
    assert "trial run" in said


def test_pages_come_into_the_order_of_the_bundle(brought: Bundle, tmp_path: Path) -> None:
    before = source(tmp_path / "before")["source/pages.ndjson"]
    home = Page.objects.get(depth=2, locale__language_code="sv")
    # One that the bundle does not have stays where it is.
    other = home.add_child(instance=ContentPage(title="Här bara", slug="har-bara"))
    first, second, *_more, last = home.get_children().exclude(pk=other.pk).order_by("path")
    last.move(first, pos="left")
    Page.objects.get(pk=first.pk).move(Page.objects.get(pk=second.pk), pos="right")
    changes = update(brought, silent)
    assert changes.counts["reordered"] == len(changes.lines) > 0
    assert all(line.startswith("reordered: ") for line in changes.lines)
    after = source(tmp_path / "after")["source/pages.ndjson"]
    # Documents of what was moved and came back have changed twice.
    assert [without_moments(line) for line in after if "har-bara" not in line] == [
        without_moments(line) for line in before
    ]
    assert not any(Page.find_problems())
    render_backlog()
    assert list(differences()) == []
    assert update(brought, silent).lines == []
