"""A page with a few texts, begun in Lule Sámi."""

from collections.abc import Iterator

import pytest
from django.utils.translation import get_language, override

from cms.delivery.tracking.transaction import tracked_transaction
from home.models import ContentPage
from tests.cms.translation.editor.desk import Desk
from tests.cms.translation.scene import Scene
from tests.factories.blocks import rich_text
from tests.factories.site import ExampleSite
from tests.factories.translations import enter_translations

LINKED = 'Läs <a href="https://example.org/">planen</a>.'


@pytest.fixture(autouse=True)
def language_as_before() -> Iterator[None]:
    """A request leaves its language with the thread."""
    with override(get_language()):
        yield


@pytest.fixture
def page(swedish_site: ExampleSite) -> ContentPage:
    found = ContentPage(title="Kust", slug="kust")
    found.introduction = rich_text(LINKED)
    found.body = [("paragraph", rich_text("<b>Ett</b> stycke.") + rich_text("Ett till."))]
    swedish_site.home.add_child(instance=found)
    found.save_revision().publish()
    return ContentPage.objects.get(pk=found.pk)


@pytest.fixture
def desk(page: ContentPage) -> Desk:
    begun = enter_translations(page, "smj", lambda path, text: None)
    begun.save_target(publish=False)
    return Desk(begun)


@pytest.fixture(scope="module")
def module_scene(module_swedish_site: ExampleSite) -> Scene:
    with tracked_transaction():
        return Scene(module_swedish_site)


@pytest.fixture
def scene(module_scene: Scene, swedish_site: ExampleSite) -> Scene:
    return module_scene
