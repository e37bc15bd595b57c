"""Several workers at one time, on a database that has them."""

import threading
from collections.abc import Iterator

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from cms.delivery.webhooks.attempts import claim
from cms.delivery.webhooks.models import Webhook, WebhookDelivery

MESSAGES, WORKERS = 40, 4


@pytest.fixture
def webhook(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Webhook]:
    """One that every connection sees; a test's own transaction would hide it."""
    if connection.vendor != "postgresql":
        pytest.skip("Tests on SQLite have one connection.")
    with django_db_blocker.unblock():
        made = Webhook.objects.create(name="A", address="https://example.org/")
        WebhookDelivery.objects.bulk_create(
            WebhookDelivery(webhook=made, type="webhook.test", payload="{}")
            for _number in range(MESSAGES)
        )
        try:
            yield made
        finally:
            made.delete()
            connection.close()


def test_each_message_is_claimed_once(webhook: Webhook) -> None:
    claimed: list[int] = []
    start = threading.Barrier(WORKERS)

    def take_all() -> None:
        start.wait()
        try:
            while (message := claim(webhook, timezone.now())) is not None:
                claimed.append(message.pk)
        finally:
            connection.close()

    workers = [threading.Thread(target=take_all) for _number in range(WORKERS)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(claimed) == len(set(claimed)) == MESSAGES
