"""Addresses are noted where they stand, as what is published changes."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.delivery.models import Feed, Removal
from cms.web_addresses.gathering import following
from cms.web_addresses.gathering.following import gather
from cms.web_addresses.gathering.standing import addresses_in, web_address
from cms.web_addresses.models import Progress, WebAddress, WebAddressPlace
from strategy.models import CulturePage, Indicator
from tests.cms.delivery.visibility.pages import close, fresh
from tests.factories.site import ExampleSite

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

Places = set[tuple[str, str, int | None, str, str]]


def gather_all() -> None:
    gather(lambda: True)


def places_of(page: Any) -> Places:
    rows = WebAddressPlace.objects.filter(page_id=page.pk).values_list(
        "address__url", "field", "number", "block_type", "block_id"
    )
    return set(rows)


def publish_links(page: Any, *blocks: dict[str, Any]) -> Any:
    page = fresh(page)
    page.body = json.dumps(blocks)
    page.save_revision().publish()
    return page


def paragraph(number: int, *urls: str) -> dict[str, Any]:
    links = "".join(f'<a href="{url}">x</a>' for url in urls)
    return {"type": "paragraph", "id": f"p{number}", "value": f"<p>{links}</p>"}


@pytest.mark.parametrize(
    ("text", "url"),
    [
        (" https://luleå.se/a?b=c#d ", "https://luleå.se/a?b=c"),
        ("HTTP://LULEÅ.se", "HTTP://LULEÅ.se"),
        ("//luleå.se/", "https://luleå.se/"),
        ("mailto:a@b.se", None),
        ("/sv/", None),
        ("#here", None),
        (None, None),
        ("https://a.se/" + "a" * 2_000, None),
    ],
)
def test_what_is_an_address(text: str | None, url: str | None) -> None:
    assert web_address(text) == url


def test_addresses_follow_what_is_published(swedish_site: ExampleSite) -> None:
    culture = swedish_site.pages[CulturePage]
    gather_all()
    everything = {
        (place.type, place.object_id, place.address.url)
        for place in WebAddressPlace.objects.select_related("address")
    }
    indicator = Indicator.objects.exclude(source_url="").filter(live=True).first()
    assert indicator is not None
    assert ("strategy.Indicator", indicator.pk, indicator.source_url) in everything

    link = {"text": "Mer", "page": None, "url": "https://b.se/"}
    culture = publish_links(
        culture,
        paragraph(1, "https://a.se/?x=1&amp;y=2#z", "https://a.se/?x=1&amp;y=2", "mailto:a@b.se"),
        {"type": "link", "id": "l1", "value": link},
    )
    gather_all()
    found = {
        ("https://a.se/?x=1&y=2", "body", 0, "paragraph", "p1"),
        ("https://b.se/", "body", 1, "link", "l1"),
    }
    assert {place for place in places_of(culture) if place[1] == "body"} == found
    # A draft changes nothing, nor does a change without addresses.
    draft = fresh(culture)
    draft.body = "[]"
    draft.save_revision()
    gather_all()
    assert found <= places_of(culture)
    kept = set(WebAddressPlace.objects.filter(page_id=culture.pk).values_list("pk", flat=True))
    other = fresh(culture)
    other.title = "Annan titel"
    other.save_revision().publish()
    gather_all()
    assert kept == set(
        WebAddressPlace.objects.filter(page_id=culture.pk).values_list("pk", flat=True)
    )

    publish_links(culture, {"type": "link", "id": "l1", "value": link})
    gather_all()
    [one] = [place for place in places_of(culture) if place[1] == "body"]
    assert one == ("https://b.se/", "body", 0, "link", "l1")
    # What was known of the other is kept for a while, should it come back.
    assert WebAddress.objects.filter(url="https://a.se/?x=1&y=2").exists()


@pytest.mark.parametrize("way", ["unpublish", "delete", "close"])
def test_what_readers_no_longer_see_is_taken_out(swedish_site: ExampleSite, way: str) -> None:
    culture = publish_links(swedish_site.pages[CulturePage], paragraph(1, "https://a.se/"))
    gather_all()
    assert places_of(culture)
    if way == "unpublish":
        fresh(culture).unpublish()
    elif way == "delete":
        fresh(culture).delete()
    else:
        close(culture)
    gather_all()
    assert not places_of(culture)


def test_a_feed_that_forgot_or_is_another(swedish_site: ExampleSite) -> None:
    culture = publish_links(swedish_site.pages[CulturePage], paragraph(1, "https://a.se/"))
    gather_all()
    count = WebAddressPlace.objects.count()
    own = len(places_of(culture))
    fresh(culture).unpublish()
    Removal.objects.all().delete()
    feed = Feed.objects.get()
    Feed.objects.update(forgotten_sequence=feed.last_sequence)
    gather_all()
    assert not places_of(culture)
    assert WebAddressPlace.objects.count() == count - own

    # Another database was loaded: what is noted of documents that it lacks goes.
    WebAddressPlace.objects.update(object_id=10**9)
    Progress.objects.update(feed="00000000-0000-0000-0000-000000000000")
    gather_all()
    assert WebAddressPlace.objects.count() == count - own


def test_many_documents_are_a_few_queries(swedish_site: ExampleSite) -> None:
    gather_all()
    publish_links(swedish_site.pages[CulturePage], paragraph(1, "https://a.se/"))
    with CaptureQueriesContext(connection) as one:
        gather_all()
    WebAddressPlace.objects.all().delete()
    Progress.objects.update(documents_up_to=0)
    with CaptureQueriesContext(connection) as all_of_them:
        gather_all()
    # One more for each type, of which there are some twenty.
    assert len(all_of_them) < len(one) + 60
    with CaptureQueriesContext(connection) as nothing:
        gather_all()
    assert len(nothing) == 2


def test_what_cannot_be_read_stops_nothing_else(
    swedish_site: ExampleSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail_of_indicators(instance: Any) -> Any:
        if isinstance(instance, Indicator):
            raise TypeError("stored as nobody expects")
        return addresses_in(instance)

    monkeypatch.setattr(following, "addresses_in", fail_of_indicators)
    gather_all()
    assert not WebAddressPlace.objects.filter(type="strategy.Indicator").exists()
    assert WebAddressPlace.objects.exists()


def test_only_as_much_as_there_is_time_for(swedish_site: ExampleSite) -> None:
    gather(lambda: False)
    assert not WebAddressPlace.objects.exists()
    assert list(addresses_in(fresh(swedish_site.pages[CulturePage])))
