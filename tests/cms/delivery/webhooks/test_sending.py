"""One message, sent once: to receivers good and bad, over a real connection."""

import ssl
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from cms.common.outgoing import addresses
from cms.delivery.webhooks import sending
from cms.delivery.webhooks.models import WebhookDelivery
from cms.delivery.webhooks.sending import Answer, send
from tests.cms.delivery.webhooks.receiver import (
    answer,
    endless_body,
    hanging_up,
    receiving,
    slow,
    trickling_body,
    trickling_headers,
)

Problem = WebhookDelivery.Problem
HEADERS = {"webhook-id": "msg_1"}
LIMIT = 0.6

private = pytest.mark.usefixtures("_private_addresses")


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "TIME_LIMIT", LIMIT)


def timed(address: str) -> tuple[Answer, float]:
    began = time.monotonic()
    return send(address, HEADERS, "{}"), time.monotonic() - began


@private
def test_what_is_sent() -> None:
    with receiving(answer(200, "tack", **{"Set-Cookie": "a=b"})) as receiver:
        sent = send(f"{receiver.url}?for=us", HEADERS, '{"å": 1}')
    assert (sent.status, sent.text, sent.problem, sent.is_success) == (200, "tack", "", True)
    assert 0 < sent.duration < LIMIT
    [request] = receiver.received
    assert (request.path, request.body) == ("/hook?for=us", '{"å": 1}')
    assert request.headers["content-type"] == "application/json"
    assert request.headers["webhook-id"] == "msg_1"
    assert request.headers["host"] == f"localhost:{receiver.port}"
    assert "cookie" not in request.headers
    assert "authorization" not in request.headers


@private
@pytest.mark.parametrize(
    ("status", "problem"),
    [(200, ""), (202, ""), (204, ""), (400, "status"), (404, "status"), (410, "gone"),
     (429, "status"), (500, "status"), (503, "status")],
)  # fmt: skip
def test_the_status_decides(status: int, problem: str) -> None:
    with receiving(answer(status)) as receiver:
        sent = send(receiver.url, HEADERS, "{}")
    assert (sent.status, sent.problem) == (status, problem)


@private
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(status: int) -> None:
    with (
        receiving() as elsewhere,
        receiving(answer(status, Location=elsewhere.url)) as receiver,
    ):
        sent = send(receiver.url, HEADERS, "{}")
    assert (sent.status, sent.problem) == (status, Problem.REDIRECT)
    assert elsewhere.received == []


@private
@pytest.mark.parametrize("behaviour", [slow(5), trickling_headers])
def test_who_is_too_slow_is_not_waited_for(behaviour: Any) -> None:
    with receiving(behaviour) as receiver:
        sent, seconds = timed(receiver.url)
    assert (sent.status, sent.problem) == (None, Problem.TIME)
    assert seconds < LIMIT + 0.5


@private
def test_an_answer_that_trickles_is_a_success_that_is_cut_off() -> None:
    with receiving(trickling_body) as receiver:
        sent, seconds = timed(receiver.url)
    assert (sent.status, sent.problem) == (200, "")
    assert set(sent.text) == {"z"}
    assert seconds < LIMIT + 0.5


@private
def test_an_endless_answer_is_read_no_further_than_it_is_shown() -> None:
    with receiving(endless_body) as receiver:
        sent, seconds = timed(receiver.url)
    assert sent.is_success
    assert len(sent.text) == sending.SHOWN
    assert seconds < LIMIT


@private
def test_what_no_database_holds_is_left_out_of_the_answer() -> None:
    with receiving(answer(500, "a\x00b\x1b[31m\nå")) as receiver:
        assert send(receiver.url, HEADERS, "{}").text == "ab[31m\nå"


@private
def test_who_hangs_up() -> None:
    with receiving(hanging_up) as receiver:
        sent = send(receiver.url, HEADERS, "{}")
    assert (sent.status, sent.problem) == (None, Problem.CONNECTION)


@private
def test_nobody_there() -> None:
    with receiving() as receiver:
        address = receiver.url
    sent = send(address, HEADERS, "{}")
    assert (sent.status, sent.problem) == (None, Problem.CONNECTION)


@private
def test_a_name_that_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise OSError("Name or service not known")

    monkeypatch.setattr(addresses, "look_up_name", unknown)
    sent = send("https://nowhere.example/", HEADERS, "{}")
    assert (sent.problem, sent.detail) == (
        Problem.NAME,
        "nowhere.example: Name or service not known",
    )


