"""Addresses are asked in turns, and count as dead after some days."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings

from cms.common import periodic
from cms.delivery.publishing.sequence import current_sequence
from cms.web_addresses import turns
from cms.web_addresses.checking import asking, hosts
from cms.web_addresses.checking.asking import Answer, Problem, Status
from cms.web_addresses.checking.hosts import host_of
from cms.web_addresses.checking.verdicts import record
from cms.web_addresses.models import Progress, WebAddress, WebAddressPlace, WebHost
from cms.web_addresses.models.addresses import digest_of
from tests.cms.web_addresses.outside import outside

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_asking")]

WORKS = Answer(Status.WORKS, http_status=200, is_answered=True)
MISSING = Answer(Status.GONE, Problem.MISSING, 404, is_answered=True)
BROKEN = Answer(Status.SILENT, Problem.SERVER, 500, is_answered=True)
UNKNOWN = Answer(Status.SILENT, Problem.NAME)
REFUSED = Answer(Status.REFUSED, Problem.REFUSED, 403, is_answered=True)


def make(url: str, **values: Any) -> WebAddress:
    address: WebAddress = WebAddress.objects.create(
        url=url, digest=digest_of(url), host=host_of(url), **values
    )
    address.places.create(type="strategy.Indicator", object_id=1, locale="sv", field="source_url")
    return address


def check() -> None:
    turns.check(lambda: True)


class Clock:
    """A time that a test moves on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        # After what is made meanwhile with the time as it is.
        self.now = timezone.now() + timedelta(minutes=5)
        monkeypatch.setattr(timezone, "now", self.read)

    def read(self) -> datetime:
        """The time."""
        return self.now

    def let_pass(self, **amount: float) -> None:
        """Moves it on."""
        self.now += timedelta(**amount)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def heard(address: WebAddress, answer: Answer) -> WebAddress:
    """The address after one more answer."""
    address.refresh_from_db()
    record(address, answer)
    address.refresh_from_db()
    return address


def test_a_short_outage_alarms_nobody(clock: Clock) -> None:
    Progress.load()
    address = make("https://luleå.se/")
    began = clock.now
    for _failure in range(5):
        assert not heard(address, BROKEN).is_dead
        clock.let_pass(hours=10)
    assert (address.failures, address.failing_since) == (5, began)
    clock.let_pass(hours=30)
    assert heard(address, BROKEN).is_dead
    assert (address.since, address.what_is_wrong) == (began, str(Problem.SERVER.label))
    # It may come back.
    wait = address.next_check_at - clock.now
    assert timedelta(days=2) < wait < timedelta(days=4)
    assert not heard(address, WORKS).is_dead
    assert (address.failures, address.since) == (0, clock.now)
    assert not heard(address, BROKEN).is_dead


def test_what_says_that_it_is_gone_is_believed_the_next_day(clock: Clock) -> None:
    Progress.load()
    address = make("https://luleå.se/")
    assert not heard(address, MISSING).is_dead
    assert timedelta(hours=19) < address.next_check_at - clock.now < timedelta(hours=29)
    clock.let_pass(minutes=5)
    assert not heard(address, MISSING).is_dead
    clock.let_pass(days=1)
    assert heard(address, MISSING).is_dead
    # Who refuses programs may have let the page come back.
    assert not heard(address, REFUSED).is_dead
    assert heard(address, Answer(Status.GONE, Problem.INVALID)).is_dead


def test_when_this_server_does_not_reach_the_net(clock: Clock) -> None:
    Progress.load()
    address, other = make("https://a.se/"), make("https://b.se/")
    heard(other, WORKS)
    clock.let_pass(days=1)
    for _failure in range(6):
        assert not heard(address, UNKNOWN).is_dead
        clock.let_pass(days=1)
    # Another server answers, so it was not the net.
    heard(other, WORKS)
    assert heard(address, UNKNOWN).is_dead


