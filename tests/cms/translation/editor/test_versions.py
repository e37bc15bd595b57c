"""Tests that a text which another replaces is kept, whichever way that comes."""

from pathlib import Path

import pytest
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import String, StringTranslation

from cms.translation.models import StringVersion
from cms.translation.texts.versions import version_of
from home.models import ContentPage
from tests.cms.exchange.carrying import Target, bring, xliff
from tests.cms.translation.editor.desk import Desk, queries_of
from tests.cms.translation.editor.test_saving import LONG_AGO

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]


@pytest.fixture
def stored(desk: Desk) -> StringTranslation:
    """A text of somebody's, from long ago."""
    desk.saved("title", "Riddo")
    StringTranslation.objects.update(updated_at=LONG_AGO)
    found = desk.stored("title")
    assert found is not None
    return found


def test_a_programs_saving_keeps_it(stored: StringTranslation, desk: Desk) -> None:
    stored.data = "Merra"
    stored.save()
    version = StringVersion.objects.get()
    assert (version.data, version.made_by, version.tool) == ("Riddo", desk.user, "")
    assert version.made_at.isoformat().startswith("2026-01-01")
    assert not version.is_machine
    # What is at hand may be older than what is stored.
    old = StringTranslation.objects.get()
    StringTranslation.objects.update(data="Guovllo", translation_type="machine", tool_name="m")
    old.data = "Gáddie"
    old.save()
    latest = StringVersion.objects.order_by("pk").last()
    assert latest is not None
    assert (latest.data, latest.is_machine, latest.tool) == ("Guovllo", True, "m")
    old.delete()
    assert desk.versions() == ["Riddo", "Guovllo", "Gáddie"]


def test_what_is_not_its_text_makes_no_version(stored: StringTranslation, desk: Desk) -> None:
    stored.has_error = True
    _none, statements = queries_of(lambda: stored.save(update_fields=["has_error"]))
    assert not [one for one in statements if "stringversion" in one]
    stored.save()
    assert desk.versions() == []


def test_upstreams_editor_keeps_it(stored: StringTranslation, desk: Desk) -> None:
    address = reverse(
        "wagtail_localize:edit_string_translation",
        args=[desk.translation.pk, desk.segment("title").pk],
    )
    form = "application/x-www-form-urlencoded"
    for text in ("Merra", "Merrariddo"):
        assert desk.client.put(address, f"value={text}", content_type=form).status_code == 200
    # The second was the same person's burst.
    assert desk.versions() == ["Riddo"]
    assert desk.client.delete(address).status_code == 200
    assert desk.versions() == ["Riddo", "Merrariddo"]


def test_a_file_keeps_it(
    stored: StringTranslation, desk: Desk, page: ContentPage, tmp_path: Path
) -> None:
    bring(xliff(tmp_path, page, Target("title", "Kust", "Riddo", 'state="translated"')))
    assert desk.versions() == []
    bring(xliff(tmp_path, page, Target("title", "Kust", "Merra", 'state="translated"')))
    now = desk.stored("title")
    assert now is not None
    assert now.data == "Merra"
    version = StringVersion.objects.get()
    assert (version.data, version.made_by) == ("Riddo", desk.user)


def test_what_goes_with_a_language_or_a_source_is_gone(
    stored: StringTranslation, desk: Desk, page: ContentPage
) -> None:
    desk.saved("title", "Merra", version_of("Riddo"))
    assert StringVersion.objects.count() == 1
    language = Locale.objects.get(language_code="smj")
    for found in Page.objects.filter(locale=language, depth=2):
        found.delete()
    language.delete()
    assert not StringTranslation.objects.exists()
    assert not StringVersion.objects.exists()


def test_a_deleted_string_takes_its_versions_along(stored: StringTranslation, desk: Desk) -> None:
    desk.saved("title", "Merra", version_of("Riddo"))
    String.objects.filter(data="Kust").delete()
    assert not StringTranslation.objects.exists()
    assert not StringVersion.objects.exists()