@private
def test_a_name_that_nobody_looks_up_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(host: str, port: int) -> list[str]:
        time.sleep(3)
        return []

    monkeypatch.setattr(addresses, "look_up_name", endless)
    sent, seconds = timed("https://nowhere.example/")
    assert sent.problem == Problem.TIME
    assert seconds < LIMIT + 0.5


@private
def test_no_proxy_is_taken_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    with receiving() as proxy, receiving() as receiver:
        for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        assert send(receiver.url, HEADERS, "{}").is_success
    assert (len(proxy.received), len(receiver.received)) == (0, 1)


def test_nothing_goes_to_an_address_behind_our_walls() -> None:
    with receiving() as receiver:
        for host in ("localhost", "127.0.0.1", "[::ffff:127.0.0.1]", "2130706433"):
            sent = send(f"http://{host}:{receiver.port}/", HEADERS, "{}")
            assert (sent.status, sent.problem) == (None, Problem.ADDRESS), host
            assert "which is not a public address" in sent.detail
    assert receiver.received == []


def test_a_name_that_moves_between_looking_and_connecting(monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS rebinding: public when it is looked at, this machine when it is connected to."""
    asked = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["192.0.9.9"] if len(asked) == 1 else ["127.0.0.1"]

    connected = []

    def connect(address: tuple[str, int], timeout: float) -> Any:
        connected.append(address)
        raise ConnectionRefusedError("refused")

    monkeypatch.setattr(addresses, "look_up_name", rebinding)
    monkeypatch.setattr("socket.create_connection", connect)
    with receiving() as receiver:
        sent = send(f"http://rebinding.example:{receiver.port}/", HEADERS, "{}")
        assert sent.problem == Problem.CONNECTION
        assert asked == ["rebinding.example"]
        assert connected == [("192.0.9.9", receiver.port)]
        # The next try looks anew, and finds it out.
        sent = send(f"http://rebinding.example:{receiver.port}/", HEADERS, "{}")
    assert sent.problem == Problem.ADDRESS
    assert len(connected) == 1
    assert receiver.received == []


@private
def test_another_address_of_a_name_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    # Nobody listens on the first.
    monkeypatch.setattr(addresses, "look_up_name", lambda host, port: ["127.0.0.2", "127.0.0.1"])
    with receiving() as receiver:
        assert send(f"http://two.example:{receiver.port}/", HEADERS, "{}").is_success
    assert receiver.received[0].headers["host"] == f"two.example:{receiver.port}"


def certificate(folder: Path, name: str) -> tuple[Path, Path]:
    """A certificate that a server signed for itself, and its key."""
    key, made = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-keyout", str(key), "-out", str(made), "-days", "2",
         "-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}"],
        check=True,
        capture_output=True,
    )  # fmt: skip
    return made, key


@private
def test_the_certificate_is_for_the_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, key = certificate(tmp_path, "receiver.example")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made, key)
    monkeypatch.setattr(addresses, "look_up_name", lambda host, port: ["127.0.0.1"])
    with receiving(context=context) as receiver:
        address = f"https://receiver.example:{receiver.port}/"
        assert send(address, HEADERS, "{}").problem == Problem.CERTIFICATE
        believed = ssl.create_default_context(cafile=str(made))
        monkeypatch.setattr(sending, "trusted", lambda: believed)
        assert send(address, HEADERS, "{}").is_success
        other = f"https://other.example:{receiver.port}/"
        assert send(other, HEADERS, "{}").problem == Problem.CERTIFICATE
    assert len(receiver.received) == 1


@private
def test_a_server_that_speaks_no_tls_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as silent:
        sent, seconds = timed(f"https://127.0.0.1:{silent.getsockname()[1]}/")
    assert sent.problem == Problem.TIME
    assert seconds < LIMIT + 0.5


def test_production_sends_nothing_in_the_clear(settings: Settings) -> None:
    settings.WEBHOOKS_REQUIRE_HTTPS = True
    assert send("http://example.org/", HEADERS, "{}").problem == Problem.ADDRESS


def test_a_fault_of_ours_is_an_answer_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: Any) -> Any:
        raise RuntimeError("a fault")

    monkeypatch.setattr(sending, "_post", broken)
    sent = send("https://example.org/", HEADERS, "{}")
    assert (sent.problem, sent.detail) == (Problem.OTHER, "RuntimeError: a fault")
