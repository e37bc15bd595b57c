"""Messages go out into the world, and nowhere behind our own walls."""

from contextlib import suppress
from ipaddress import ip_address

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import settings as given_settings
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from cms.common.deadline import TookTooLong, call_with_timeout
from cms.common.outgoing import addresses
from cms.delivery.webhooks.addresses import UnusableAddress, parse_address
from cms.delivery.webhooks.models import Webhook, WebhookDelivery
from cms.delivery.webhooks.sending import send
from tests.harness.sampling import examples

PUBLIC = ["93.184.215.14", "1.1.1.1", "2606:4700:4700::1111", "64:ff9b::101:101", "2002:101:101::"]
PRIVATE = [
    *["127.0.0.1", "127.255.0.1", "0.0.0.0", "0.1.2.3", "10.0.0.1", "172.16.0.1", "192.168.1.1"],
    *["169.254.169.254", "100.64.0.1", "192.0.0.1", "192.0.2.1", "192.88.99.1", "198.18.0.1"],
    *["198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1"],
    *["255.255.255.255", "::", "::1", "fe80::1", "fe80::1%1", "fec0::1", "fc00::1", "fd12::1"],
    *["ff02::1", "ff0e::1", "2001:db8::1", "2001::1", "3fff::1", "100::1", "4000::1"],
    *["::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "::ffff:0:127.0.0.1"],
    *["64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::", "2002:a00:1::"],
]


@pytest.mark.parametrize("address", PUBLIC)
def test_public(address: str) -> None:
    assert addresses.is_public(ip_address(address))


@pytest.mark.parametrize("address", PRIVATE)
def test_not_public(address: str) -> None:
    assert not addresses.is_public(ip_address(address))


@pytest.mark.parametrize(
    ("address", "complaint"),
    [
        ("nonsense", "It begins with https://"),
        ("ftp://example.org/", "It begins with https://"),
        ("file:///etc/passwd", "It begins with https://"),
        ("https:///hook", "It begins with https://"),
        ("https://example.org:99999/", "It begins with https://"),
        ("https://exa mple.org/", "It begins with https://"),
        ("https://user:password@example.org/", "Leave out the user and password"),
        ("https://user@example.org/", "Leave out the user and password"),
        ("https://example.org/#part", "Leave out what comes after"),
        ("http://xn--/", "It begins with https://"),
        ("http://xn--a/", "It begins with https://"),
        ("http://xn--99999999999999999999/", "It begins with https://"),
        ("http://xn--a-ecp.ru/", "It begins with https://"),
        ("http://[", "is no name of a server"),
        ("http://]/", "is no name of a server"),
        ("http://[1::2::3]/", "It begins with https://"),
        ("http://[fe80::1%251]/", "is no name of a server"),
        (f"https://{'a' * 64}.se/", "is no name of a server. Its parts have 1 to 63 letters"),
        (f"https://{'å' * 63}.se/", "It begins with https://"),
        (f"https://{'a.' * 130}se/", "is no name of a server"),
        (f"https://{'a' * 1900}/", "is no name of a server"),
        ("https://a..se/", "is no name of a server"),
        ("https://.se/", "is no name of a server"),
        ("https://-a.se/", "is no name of a server"),
        ("https://a%2fb/", "is no name of a server"),
        ("https://a\\b/", "is no name of a server"),
        ("https://example.org:0/", "It begins with https://"),
        ("https://example.org:-1/", "It begins with https://"),
        ("https://example.org:65536/", "It begins with https://"),
        (f"https://example.org:{'9' * 1900}/", "It begins with https://"),
        ("https://\ud800/", "It begins with https://"),
        ("http://127.0.0.1/", "127.0.0.1 is at 127.0.0.1, which is not a public address"),
        ("http://localhost:8000/", "which is not a public address"),
        ("http://[::1]/", "::1 is at ::1, which is not a public address"),
        ("http://[::ffff:10.0.0.1]/", "which is not a public address"),
        # As some programs write 127.0.0.1.
        ("http://2130706433/", "which is not a public address"),
        ("http://0x7f.1/", "which is not a public address"),
        ("http://169.254.169.254/latest/meta-data/", "WEBHOOKS_ALLOW_PRIVATE_ADDRESSES"),
    ],
)
def test_saving_refuses(address: str, complaint: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Webhook(name="x", address=address).clean()
    assert complaint in refused.value.message_dict["address"][0]


@pytest.mark.parametrize("host", ["xn--", "[", "a" * 64 + ".se", "example.org:65536", "a..se"])
def test_what_was_stored_before_is_an_answer_when_it_is_sent(host: str) -> None:
    answer = send(f"https://{host}/", {}, "{}")
    assert answer.problem == WebhookDelivery.Problem.ADDRESS
    assert answer.detail


@pytest.mark.parametrize(
    "address",
    [
        "https://xn--lule-qoa.se/krok",
        "https://luleå.se./krok",
        "https://a_b.example.org:8443/",
        f"https://{'a' * 63}.se/",
        "https://[2606:4700:4700::1111]:443/",
    ],
)
def test_names_that_servers_have(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "look_up_name", lambda host, port: ["1.1.1.1"])
    Webhook(name="x", address=address).clean()


@given(st.text(max_size=80), st.text(max_size=8))
@given_settings(max_examples=examples(100, 20_000), deadline=None)
def test_whatever_stands_there_is_taken_or_refused(host: str, port: str) -> None:
    """In the way in which it is read again when something is sent."""
    with suppress(UnusableAddress):
        url = parse_address(f"https://{host}:{port}/")
        assert addresses.is_host(url.raw_host.decode())
        assert url.port is None or 0 < url.port < 65_536


def test_a_name_whose_every_address_but_one_is_public(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "look_up_name", lambda host, port: ["1.1.1.1", "10.0.0.1"])
    with pytest.raises(ValidationError):
        Webhook(name="x", address="https://example.org/").clean()


def test_a_name_that_is_not_known_yet_can_be_saved(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise OSError("not known")

    monkeypatch.setattr(addresses, "look_up_name", unknown)
    Webhook(name="x", address="https://soon.example.org/hook?for=us").clean()


def test_private_addresses_can_be_allowed(settings: Settings) -> None:
    settings.WEBHOOKS_ALLOW_PRIVATE_ADDRESSES = True
    Webhook(name="x", address="http://127.0.0.1:8000/hook").clean()


def test_production_wants_encryption(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "look_up_name", lambda host, port: ["1.1.1.1"])
    Webhook(name="x", address="http://example.org/").clean()
    settings.WEBHOOKS_REQUIRE_HTTPS = True
    with pytest.raises(ValidationError, match="Use https://"):
        Webhook(name="x", address="http://example.org/").clean()
    Webhook(name="x", address="https://example.org/").clean()


def test_whoever_never_comes_back_is_not_waited_for() -> None:
    import threading

    never = threading.Event()
    with pytest.raises(TookTooLong):
        call_with_timeout(0.05, never.wait, 5)
    never.set()
    assert call_with_timeout(5, lambda: "done") == "done"
    with pytest.raises(ZeroDivisionError):
        call_with_timeout(5, lambda: 1 // 0)
