"""The maker of another site: mirrors everything, is told of what changes, and stays identical."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect
from standardwebhooks import Webhook, WebhookVerificationError

from tests.cms.delivery.webhooks.receiver import Receiver, receiving
from tests.running.browsing import json_at, log_in, publish_in_editor, swedish_tab
from tests.running.conftest import RunningSite

pytestmark = [
    pytest.mark.browser,
    pytest.mark.usefixtures("worker"),
    pytest.mark.one_database("sqlite"),
]

TOLD_WITHIN = 20
"""Seconds until a message must have arrived."""

CULTURE = "/sv/utvecklingsomraden/kultur/"
LEAD = "Kultur för alla som bor här."
STORY = "/sv/hit-gick-pengarna/scen-i-vinternatten/"
"""A story that the page on culture shows."""

DocumentKey = tuple[str, str]
"""Key and language of a document."""


@dataclass
class OtherSite:
    """A site that a maker has built after ``docs/api.md``.

    Attributes:
        documents: the mirror: each document in the bytes in which it came.
        fallbacks: by language, which stand in for it, the best first.
        cursor: where to go on.
        requests: how many it has made.
    """

    client: httpx.Client
    documents: dict[DocumentKey, bytes] = field(default_factory=dict)
    fallbacks: dict[str, list[str]] = field(default_factory=dict)
    cursor: str = ""
    requests: int = 0

    def ask(self, path: str, **query: str) -> bytes:
        self.requests += 1
        return self.client.get(path, params=query).raise_for_status().content

    def everything(self) -> None:
        first, *lines = self.ask("export/all.ndjson").removesuffix(b"\n").split(b"\n")
        header = json.loads(first)
        self.cursor = header["cursor"]
        self.fallbacks = {each["code"]: each["fallbacks"] for each in header["languages"]}
        self.documents = {place_of(line): line for line in lines}
        assert len(self.documents) == sum(each["documents"] for each in header["languages"])

    def catch_up(self) -> list[Any]:
        """Applies what has changed, and returns it."""
        applied: list[Any] = []
        more = True
        while more:
            page = json.loads(self.ask("changes/", since=self.cursor))
            for item in page["items"]:
                self.apply(item)
            applied += page["items"]
            self.cursor, more = page["next"], page["more"]
        return applied

    def apply(self, item: Any) -> None:
        place = item["key"], item["locale"]
        if item["op"] == "publish":
            document = json.dumps(item["document"], ensure_ascii=False, separators=(",", ":"))
            self.documents[place] = document.encode()
            assert digest(self.documents[place]) == item["digest"], place
        else:
            del self.documents[place]

    def find(self, language: str, key: str) -> bytes | None:
        """The document that stands for a key in a language."""
        places = [(key, code) for code in (language, *self.fallbacks[language])]
        return next((self.documents[place] for place in places if place in self.documents), None)


def place_of(document: bytes) -> DocumentKey:
    content = json.loads(document)
    return content["key"], content["meta"]["locale"]


def digest(document: bytes) -> str:
    return sha256(document).hexdigest()


@pytest.fixture
def client(running_site: RunningSite) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"{running_site.url}/api/v3/", timeout=30) as client:
        yield client


@pytest.fixture
def tab(running_site: RunningSite) -> Iterator[Page]:
    with swedish_tab(running_site) as page:
        yield page


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """The address at which the other site is told."""
    with receiving() as receiver:
        yield receiver


def make_webhook(tab: Page, address: str) -> str:
    """Sets up a webhook in the admin, has a test sent, and returns the secret."""
    tab.goto("/admin/webhooks/new/")
    tab.get_by_label("Namn").fill("En annan webbplats")
    tab.get_by_label("Adress").fill(address)
    tab.get_by_role("button", name="Skapa").click()
    secret = tab.get_by_label("Hemlighet").input_value()
    tab.get_by_role("link", name="Vidare till webhooken").click()
    tab.get_by_role("button", name="Skicka ett test").click()
    tab.wait_for_url("**/admin/webhooks/message/*/")
    return secret


def publish_lead(tab: Page, page: Any, lead: str) -> None:
    tab.goto(f"/admin/pages/{page['id']}/edit/")
    tab.locator("[name=lead]").fill(lead)
    publish_in_editor(tab)


def unpublish(tab: Page, page: Any) -> None:
    tab.goto(f"/admin/pages/{page['id']}/unpublish/")
    tab.get_by_role("button", name="Ja, avpublicera den").click()
    expect(tab.locator(".messages .success")).to_be_visible()


def told(receiver: Receiver, secret: str, number: int) -> Any:
    """The message of this number, from 1, as ``docs/webhooks.md`` tells to read it."""
    deadline = time.monotonic() + TOLD_WITHIN
    while len(receiver.received) < number:
        assert time.monotonic() < deadline, f"Message {number} has not come."
        time.sleep(0.05)
    request = receiver.received[number - 1]
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(request.body + " ", request.headers)
    return Webhook(secret).verify(request.body, request.headers)


def named(changes: list[Any]) -> set[tuple[str, ...]]:
    """The part on changes that a message and the feed share."""
    members = ("op", "key", "locale", "id", "type", "path", "digest")
    return {tuple(str(change[member]) for member in members) for change in changes}


def changed(changes: list[Any], operation: str) -> set[DocumentKey]:
    return {(each["key"], each["locale"]) for each in changes if each["op"] == operation}


def assert_told_of(items: list[Any], client: httpx.Client, *messages: Any) -> None:
    """Messages name what the feed gives; from the cursor of each it gives that one's at least."""
    assert set[Any]().union(*(named(each["data"]["changes"]) for each in messages)) == named(items)
    for message in messages:
        assert message["type"] == "documents.changed"
        page = json.loads(OtherSite(client).ask("changes/", since=message["data"]["cursor"]))
        assert named(page["items"]) >= named(message["data"]["changes"]) > set()