def test_a_turn_asks_each_server_once_and_lets_it_rest(clock: Clock) -> None:
    with outside() as server:
        first, second = make(server.url("204")), make(server.url("fine"))
        elsewhere = make(server.url("404", "localhost"))
        later = make(server.url("later"), next_check_at=clock.now + timedelta(days=1))
        check()
        assert {path for _method, path in server.asked} == {"/204", "/404"}
        check()
        assert {path for _method, path in server.asked} == {"/204", "/404"}
        clock.let_pass(seconds=hosts.PAUSE.total_seconds())
        check()
        assert ("HEAD", "/fine") in server.asked
        assert ("HEAD", "/later") not in server.asked
    for address in (first, second, elsewhere, later):
        address.refresh_from_db()
    assert [one.status for one in (first, second, elsewhere, later)] == [
        "works",
        "works",
        "gone",
        "new",
    ]
    assert first.next_check_at > clock.now + timedelta(days=10)


def test_a_server_that_asks_for_a_rest_has_it(clock: Clock) -> None:
    with outside() as server:
        make(server.url("busy"))
        check()
        make(server.url("fine"), is_wanted=True)
        clock.let_pass(hours=1)
        check()
        assert server.asked == [("HEAD", "/busy")]
        clock.let_pass(hours=2)
        check()
    assert server.asked[-1] == ("HEAD", "/fine")


def test_what_somebody_waits_for_comes_first(clock: Clock) -> None:
    with outside() as server:
        for number in range(3):
            make(server.url(f"{number}"), next_check_at=clock.now - timedelta(days=9))
        wanted = make(server.url("wanted"), is_wanted=True)
        check()
    assert server.asked == [("HEAD", "/wanted")]
    wanted.refresh_from_db()
    assert not wanted.is_wanted


def test_what_nothing_leads_to_any_more_is_not_asked() -> None:
    with outside() as server:
        address = make(server.url("fine"))
        WebAddressPlace.objects.all().delete()
        check()
    assert not server.asked
    assert not WebAddress.objects.filter(pk=address.pk).exists()


def test_a_server_that_somebody_asks_is_left_alone() -> None:
    with outside() as server:
        make(server.url("fine"))
        assert hosts.take("127.0.0.1") is not None
        assert hosts.take("127.0.0.1") is None
        check()
    assert not server.asked


def test_a_worker_that_fails_lets_the_server_go(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any) -> Any:
        raise RuntimeError("a fault")

    monkeypatch.setattr(turns, "ask", fail)
    make("https://luleå.se/")
    with pytest.raises(RuntimeError):
        check()
    assert WebHost.objects.get().free_at < timezone.now() + hosts.PAUSE


def test_one_turn_is_queued_where_there_is_something_to_do(settings: Settings) -> None:
    def queued() -> int:
        tasks: int = DBTaskResult.objects.filter(task_path=turns.take_turn.module_path).count()
        return tasks

    assert periodic._chores["Looking at web addresses"] is turns.wake
    Progress.load()
    feed = current_sequence()
    Progress.objects.update(feed=feed.identity, documents_up_to=feed.last_sequence)
    turns.wake()
    assert queued() == 0
    make("https://luleå.se/")
    settings.WEB_ADDRESSES_CHECK = False
    turns.wake()
    assert queued() == 0
    settings.WEB_ADDRESSES_CHECK = True
    turns.wake()
    turns.wake()
    assert queued() == 1
    # Its worker died.
    Progress.objects.update(turn_at=timezone.now() - timedelta(hours=1))
    turns.wake()
    assert queued() == 2


def test_where_it_is_turned_off_nobody_is_asked(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cms.settings import base

    assert base.WEB_ADDRESSES_CHECK is False
    settings.WEB_ADDRESSES_CHECK = False
    asked: list[str] = []
    monkeypatch.setattr(asking, "CarefulTransport", lambda *args, **options: asked.append(""))
    make("https://luleå.se/", is_wanted=True)
    turns.take_turn.call()
    assert not asked
    assert WebAddress.objects.get().status == Status.NEW
