"""Messages arrive, or are tried again; a receiver that is in trouble troubles nobody else."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from standardwebhooks import Webhook as Verifier
from standardwebhooks import WebhookVerificationError

from cms.delivery.webhooks import attempts, outbox, periodic_tasks, sending
from cms.delivery.webhooks.models import Webhook, WebhookDelivery
from tests.cms.delivery.changing import change
from tests.cms.delivery.webhooks.conftest import Tell
from tests.cms.delivery.webhooks.outgoing import let_pass, only, webhook
from tests.cms.delivery.webhooks.receiver import answer, receiving, slow
from tests.worker import work

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("_private_addresses", "_impatient"),
    pytest.mark.shared_out,
]

Status = WebhookDelivery.Status
Problem = WebhookDelivery.Problem


def waits() -> float:
    """Seconds until the next try."""
    return (only().next_try_at - timezone.now()).total_seconds()


def test_a_message_arrives_signed(tell: Tell) -> None:
    with receiving() as receiver:
        to = webhook(receiver)
        tell([change(1)])
        assert receiver.received == []
        work()
    [request] = receiver.received
    verified = Verifier(to.secret).verify(request.body, request.headers)
    assert verified["data"]["changes"][0]["id"] == 1
    with pytest.raises(WebhookVerificationError):
        Verifier(to.secret).verify(request.body + " ", request.headers)
    with pytest.raises(WebhookVerificationError):
        Verifier("whsec_" + "A" * 44).verify(request.body, request.headers)
    message = only()
    assert (message.status, message.http_status, message.tries) == (Status.DELIVERED, 204, 1)
    assert message.finished_at is not None
    assert message.duration is not None
    assert request.headers["webhook-id"] == message.message_id


def test_after_a_new_secret_the_old_one_is_good_for_a_day(tell: Tell) -> None:
    with receiving() as receiver:
        to = webhook(receiver)
        old, new = to.secret, to.renew_secret()
        assert old != new
        tell([change(1)])
        work()
        let_pass(timedelta(days=1, minutes=1))
        tell([change(2)])
        work()
    first, second = receiver.received
    for secret in (old, new):
        Verifier(secret).verify(first.body, first.headers)
    Verifier(new).verify(second.body, second.headers)
    with pytest.raises(WebhookVerificationError):
        Verifier(old).verify(second.body, second.headers)
    periodic_tasks.tend()
    to.refresh_from_db()
    assert (to.secret, to.previous_secret) == (new, "")


def test_an_error_and_then_success(tell: Tell) -> None:
    with receiving(answer(500, "not now"), answer(200)) as receiver:
        to = webhook(receiver)
        tell([change(1)])
        work()
        message = only()
        assert (message.status, message.problem, message.answer) == (
            *(Status.WAITING, Problem.STATUS, "not now"),
        )
        assert 4 < waits() <= 5
        to.refresh_from_db()
        assert (to.failures, to.state) == (1, "not reached")
        work()
        assert len(receiver.received) == 1
        let_pass(timedelta(seconds=5))
        work()
    first, second = receiver.received
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body
    Verifier(to.secret).verify(second.body, second.headers)
    message = only()
    assert (message.status, message.tries, message.problem) == (Status.DELIVERED, 2, "")
    to.refresh_from_db()
    assert (to.failures, to.paused_until) == (0, None)


def test_tries_are_spread_over_a_day_and_then_given_up(tell: Tell) -> None:
    waited = []
    with receiving(answer(503)) as receiver:
        webhook(receiver)
        tell([change(1)])
        work()
        while only().status == Status.WAITING:
            waited.append(round(waits()))
            let_pass(timedelta(seconds=waited[-1] + 1))
            periodic_tasks.tend()
            work()
            assert DBTaskResult.objects.filter(status="READY").count() <= 1
    assert waited == [5, 60, 300, 1_800, 7_200, 18_000, 36_000]
    assert len(receiver.received) == attempts.MOST_TRIES == 8
    message = only()
    assert (message.status, message.http_status, message.tries) == (Status.FAILED, 503, 8)
    assert message.finished_at is not None


def test_jitter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "JITTER", 0.2)
    found = {attempts._waits(1) for _time in range(50)}
    assert len(found) > 10
    for wait in found:
        assert wait is not None
        assert 4 <= wait.total_seconds() <= 6


def test_a_long_wait_sleeps_in_the_database_alone(tell: Tell) -> None:
    with receiving(answer(503)) as receiver:
        webhook(receiver)
        tell([change(1)])
        WebhookDelivery.objects.update(tries=4)
        work()
        assert not DBTaskResult.objects.filter(status="READY").exists()
        periodic_tasks.tend()
        assert not DBTaskResult.objects.filter(status="READY").exists()
        let_pass(timedelta(hours=2, minutes=1))
        periodic_tasks.tend()
        periodic_tasks.tend()
        assert DBTaskResult.objects.filter(status="READY").count() == 1
        work()
    assert len(receiver.received) == 2


def test_gone_turns_the_webhook_off(tell: Tell) -> None:
    with receiving(answer(410)) as receiver:
        to = webhook(receiver)
        tell([change(1)])
        work()
        tell([change(2)])
        work()
    assert len(receiver.received) == 1
    message = only()
    assert (message.status, message.problem) == (Status.FAILED, Problem.GONE)
    to.refresh_from_db()
    assert not to.active
    assert to.gone_at is not None
    assert to.state == "off: the address is no more"


def test_who_is_down_is_left_alone_however_much_waits(
    tell: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Within an hour a receiver that hangs is tried some ten times, not once for each message."""
    monkeypatch.setattr(sending, "TIME_LIMIT", 0.1)
    with receiving(slow(2)) as receiver:
        webhook(receiver)
        for number in range(1, 31):
            tell([change(number)])
        for _minute in range(60):
            periodic_tasks.tend()
            work()
            assert DBTaskResult.objects.filter(status="READY").count() <= 1
            let_pass(timedelta(minutes=1))
    assert 8 <= len(receiver.received) <= 15