def assert_identical(other: OtherSite, client: httpx.Client) -> None:
    """The other site holds what is live, to the byte, and with the digests that the feed names."""
    fresh = OtherSite(client)
    fresh.everything()
    assert other.documents.keys() == fresh.documents.keys()
    assert [place for place, own in other.documents.items() if own != fresh.documents[place]] == []
    feed = json.loads(fresh.ask("changes/", limit="1000"))
    assert not feed["more"]
    assert {(each["key"], each["locale"]): each["digest"] for each in feed["items"]} == {
        place: digest(document) for place, document in other.documents.items()
    }


def assert_finds_the_same(other: OtherSite, client: httpx.Client, key: str) -> None:
    """In every language the mirror has what the API has, and a client keeps it by its digest."""
    for language in other.fallbacks:
        address = f"entries/{language}/{key}/"
        own, answer = other.find(language, key), client.get(address)
        assert (own is None) == (answer.status_code == 404), address
        if own is not None:
            assert answer.content == own, address
            assert answer.headers["ETag"].strip('"').partition("-")[0] == digest(own), address
            known = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
            assert known.status_code == 304, address


def test_mirror_be_told_fetch_one_change_and_be_identical_again(
    running_site: RunningSite, client: httpx.Client, tab: Page, receiver: Receiver
) -> None:
    culture = json_at(running_site, f"/api/v3/pages/find/?html_path={CULTURE}")
    story = json_at(running_site, f"/api/v3/pages/find/?html_path={STORY}")

    # Everything, in two requests.
    other = OtherSite(client)
    other.everything()
    assert other.catch_up() == []
    assert other.requests == 2
    assert_identical(other, client)

    # The administrator of the CMS sets up a webhook, and hands the secret over.
    log_in(tab, "admin", running_site)
    secret = make_webhook(tab, receiver.url)
    trial = told(receiver, secret, 1)
    assert (trial["type"], trial["data"]["changes"]) == ("webhook.test", [])

    # An editor publishes; the other site is told, and fetches the change with one request.
    log_in(tab, "redaktor", running_site)
    publish_lead(tab, culture, LEAD)
    message = told(receiver, secret, 2)
    assert LEAD.encode() not in other.documents[culture["key"], "sv"]
    items = other.catch_up()
    assert other.requests == 3
    # Its translations say since then that they are out of date.
    assert changed(items, "publish") == {(culture["key"], code) for code in ("sv", "en")}
    assert json.loads(other.documents[culture["key"], "sv"])["lead"] == LEAD
    assert_told_of(items, client, message)
    assert_identical(other, client)

    # A page is taken away that another one shows, and its translation with it. Two messages tell
    # of it: one request is enough.
    assert story["key"].encode() in other.documents[culture["key"], "sv"]
    unpublish(tab, story)
    message = told(receiver, secret, 3)
    items = other.catch_up()
    assert other.requests == 4
    assert changed(items, "remove") == {(story["key"], code) for code in ("sv", "en")}
    assert story["key"].encode() not in other.documents[culture["key"], "sv"]
    assert_told_of(items, client, message, told(receiver, secret, 4))
    assert_identical(other, client)

    # Whatever the language, and what stands in for it: the mirror answers as the API does.
    [start_page] = {key for key, code in other.documents if code == "yi"}
    in_lule_sami = {key for key, code in other.documents if code == "smj"}
    assert len(in_lule_sami) > 1
    for key in {culture["key"], story["key"], start_page, *in_lule_sami}:
        assert_finds_the_same(other, client, key)
    assert other.find("smj", story["key"]) is None
    # The Finnish is a machine's, and stands in for nothing.
    assert other.find("fit", story["key"]) is None
    assert other.find("fit", culture["key"]) == other.documents[culture["key"], "sv"]
    assert len(receiver.received) == 4
