"""Loading the demo: into an empty site, once, all or nothing, over nobody's work."""

from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from wagtail.images import get_image_model
from wagtail.models import Page, Revision, Site
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from home.models import HomePage
from norrbotten.demo.files import HOME, page_key
from norrbotten.demo.loading import demo_home
from strategy.models import Municipality

pytestmark = pytest.mark.django_db

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


def load(**options: Any) -> str:
    output = StringIO()
    call_command("load_demo", stdout=output, **options)
    return output.getvalue()


def counts() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in COUNTED}


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("missing", [False, True])
def test_a_second_run_changes_nothing(missing: bool) -> None:
    before = counts()
    latest = Page.objects.order_by("-latest_revision_created_at").first()
    load(missing=missing)
    assert counts() == before
    assert Page.objects.order_by("-latest_revision_created_at").first() == latest


@pytest.mark.usefixtures("demo")
def test_the_tree_is_sound() -> None:
    assert not any(Page.find_problems())


@pytest.mark.usefixtures("demo")
def test_the_site_shows_the_demo_and_nothing_else() -> None:
    site = Site.objects.get(is_default_site=True)
    assert site.root_page.specific == demo_home().specific  # type: ignore[union-attr]
    assert isinstance(site.root_page.specific, HomePage)
    assert {type(page) for page in Page.objects.filter(depth=2).specific()} == {HomePage}


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("missing", [False, True])
def test_an_edit_is_kept(missing: bool) -> None:
    page = Page.objects.get(
        translation_key=page_key("om-webbplatsen"), locale__language_code="sv"
    ).specific
    page.title = "Vår nya titel"
    page.save_revision().publish()
    load(missing=missing)
    page.refresh_from_db()
    assert page.title == "Vår nya titel"


@pytest.mark.usefixtures("demo")
def test_what_was_deleted_comes_back_only_when_asked_for() -> None:
    about = Page.objects.filter(translation_key=page_key("om-webbplatsen"))
    for page in about:
        page.specific.delete()
    load()
    assert not about.all().exists()
    assert "Swedish pages: 1 new." in load(missing=True)
    assert {page.locale.language_code for page in about.all()} == {"sv", "en", "fi"}


@pytest.mark.usefixtures("demo")
def test_the_address_of_the_site_follows_the_settings() -> None:
    with override_settings(BASE_URL="https://cms.example.org"):
        assert "https://cms.example.org" in load()
    site = Site.objects.get(is_default_site=True)
    assert (site.hostname, site.port) == ("cms.example.org", 443)


@pytest.mark.usefixtures("demo")
def test_quiet_says_nothing() -> None:
    assert load(quiet=True) == ""


@pytest.mark.usefixtures("demo")
def test_a_site_with_content_of_its_own_is_refused() -> None:
    # With another key, the demo's pages are somebody else's.
    Page.objects.filter(translation_key=page_key(HOME)).update(translation_key=uuid4())
    before = counts()
    with pytest.raises(CommandError, match="pages of its own"):
        load()
    assert counts() == before
