"""The publication of a page with many new blocks costs little more than its draft, in proportion.

Counted in queries and in calls of functions.
"""

import cProfile
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import APIToken
from wagtail_localize.models import StringSegment, TranslationSource

from cms.content import page_limits
from home.models import ContentPage
from tests.factories.blocks import new_blocks
from tests.factories.pages import ContentPageFactory
from tests.factories.site import ExampleSite
from tests.factories.translations import marked, translate

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]


@pytest.fixture
def page(swedish_site: ExampleSite) -> ContentPage:
    page: ContentPage = ContentPageFactory(parent=swedish_site.home, title="Lång", slug="lang")
    page.save_revision().publish()
    return page


Write = Callable[..., Any]


@pytest.fixture
def write(page: ContentPage, admin_user: Any) -> Write:
    _token, secret = APIToken.create_token(user=admin_user, name="writer")

    def call(number: int, word: str, *, publish: bool = True) -> Any:
        fields: dict[str, Any] = {"body": new_blocks(number, word)}
        if publish:
            fields["meta"] = {"action": "publish"}
        answer = Client().patch(
            f"/api/v3/pages/{page.pk}/",
            fields,
            content_type="application/json",
            headers={"Authorization": f"Bearer {secret}"},
        )
        assert answer.status_code == 200, answer.content
        return answer

    call(5, "första")  # It fills the caches.
    return call


def queries_of(write: Write, *arguments: Any) -> int:
    with CaptureQueriesContext(connection) as queries:
        write(*arguments)
    return len(queries)


def calls_of(write: Write, *arguments: Any, publish: bool = True) -> int:
    profile = cProfile.Profile()
    with profile:
        write(*arguments, publish=publish)
    return sum(entry.callcount for entry in profile.getstats())


def test_queries_do_not_grow_with_blocks(write: Write) -> None:
    few = queries_of(write, 20, "få")
    assert queries_of(write, 400, "många") <= few + 25
    # And again, where four hundred others go.
    assert queries_of(write, 400, "andra") <= few + 25


def test_a_publication_is_three_drafts_at_most_and_grows_in_proportion(write: Write) -> None:
    draft = calls_of(write, 300, "utkast", publish=False)
    published = calls_of(write, 300, "nytt")
    assert published <= 3 * draft
    assert calls_of(write, 300, "ytterligare") <= 3 * draft
    assert published <= 4.5 * calls_of(write, 75, "kort")


def test_translations_do_not_make_it_more_than_proportional(
    page: ContentPage, write: Write
) -> None:
    translate(page.get_parent().specific, "en")
    write(75, "kort")
    translate(ContentPage.objects.get(pk=page.pk), "en", marked("en"))
    few, small = queries_of(write, 75, "annat"), calls_of(write, 75, "nytt")
    write(300, "längre")
    assert queries_of(write, 300, "ännu") <= few + 40
    assert calls_of(write, 300, "igen") <= 5 * small


def test_every_block_is_stored_and_to_be_translated(page: ContentPage, write: Write) -> None:
    write(1_000, "allt")
    body = ContentPage.objects.get(pk=page.pk).body
    assert len({block.id for block in body}) == 1_000
    source = TranslationSource.objects.get_for_instance(page)
    segments = StringSegment.objects.filter(source=source, context__field_path__startswith="body.")
    # Two hundred headings, two hundred quotations, two sentences in each of the rest.
    assert segments.count() == 200 + 200 + 2 * 600
    document = Client().get(f"/api/v3/pages/{page.pk}/").json()
    assert [block["type"] for block in document["body"]] == [
        block["type"] for block in new_blocks(1_000, "")
    ]


def test_a_longer_body_that_is_there_is_published(
    page: ContentPage, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_limits, "BLOCKS", 2_000)
    write(1_200, "längre", publish=False)
    monkeypatch.undo()
    fresh = ContentPage.objects.get(pk=page.pk)
    fresh.get_latest_revision().publish()
    published = Client().get(f"/api/v3/pages/{page.pk}/").json()
    assert len(published["body"]) == 1_200
    assert write(1_200, "omskrivet").status_code == 200
