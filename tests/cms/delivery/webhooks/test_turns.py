"""Turns are taken, however workers die, stay away or get in each other's way."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cms.delivery.webhooks import attempts, periodic_tasks, sending, turns
from cms.delivery.webhooks.models import Webhook, WebhookDelivery
from tests.cms.delivery.changing import change
from tests.cms.delivery.webhooks.conftest import Tell
from tests.cms.delivery.webhooks.outgoing import let_pass, only, webhook
from tests.cms.delivery.webhooks.receiver import answer, receiving
from tests.worker import work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_private_addresses", "_impatient")]

Status = WebhookDelivery.Status
Problem = WebhookDelivery.Problem


def test_nothing_is_given_up_because_our_own_worker_was_away(tell: Tell) -> None:
    with receiving() as receiver:
        webhook(receiver)
        tell([change(1)])
        let_pass(timedelta(days=3))
        periodic_tasks.tend()
        work()
    assert only().status == Status.DELIVERED


def test_a_worker_that_dies_while_sending(tell: Tell, monkeypatch: pytest.MonkeyPatch) -> None:
    with receiving() as receiver:
        webhook(receiver)
        tell([change(1)])

        def killed(*args: Any) -> Any:
            raise SystemExit

        with monkeypatch.context() as dying:
            dying.setattr(attempts, "send", killed)
            work()
        assert only().status == Status.SENDING
        periodic_tasks.tend()
        work()
        assert receiver.received == []
        let_pass(timedelta(minutes=2))
        periodic_tasks.tend()
        assert (only().status, only().problem) == (Status.WAITING, Problem.LEFT)
        work()
    assert len(receiver.received) == 1
    assert (only().status, only().tries) == (Status.DELIVERED, 2)


def test_a_message_that_kills_every_worker_is_given_up(tell: Tell) -> None:
    with receiving() as receiver:
        webhook(receiver)
        tell([change(1)])
        WebhookDelivery.objects.update(
            status=Status.SENDING, tries=8, claimed_at=timezone.now() - timedelta(minutes=2)
        )
        periodic_tasks.tend()
    assert (only().status, only().problem) == (Status.FAILED, Problem.LEFT)


@pytest.mark.parametrize("state", ["gone", "running", "failed", "never handed over"])
def test_a_turn_whose_task_is_lost(state: str, tell: Tell) -> None:
    with receiving() as receiver:
        to = webhook(receiver)
        tell([change(1)])
        match state:
            case "gone":
                DBTaskResult.objects.all().delete()
            case "running":
                # Claimed by a worker that died before it began.
                DBTaskResult.objects.update(status="RUNNING", started_at=timezone.now())
            case "failed":
                DBTaskResult.objects.update(status="FAILED")
            case _:
                DBTaskResult.objects.all().delete()
                Webhook.objects.update(turn_task="")
        periodic_tasks.tend()
        assert not DBTaskResult.objects.filter(status="READY").exists()
        let_pass(timedelta(minutes=2))
        periodic_tasks.tend()
        work()
    assert len(receiver.received) == 1
    to.refresh_from_db()
    assert to.turn is None


def test_a_worker_that_is_away_finds_one_task(tell: Tell) -> None:
    with receiving() as receiver:
        webhook(receiver)
        tell([change(1)])
        for _minute in range(10):
            let_pass(timedelta(minutes=1))
            periodic_tasks.tend()
        assert DBTaskResult.objects.count() == 1
        work()
    assert len(receiver.received) == 1


def test_a_turn_that_another_has_replaced_does_nothing(tell: Tell) -> None:
    """A message that is due at once does not wait for one that is due in a minute."""
    with receiving(answer(503), answer(204)) as receiver:
        to = webhook(receiver)
        tell([change(1)])
        WebhookDelivery.objects.update(tries=1)
        work()
        Webhook.objects.update(paused_until=None)
        [later] = DBTaskResult.objects.filter(status="READY")
        tell([change(2)])
        work()
        assert len(receiver.received) == 2
        let_pass(timedelta(minutes=2))
        work()
    assert len(receiver.received) == 3
    later.refresh_from_db()
    assert later.status == "SUCCESSFUL"
    assert not DBTaskResult.objects.exclude(status="SUCCESSFUL").exists()
    assert not WebhookDelivery.objects.exclude(status=Status.DELIVERED).exists()
    to.refresh_from_db()
    assert to.turn is None


def test_two_workers_never_claim_the_same(tell: Tell) -> None:
    with receiving() as receiver:
        to = webhook(receiver)
        tell([change(1)])
    now = timezone.now()
    first = attempts.claim(to, now)
    assert first is not None
    assert attempts.claim(to, now) is None


def test_a_late_failure_does_not_undo_what_another_worker_achieved(tell: Tell) -> None:
    with receiving() as receiver:
        to = webhook(receiver)
        tell([change(1)])
    message = attempts.claim(to, timezone.now())
    assert message is not None
    WebhookDelivery.objects.update(status=Status.DELIVERED)
    attempts.record(to, message, sending.Answer(problem=Problem.TIME))
    assert only().status == Status.DELIVERED


def test_a_webhook_that_is_deleted_meanwhile(tell: Tell) -> None:
    with receiving() as receiver:
        to = webhook(receiver)
        tell([change(1)])
        to.delete()
        work()
    assert receiver.received == []
    assert not DBTaskResult.objects.exclude(status="SUCCESSFUL").exists()


def test_a_turn_costs_few_queries(tell: Tell, django_assert_max_num_queries: Any) -> None:
    with receiving() as receiver:
        to = webhook(receiver)
        for number in range(1, 11):
            tell([change(number)])
        Webhook.objects.update(turn=None)
        with django_assert_max_num_queries(20):
            attempts.attempt_next(to.pk)
            turns.follow_up(to.pk)
        assert len(receiver.received) == 1


def test_upkeep_of_nothing_costs_few_queries(django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(8):
        periodic_tasks.tend()