def test_a_slow_receiver_makes_another_wait_for_one_message(tell: Tell) -> None:
    with receiving(slow(0.2)) as slow_one, receiving() as quick_one:
        webhook(slow_one)
        webhook(quick_one, languages=["smj"])
        for number in range(1, 6):
            tell([change(number)])
        tell([change(6, locale="smj")])
        arrived: list[int] = []
        quick_one.behaviours = [
            lambda handler: (arrived.append(len(slow_one.received)), answer(204)(handler))  # type: ignore[func-returns-value, list-item]
        ]
        work()
    assert len(slow_one.received) == 6
    assert arrived == [1]


def test_what_waited_for_a_day_is_given_up_untried(tell: Tell) -> None:
    with receiving(answer(503)) as receiver:
        to = webhook(receiver)
        tell([change(1)])
        tell([change(2)])
        Webhook.objects.update(failures=7, paused_until=timezone.now() + timedelta(minutes=4))
        let_pass(timedelta(days=1, minutes=1))
        Webhook.objects.update(paused_until=timezone.now() + timedelta(minutes=4))
        periodic_tasks.tend()
    assert receiver.received == []
    for message in WebhookDelivery.objects.filter(webhook=to):
        assert (message.status, message.problem) == (Status.FAILED, Problem.UNTRIED)


def test_turned_off_it_waits(tell: Tell, django_capture_on_commit_callbacks: Any) -> None:
    with receiving() as receiver:
        to = webhook(receiver)
        tell([change(1)])
        Webhook.objects.update(active=False)
        work()
        periodic_tasks.tend()
        work()
        assert receiver.received == []
        with django_capture_on_commit_callbacks(execute=True):
            outbox.send_test(to)
        work()
        [request] = receiver.received
        sent = Verifier(to.secret).verify(request.body, request.headers)
        assert (sent["type"], sent["data"]["changes"]) == ("webhook.test", [])
        Webhook.objects.update(active=True)
        periodic_tasks.tend()
        work()
    assert len(receiver.received) == 2


def test_again_with_the_same_id(tell: Tell, django_capture_on_commit_callbacks: Any) -> None:
    with receiving() as receiver:
        webhook(receiver)
        tell([change(1)])
        work()
        with django_capture_on_commit_callbacks(execute=True):
            outbox.send_again(only())
        work()
    first, second = receiver.received
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body
    assert (only().status, only().tries) == (Status.DELIVERED, 1)


def test_again_before_the_pause_is_over(
    tell: Tell, django_capture_on_commit_callbacks: Any
) -> None:
    with receiving(answer(503), answer(204)) as receiver:
        webhook(receiver, failures=6)
        tell([change(1)])
        work()
        with django_capture_on_commit_callbacks(execute=True):
            outbox.send_again(only())
        work()
    assert len(receiver.received) == 2


def test_old_messages_are_cleared_away(tell: Tell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(periodic_tasks, "AT_ONCE", 2)
    with receiving() as receiver:
        webhook(receiver)
        for number in range(1, 6):
            tell([change(number)])
        work()
        let_pass(timedelta(days=29))
        periodic_tasks.tend()
        assert WebhookDelivery.objects.count() == 5
        let_pass(timedelta(days=2))
        tell([change(6)])
        periodic_tasks.tend()
        assert only().created_at > timezone.now() - timedelta(hours=1)
