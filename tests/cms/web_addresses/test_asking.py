"""One address, asked once: of servers good and bad, over a real connection."""

import ssl
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from cms.common.outgoing import addresses
from cms.web_addresses.checking import asking
from cms.web_addresses.checking.asking import Answer, ask, judge_unasked
from cms.web_addresses.checking.hosts import host_of
from cms.web_addresses.models import WebHost
from tests.cms.delivery.webhooks.test_sending import certificate
from tests.cms.web_addresses.outside import Outside, outside

# What is asked and answered is the same on every database.
pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.usefixtures("_asking")]


def asked(url: str) -> Answer:
    return ask(url, WebHost.objects.get_or_create(name=host_of(url))[0])


def said(answer: Answer) -> tuple[str, str, int | None]:
    return answer.status, answer.problem, answer.http_status


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("fine?a=1", ("works", "", 200)),
        ("204", ("works", "", 204)),
        ("no-head", ("works", "", 206)),
        ("no-head-hangs-up", ("works", "", 206)),
        ("416", ("works", "", 416)),
        ("404", ("gone", "missing", 404)),
        ("410", ("gone", "missing", 410)),
        ("401", ("refused", "refused", 401)),
        ("403", ("refused", "refused", 403)),
        ("503", ("refused", "refused", 503)),
        ("999", ("refused", "refused", 999)),
        ("500", ("silent", "server", 500)),
        ("hanging", ("silent", "time", None)),
        ("loop", ("silent", "loop", None)),
        ("to-302-loop", ("silent", "loop", None)),
        ("to-302-nowhere", ("silent", "loop", None)),
        ("to-302-fine", ("works", "", 200)),
        ("to-301-404", ("gone", "missing", 404)),
        ("to-301-to-302-fine", ("works", "", 200)),
    ],
)
def test_what_is_said_of_an_answer(path: str, expected: tuple[str, str, int | None]) -> None:
    with outside() as server:
        assert said(asked(server.url(path))) == expected


def test_who_asks_says_so_and_asks_briefly() -> None:
    with outside() as server:
        began = time.monotonic()
        # Its answer to GET has no end.
        assert asked(server.url("endless")).status == "works"
        assert asked(server.url("404")).status == "gone"
        assert time.monotonic() - began < asking.TIME_LIMIT
    assert server.asked == [
        ("HEAD", "/endless"),
        ("GET", "/endless"),
        ("HEAD", "/404"),
        ("GET", "/404"),
    ]
    assert server.robots_asked == 1
    [agent] = server.agents
    assert agent.startswith("strategy-cms-links (+http")


def test_what_moved_for_good_says_where_to() -> None:
    with outside() as server:
        answer = asked(server.url("to-301-to-308-fine"))
        assert (answer.status, answer.moved_to) == ("moved", server.url("fine"))


def test_who_is_busy_says_until_when() -> None:
    with outside() as server:
        answer = asked(server.url("busy"))
    assert said(answer) == ("refused", "refused", 429)
    # The question was not put again in other words.
    assert server.asked == [("HEAD", "/busy")]
    assert answer.again_at is not None
    assert abs(answer.again_at - timezone.now() - timedelta(hours=2)) < timedelta(minutes=1)


def test_what_a_server_asks_of_programs_is_heeded() -> None:
    rules = "User-agent: *\nDisallow: /hidden\n"
    with outside(robots=rules) as server:
        assert said(asked(server.url("hidden/page"))) == ("not_asked", "robots", None)
        assert asked(server.url("fine")).status == "works"
    assert server.asked == [("HEAD", "/fine")]


def test_nobody_there_and_no_such_name(monkeypatch: pytest.MonkeyPatch) -> None:
    with outside() as server:
        url = server.url("")
    assert said(asked(url)) == ("silent", "connection", None)
    assert not asked(url).is_answered

    def unknown(host: str, port: int) -> list[str]:
        raise OSError("Name or service not known")

    monkeypatch.setattr(addresses, "look_up_name", unknown)
    assert said(asked("https://nowhere.example/")) == ("silent", "name", None)


def test_a_fault_of_ours_is_an_answer_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "trusted", lambda: 1 // 0)
    answer = asked("https://luleå.se/")
    assert said(answer) == ("refused", "refused", None)
    assert answer.detail.startswith("ZeroDivisionError")


def test_a_certificate_is_for_the_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, key = certificate(tmp_path, "outside.example")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made, key)
    monkeypatch.setattr(addresses, "look_up_name", lambda host, port: ["127.0.0.1"])
    with outside(context) as server:
        url = server.url("fine", "outside.example")
        assert said(asked(url)) == ("silent", "certificate", None)
        believed = ssl.create_default_context(cafile=str(made))
        monkeypatch.setattr(asking, "trusted", lambda: believed)
        assert asked(url).status == "works"


@pytest.mark.parametrize(
    ("url", "status", "problem"),
    [
        ("https://exa mple.se/", "gone", "invalid"),
        ("https://a..se/", "gone", "invalid"),
        ("https:///page", "gone", "invalid"),
        ("https://user:secret@luleå.se/", "not_asked", "password"),
        ("https://luleå.se:22/", "not_asked", "port"),
        ("https://www.example.org/", "not_asked", "example"),
        ("http://localhost:8000/", "not_asked", "example"),
    ],
)
def test_what_needs_no_asking(settings: Settings, url: str, status: str, problem: str) -> None:
    settings.WEB_ADDRESSES_ALLOW_PRIVATE_ADDRESSES = False
    answer = judge_unasked(url)
    assert answer is not None
    assert (answer.status, answer.problem, answer.is_answered) == (status, problem, False)


def test_nothing_is_asked_behind_our_walls(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither at first, nor where a public server leads to it."""
    settings.WEB_ADDRESSES_ALLOW_PRIVATE_ADDRESSES = False
    with outside() as server:
        monkeypatch.setattr(asking, "PORTS", {server.port})
        for host in ("127.0.0.1", "[::ffff:127.0.0.1]", "2130706433"):
            url = server.url("fine", host)
            assert judge_unasked(url) is None
            assert said(asked(url)) == ("not_asked", "closed", None), host
        assert (server.asked, server.robots_asked) == ([], 0)
        _stands_outside(server, monkeypatch)
        answer = asked(server.url("to-302-closed", "outside.se"))
    assert said(answer) == ("not_asked", "closed", None)
    assert server.asked == [("HEAD", "/to-302-closed")]


def _stands_outside(server: Outside, monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes the server of the test look like one out there, and no other address of the machine."""
    real = addresses.resolve

    def resolve(host: str, port: int, seconds: float, *, is_private_allowed: bool) -> list[str]:
        if host == "outside.se":
            return ["127.0.0.1"]
        return real(host, port, seconds, is_private_allowed=is_private_allowed)

    monkeypatch.setattr(addresses, "resolve", resolve)
