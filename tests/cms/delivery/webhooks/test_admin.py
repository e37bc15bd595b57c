"""Webhooks in Wagtail's admin: who may do what, and what is shown."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry, ReferenceIndex
from wagtail.users.models import UserProfile

from cms.delivery.webhooks.models import Webhook, WebhookDelivery
from tests.cms.delivery.changing import change
from tests.cms.delivery.webhooks.conftest import Tell
from tests.cms.delivery.webhooks.receiver import answer, receiving
from tests.worker import work

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("_private_addresses"),
    pytest.mark.shared_out,
]

INDEX = "/admin/webhooks/"


def signed_in(name: str, *permissions: str, superuser: bool = False) -> Client:
    user = User.objects.create(username=name, is_superuser=superuser)
    wanted = [Permission.objects.get(codename="access_admin")]
    wanted += Permission.objects.filter(codename__in=permissions)
    user.user_permissions.set(wanted)
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = "en"
    profile.save()
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def administrator() -> Client:
    return signed_in("administrator", superuser=True)


@pytest.fixture
def webhook() -> Webhook:
    return Webhook.objects.create(name="Älvsbyn", address="http://localhost:9/hook")


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, (response.status_code, address)
    return response.content.decode()


FORM = {
    "name": "Piteå",
    "address": "http://localhost:9/hook",
    "active": "on",
    "languages": ["sv", "smj"],
    "types": ["strategy.GoalPage", "strategy.Municipality"],
}


def test_made_and_shown_its_secret_once(administrator: Client) -> None:
    form = page(administrator, reverse("delivery_webhooks:add"))
    assert "Lule Sámi (julevsámegiella)" in form
    assert 'value="strategy.GoalPage"' in form
    assert 'value="strategy.Municipality"' in form
    assert "wagtailcore.Page" not in form
    response = administrator.post(reverse("delivery_webhooks:add"), FORM)
    made = Webhook.objects.get()
    assert (made.name, made.languages, made.types) == (
        *("Piteå", ["sv", "smj"], ["strategy.GoalPage", "strategy.Municipality"]),
    )
    assert re.fullmatch(r"whsec_[A-Za-z0-9+/]{43}=", made.secret)
    assert made.secret in response.content.decode()
    for name in ("edit", "history", "log", "delete", "renew_secret"):
        shown = page(administrator, reverse(f"delivery_webhooks:{name}", args=[made.pk]))
        assert made.secret not in shown
    assert made.secret not in page(administrator, INDEX)
    assert made.masked_secret in page(
        administrator, reverse("delivery_webhooks:edit", args=[made.pk])
    )
    for entry in ModelLogEntry.objects.all():
        assert made.secret not in str(entry.data)


def test_nothing_is_chosen_means_all(administrator: Client) -> None:
    form = {name: FORM[name] for name in ("name", "address", "active")}
    administrator.post(reverse("delivery_webhooks:add"), form)
    made = Webhook.objects.get()
    assert (made.languages, made.types) == ([], [])


@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        ({"address": "nonsense"}, "This is no address of a web server."),
        ({"address": "http://xn--/"}, "This is no address of a web server."),
        ({"address": "http://["}, "is no name of a server."),
        ({"address": "http://user:password@localhost/"}, "Leave out the user and password"),
        ({"languages": ["xx"]}, "xx is not one of the available choices"),
        ({"types": ["wagtailcore.Page"]}, "is not one of the available choices"),
    ],
)
def test_what_is_no_good_is_said(values: Any, complaint: str, administrator: Client) -> None:
    response = administrator.post(reverse("delivery_webhooks:add"), FORM | values)
    assert complaint in response.content.decode()
    assert not Webhook.objects.exists()


def test_a_private_address_is_refused(administrator: Client, settings: Any) -> None:
    settings.WEBHOOKS_ALLOW_PRIVATE_ADDRESSES = False
    response = administrator.post(reverse("delivery_webhooks:add"), FORM)
    assert "which is not a public address" in response.content.decode()


def test_a_new_secret(administrator: Client, webhook: Webhook) -> None:
    old = webhook.secret
    address = reverse("delivery_webhooks:renew_secret", args=[webhook.pk])
    page(administrator, address)
    webhook.refresh_from_db()
    assert webhook.secret == old
    shown = administrator.post(address).content.decode()
    webhook.refresh_from_db()
    assert webhook.secret != old
    assert webhook.secret in shown
    assert old not in shown
    history = page(administrator, reverse("delivery_webhooks:history", args=[webhook.pk]))
    assert "The secret was renewed" in history


def test_turning_it_on_again_starts_afresh(administrator: Client, webhook: Webhook) -> None:
    Webhook.objects.update(active=False, gone_at="2040-01-01T00:00Z", failures=3)
    edit = reverse("delivery_webhooks:edit", args=[webhook.pk])
    assert "the address is no more (410)" in page(administrator, edit)
    assert administrator.post(edit, FORM).status_code == 302
    webhook.refresh_from_db()
    assert (webhook.active, webhook.gone_at, webhook.failures) == (True, None, 0)
    assert "410" not in page(administrator, edit)


def test_a_test_is_sent_and_its_answer_shown_as_text(
    administrator: Client, django_capture_on_commit_callbacks: Any
) -> None:
    with receiving(answer(500, "<script>alert('å')</script>")) as receiver:
        webhook = Webhook.objects.create(name="A", address=receiver.url, active=False)
        with django_capture_on_commit_callbacks(execute=True):
            response = administrator.post(reverse("delivery_webhooks:send_test", args=[webhook.pk]))
        message = WebhookDelivery.objects.get()
        assert response.headers["Location"] == reverse(
            "delivery_webhooks:message", args=[message.pk]
        )
        assert "It is sent in the background" in page(administrator, response.headers["Location"])
        work()
    shown = page(administrator, response.headers["Location"])
    assert "&lt;script&gt;alert(" in shown
    assert "<script>alert(" not in shown
    assert "webhook.test" in shown
    assert "The answer was no success." in shown
    log = page(administrator, reverse("delivery_webhooks:log", args=[webhook.pk]))
    assert "The answer was no success." in log
    assert "500" in log


def test_what_failed_is_said_and_sent_again(
    administrator: Client, tell: Tell, django_capture_on_commit_callbacks: Any
) -> None:
    with receiving() as receiver:
        webhook = Webhook.objects.create(name="A", address=receiver.url)
        tell([change(1)])
        WebhookDelivery.objects.update(status="failed", problem="time", tries=8)
        edit = page(administrator, reverse("delivery_webhooks:edit", args=[webhook.pk]))
        assert "1 message was given up" in edit
        log = reverse("delivery_webhooks:log", args=[webhook.pk])
        message = WebhookDelivery.objects.get()
        shown = reverse("delivery_webhooks:message", args=[message.pk])
        assert shown in page(administrator, f"{log}?status=failed")
        assert shown not in page(administrator, f"{log}?status=delivered")
        assert "Send again" in page(administrator, shown)
        with django_capture_on_commit_callbacks(execute=True):
            administrator.post(reverse("delivery_webhooks:send_again", args=[message.pk]))
        work()
    assert len(receiver.received) == 1
    message.refresh_from_db()
    assert message.status == "delivered"


def test_nothing_is_sent_again_while_it_is_off(administrator: Client, webhook: Webhook) -> None:
    Webhook.objects.update(active=False)
    message = WebhookDelivery.objects.create(
        webhook=webhook, type="documents.changed", payload="{}", status="failed"
    )
    response = administrator.post(
        reverse("delivery_webhooks:send_again", args=[message.pk]), follow=True
    )
    assert "Turn it on first." in response.content.decode()
    message.refresh_from_db()
    assert message.status == "failed"


def addresses(webhook: Webhook) -> dict[str, list[str]]:
    """Every address of webhooks, by the permission that it takes."""
    message = WebhookDelivery.objects.create(webhook=webhook, type="t", payload="{}")
    named: dict[str, list[tuple[Any, ...]]] = {
        "any": [("index",), ("index_results",), ("log", webhook), ("log_results", webhook),
                ("message", message)],
        "add": [("add",)],
        "change": [("edit", webhook), ("renew_secret", webhook)],
        "delete": [("delete", webhook)],
        "change by post": [("send_test", webhook), ("send_again", message),
                           ("renew_secret", webhook)],
    }  # fmt: skip
    return {
        permission: [
            reverse(f"delivery_webhooks:{name}", args=[instance.pk for instance in instances])
            for name, *instances in names
        ]
        for permission, names in named.items()
    }


def reached(client: Client, address: str, *, post: bool = False) -> bool:
    """Tells whether somebody is let in; who is not is sent away with a message, or to sign in."""
    response = client.post(address) if post else client.get(address)
    location = response.headers.get("Location", "")
    return response.status_code == 200 or location.startswith("/admin/webhooks/")


@pytest.mark.parametrize(
    ("permissions", "allowed"),
    [
        ((), set()),
        (("add_webhook",), {"any", "add"}),
        (("change_webhook",), {"any", "change", "change by post"}),
        (("delete_webhook",), {"any", "delete"}),
    ],
)
def test_who_may_do_what(permissions: tuple[str, ...], allowed: set[str], webhook: Webhook) -> None:
    client = signed_in("somebody", *permissions)
    for permission, found in addresses(webhook).items():
        for address in found:
            let_in = reached(client, address, post=permission.endswith("post"))
            assert let_in == (permission in allowed), (permission, address)
    assert (INDEX in page(client, "/admin/")) == bool(allowed)


def test_an_editor_and_a_stranger_reach_nothing(webhook: Webhook) -> None:
    stranger = Client()
    editor = signed_in("skribent", "change_page", "publish_page")
    for permission, found in addresses(webhook).items():
        for address in found:
            for client in (stranger, editor):
                assert not reached(client, address, post=permission.endswith("post")), address
    assert WebhookDelivery.objects.count() == 1
    webhook.refresh_from_db()
    assert webhook.previous_secret == ""


def test_buttons_are_pressed_not_followed(administrator: Client, webhook: Webhook) -> None:
    message = WebhookDelivery.objects.create(webhook=webhook, type="t", payload="{}")
    for name, instance in (("send_test", webhook), ("send_again", message)):
        address = reverse(f"delivery_webhooks:{name}", args=[instance.pk])
        assert administrator.get(address).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.get(username="administrator"))
    for name in ("send_test", "renew_secret"):
        address = reverse(f"delivery_webhooks:{name}", args=[webhook.pk])
        assert strict.post(address).status_code == 403


def test_without_change_no_button(webhook: Webhook) -> None:
    message = WebhookDelivery.objects.create(webhook=webhook, type="t", payload="{}")
    reader = signed_in("reader", "delete_webhook")
    assert "Send again" not in page(reader, reverse("delivery_webhooks:message", args=[message.pk]))


def test_a_secret_is_nowhere_else(webhook: Webhook) -> None:
    assert not ReferenceIndex.model_is_indexable(Webhook) or not ReferenceIndex.objects.exists()
    response = Client().get("/api/v3/openapi.json")
    assert "webhook" not in response.content.decode().lower()


def test_lists_cost_the_same_however_long(
    administrator: Client, webhook: Webhook, django_assert_max_num_queries: Any
) -> None:
    for number in range(20):
        Webhook.objects.create(name=f"{number}", address="https://example.org/")
        WebhookDelivery.objects.create(webhook=webhook, type="t", payload="{}")
    page(administrator, INDEX)
    with django_assert_max_num_queries(14):
        page(administrator, INDEX)
    with django_assert_max_num_queries(14):
        page(administrator, reverse("delivery_webhooks:log", args=[webhook.pk]))
