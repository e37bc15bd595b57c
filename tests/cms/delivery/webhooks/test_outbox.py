"""Tests that messages are written down in the transaction that changes documents."""

import base64
import json
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from cms.delivery.publishing.change import documents_changed
from cms.delivery.publishing.sequence import current_sequence
from cms.delivery.webhooks.models import Webhook, WebhookDelivery
from cms.delivery.webhooks.outbox import put_into_outbox
from tests.cms.delivery.changing import change
from tests.cms.delivery.webhooks.conftest import Tell

pytestmark = pytest.mark.django_db


def webhook(**values: Any) -> Webhook:
    return Webhook.objects.create(**{"name": "A", "address": "https://example.org/hook"} | values)


def payloads(to: Webhook) -> list[Any]:
    return [
        json.loads(message.payload)
        for message in WebhookDelivery.objects.filter(webhook=to).order_by("pk")
    ]


def told(to: Webhook) -> list[int]:
    """The ids of the objects that a webhook is told of."""
    return [item["id"] for payload in payloads(to) for item in payload["data"]["changes"]]


def sequence_of(cursor: str) -> int:
    padded = cursor + "=" * (-len(cursor) % 4)
    number: int = json.loads(base64.urlsafe_b64decode(padded))[2]
    return number


def test_a_message(tell: Tell) -> None:
    to = webhook()
    key = uuid4()
    tell(
        [
            change(8, operation="remove", digest=None, document_id=None, path=None),
            change(7, key=key, locale="smj", object_id=12, path="/smj/ulmme/"),
        ]
    )
    [payload] = payloads(to)
    assert payload["type"] == "documents.changed"
    assert payload["timestamp"].startswith("20")
    assert payload["timestamp"].endswith("+00:00")
    # In their order, whatever order they were told in.
    first, second = payload["data"]["changes"]
    assert first == {
        "op": "publish",
        "key": str(key),
        "locale": "smj",
        "id": 12,
        "type": "strategy.GoalPage",
        "path": "/smj/ulmme/",
        "digest": "0" * 64,
    }
    assert (second["op"], second["digest"], second["path"]) == ("remove", None, None)
    # Before the first of them.
    assert sequence_of(payload["data"]["cursor"]) == 6


def test_each_webhook_has_a_message_of_its_own(tell: Tell) -> None:
    first, second = webhook(), webhook()
    tell([change(1)])
    assert payloads(first) == payloads(second)
    assert len(set(WebhookDelivery.objects.values_list("message_id"))) == 2


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, [1, 2, 3]),
        ({"languages": ["smj"]}, [2]),
        ({"languages": ["smj", "sv"]}, [1, 2, 3]),
        ({"types": ["strategy.GoalPage"]}, [1, 2]),
        ({"languages": ["sv"], "types": ["strategy.Municipality"]}, [3]),
        ({"languages": ["fi"]}, []),
        ({"active": False}, []),
    ],
)
def test_what_a_webhook_wants(filters: Any, expected: list[int], tell: Tell) -> None:
    to = webhook(**filters)
    tell([change(1), change(2, locale="smj"), change(3, type="strategy.Municipality", path=None)])
    assert told(to) == expected
    assert len(payloads(to)) == bool(expected)


def test_what_no_list_has_is_not_told(tell: Tell) -> None:
    to = webhook()
    tell([change(1, listed=False)])
    assert payloads(to) == []


def test_many_changes_are_several_messages(tell: Tell) -> None:
    to = webhook()
    tell([change(number) for number in range(1, 251)])
    assert [len(payload["data"]["changes"]) for payload in payloads(to)] == [100, 100, 50]
    assert [sequence_of(payload["data"]["cursor"]) for payload in payloads(to)] == [0, 100, 200]
    assert list(WebhookDelivery.objects.order_by("pk").values_list("changes", flat=True)) == [
        *[100, 100, 50]
    ]


def test_one_task_for_however_many_messages(tell: Tell) -> None:
    webhook()
    for number in range(1, 6):
        tell([change(number)])
    assert WebhookDelivery.objects.count() == 5
    assert DBTaskResult.objects.count() == 1


def test_nothing_is_left_of_what_is_rolled_back(
    django_capture_on_commit_callbacks: Any,
) -> None:
    webhook()

    def change_and_fail() -> None:
        with transaction.atomic():
            documents_changed.send(sender=None, changes=[change(1)])
            assert WebhookDelivery.objects.exists()
            raise ZeroDivisionError

    with django_capture_on_commit_callbacks() as callbacks, pytest.raises(ZeroDivisionError):
        change_and_fail()
    assert callbacks == []
    assert not WebhookDelivery.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_a_worker_hears_of_it_once_it_is_committed(
    django_capture_on_commit_callbacks: Any,
) -> None:
    webhook()
    with django_capture_on_commit_callbacks() as callbacks:
        documents_changed.send(sender=None, changes=[change(1)])
    assert not DBTaskResult.objects.exists()
    [wake] = callbacks
    wake()
    assert DBTaskResult.objects.count() == 1


def test_publishing_pays_three_queries_at_most(django_assert_num_queries: Any) -> None:
    changes = [change(number) for number in range(1, 151)]
    current_sequence()
    with django_assert_num_queries(1):
        put_into_outbox(changes)
    for number in range(5):
        webhook(name=str(number))
    with django_assert_num_queries(3):
        put_into_outbox(changes)
    assert WebhookDelivery.objects.count() == 10
