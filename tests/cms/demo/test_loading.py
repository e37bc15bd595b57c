"""The demo is a bundle: brought in whole, written again the same, and over nobody's work."""

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.test import override_settings
from wagtail.fields import StreamField
from wagtail.images import get_image_model
from wagtail.models import Page, Revision, Site
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from cms.delivery.models import Feed
from cms.delivery.publishing.consistency_check import differences
from cms.demo.site import BUNDLE, HOME_KEY, start_page
from cms.export.bundle.editable.shapes import shape_of
from cms.export.bundle.yaml.writing import write_readable
from cms.translation.models import LanguageStatus
from home.models import HomePage
from strategy.models import Municipality

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("demo"),
    pytest.mark.one_database("postgresql"),
]

COUNTED = (
    Page,
    Revision,
    StringSegment,
    StringTranslation,
    Translation,
    Municipality,
    Site,
    get_image_model(),
)


@pytest.fixture(autouse=True)
def _users_need_no_password(tmp_path: Path) -> Iterator[None]:
    with override_settings(
        DATA_DIR=tmp_path,
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ):
        yield


def prepare() -> str:
    output = StringIO()
    call_command("prepare_demo", stdout=output)
    return output.getvalue()


def counts() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in COUNTED}


def update(**options: Any) -> str:
    output = StringIO()
    call_command("import_content", BUNDLE, update=True, stdout=output, **options)
    return output.getvalue()


def about() -> Any:
    return Page.objects.get(slug="om-webbplatsen", locale__language_code="sv").specific


def test_written_again_it_is_the_same(tmp_path: Path) -> None:
    Site.objects.update(hostname="localhost", port=8000)
    write_readable(tmp_path / "again", lambda name: None, with_media=True, private=True)

    def files(folder: Path) -> dict[str, bytes]:
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file()
        }

    written, kept = files(tmp_path / "again"), files(BUNDLE)
    assert set(written) == set(kept)
    assert [name for name in kept if kept[name] != written[name]] == []


def test_nothing_would_be_changed_by_bringing_it_in_again() -> None:
    before = counts()
    said = update(dry_run=True)
    assert "0 new, 0 changed" in said
    assert "0 replaced by younger ones, 0 kept though the bundle has others" in said
    assert counts() == before


def test_pages_say_what_their_translations_do() -> None:
    wrong = LanguageStatus.objects.exclude(unpublished=0)
    assert list(wrong.values_list("source__object_repr", "locale__language_code")) == []
    for translation in Translation.objects.select_related("source", "target_locale"):
        before = translation.get_target_instance()
        rendered = translation.source.create_or_update_translation(
            translation.target_locale, fallback=True, publish=False
        )[0]
        said = rendered.get_latest_revision_as_object() if isinstance(rendered, Page) else rendered
        assert content_of(said) == content_of(before), f"{translation}"


def content_of(instance: Any) -> dict[str, Any]:
    model: Any = type(instance)
    shape = shape_of(model)
    said = instance.serializable_data()
    return {
        # The order of members is the database's own.
        name: json.loads(said[name])
        if isinstance(shape.fields.get(name), StreamField)
        else said[name]
        for name in [*shape.fields, *(one.name for one in shape.children)]
    }


def test_every_document_is_what_would_be_rendered() -> None:
    assert list(differences()) == []


def test_a_second_run_changes_nothing() -> None:
    Feed.objects.update(fingerprint="that of another program")
    prepare()
    before = counts()
    latest = Page.objects.order_by("-latest_revision_created_at").first()
    assert "loaded already" in prepare()
    assert counts() == before
    assert Page.objects.order_by("-latest_revision_created_at").first() == latest


def test_the_tree_is_sound() -> None:
    assert not any(Page.find_problems())


def test_the_site_shows_the_demo_and_nothing_else() -> None:
    site = Site.objects.get(is_default_site=True)
    assert site.root_page == start_page("sv")
    assert {type(page) for page in Page.objects.filter(depth=2).specific()} == {HomePage}


def test_an_edit_is_kept() -> None:
    page = about()
    page.title = "Vår nya titel"
    page.save_revision().publish()
    prepare()
    assert about().title == "Vår nya titel"


def test_what_was_deleted_comes_back_only_when_asked_for() -> None:
    key = about().translation_key
    for page in Page.objects.filter(translation_key=key):
        page.specific.delete()
    prepare()
    assert not Page.objects.filter(translation_key=key).exists()
    assert "3 new, 0 changed" in update()
    found = Page.objects.filter(translation_key=key)
    assert {page.locale.language_code for page in found} == {"sv", "en", "fi"}


def test_the_address_of_the_site_follows_the_settings() -> None:
    with override_settings(BASE_URL="https://cms.example.org"):
        prepare()
    site = Site.objects.get(is_default_site=True)
    assert (site.hostname, site.port) == ("cms.example.org", 443)


def test_a_site_with_content_of_its_own_is_left_alone() -> None:
    # With another key, the demo's pages are somebody else's.
    Page.objects.filter(translation_key=HOME_KEY).update(translation_key=uuid4())
    before, users = counts(), get_user_model().objects.count()
    assert "content of its own" in prepare()
    assert counts() == before
    assert get_user_model().objects.count() == users
    with pytest.raises(CommandError, match="content of its own"):
        call_command("import_content", BUNDLE)
    assert counts() == before
