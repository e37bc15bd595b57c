"""Moments of documents: publication, and the last change of anything."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils.dateparse import parse_datetime

from cms.delivery.models import PublishedDocument, Removal
from cms.delivery.publishing.consistency_check import differences
from strategy.models import Municipality
from tests.cms.delivery.publishing.small_site import SmallSite, fresh, publish

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]


def stored(instance: Any) -> PublishedDocument:
    return PublishedDocument.objects.get(type=instance._meta.label, object_id=instance.pk)


def body(instance: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(bytes(stored(instance).body))
    return found


def test_every_document_says_when(small_site: SmallSite, visitor: Client) -> None:
    documents = {row.pk: row for row in PublishedDocument.objects.all()}
    assert documents
    for row in documents.values():
        document = json.loads(bytes(row.body))
        assert parse_datetime(document["modified_at"]) == row.modified_at
        assert parse_datetime(document["published_at"])
        assert list(document)[-2:] == ["published_at", "modified_at"]
    items = visitor.get("/api/v3/changes/?limit=1000").json()["items"]
    assert items
    for item in items:
        assert item["modified_at"] == item["document"]["modified_at"]
    fresh(small_site.contact).unpublish()
    [gone] = [
        item
        for item in visitor.get("/api/v3/changes/?limit=1000").json()["items"]
        if item["op"] == "remove" and item["id"] == small_site.contact.pk
    ] or [None]
    removal = Removal.objects.get(object_id=small_site.contact.pk)
    assert gone is None or gone["modified_at"] is None
    assert removal.modified_at is not None


def test_only_what_changes_gets_another_moment(small_site: SmallSite) -> None:
    before = {row.pk: row.modified_at for row in PublishedDocument.objects.all()}
    publish(small_site.contact)
    assert {row.pk: row.modified_at for row in PublishedDocument.objects.all()} == before
    publish(small_site.contact, introduction="<p>Nytt</p>")
    changed = {
        row.object_id
        for row in PublishedDocument.objects.all()
        if row.modified_at != before[row.pk]
    }
    assert small_site.contact.pk in changed
    assert small_site.story.pk not in changed
    assert (
        body(small_site.contact)["published_at"]
        == body(small_site.contact)["meta"]["first_published_at"]
    )


def test_the_same_again_after_it_was_away_is_as_it_was(small_site: SmallSite) -> None:
    page, fact = fresh(small_site.story), small_site.municipality
    Municipality.objects.get(pk=fact.pk).save_revision().publish()
    before, before_of_fact = body(page), body(fact)
    page.unpublish()
    fresh(page).save_revision().publish()
    assert body(page) == before
    Municipality.objects.get(pk=fact.pk).unpublish()
    Municipality.objects.get(pk=fact.pk).save_revision().publish()
    assert body(fact) == before_of_fact
    page = fresh(page)
    page.unpublish()
    publish(page, title="En annan titel")
    assert body(page)["modified_at"] > before["modified_at"]
    assert list(differences()) == []


def test_a_rebuild_keeps_every_moment(small_site: SmallSite) -> None:
    before = {row.pk: (row.digest, row.modified_at) for row in PublishedDocument.objects.all()}
    damaged = stored(small_site.goal)
    PublishedDocument.objects.filter(pk=damaged.pk).update(brotli=b"")
    call_command("published", "rebuild", stdout=StringIO(), stderr=StringIO())
    after = {row.pk: (row.digest, row.modified_at) for row in PublishedDocument.objects.all()}
    assert after == before


def test_a_document_from_before_changed_when_it_was_published(small_site: SmallSite) -> None:
    row = stored(small_site.goal)
    PublishedDocument.objects.filter(pk=row.pk).update(modified_at=None, digest="0" * 64)
    assert any("when it changed" in fault for fault in differences())
    call_command("published", "rebuild", stdout=StringIO(), stderr=StringIO())
    assert stored(small_site.goal).modified_at == fresh(small_site.goal).last_published_at
    assert list(differences()) == []


def test_what_is_rendered_for_a_request_says_the_stored_moment(
    small_site: SmallSite, visitor: Client
) -> None:
    page = small_site.goal
    document = body(page)
    for address in (
        f"/api/v3/pages/{page.pk}/?rich_text_format=markdown",
        f"/api/v2/pages/{page.pk}/",
    ):
        answer = visitor.get(address).json()
        for name in ("modified_at", "published_at", "position", "parent", "breadcrumbs"):
            assert answer[name] == document[name]
