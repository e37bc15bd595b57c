"""People who ask the admin's addresses, and what they are told."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import transaction
from django.test import Client
from lxml import html
from wagtail.models import Page, PageViewRestriction

from strategy.models import Municipality
from tests.cms.roles.admin_addresses import (
    Pattern,
    addresses_of,
    admin_patterns,
    queries_of,
)
from tests.cms.roles.canaries import ADMINISTRATOR, Aviary
from tests.harness.sampling import amount

_FACTS: Final = ("indicator", "organisation", "perspective", "programme")
"""Kinds of facts whose addresses are those of municipalities, with other names."""

_SIGNING_OUT: Final = ("/admin/logout/", "/admin/failwhale/")
"""The first ends the visit; the second is there to fail."""


_ASKS_FOR_A_PAGE: Final = re.compile(r"page|chooser")


@dataclass(frozen=True, slots=True)
class Question:
    """One address to ask."""

    pattern: Pattern
    address: str


@dataclass
class Visit:
    """Everything that a role was told.

    Attributes:
        leaks: what was said where, that the role should not see.
        seen: the words that the role was told.
        failed: addresses that answered with a fault of the server.
    """

    role: str
    leaks: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    failed: list[str] = field(default_factory=list)

    def hear(self, question: str, said: str, aviary: Aviary) -> None:
        """Notes what an answer says."""
        for canary in aviary.canaries:
            if canary.word not in said:
                continue
            self.seen.add(canary.word)
            if self.role != ADMINISTRATOR and self.role not in canary.seen_by:
                place = said.index(canary.word)
                around = said[max(place - 80, 0) : place + 40].replace("\n", " ")
                self.leaks.append(f"{self.role}: {question}: {canary.about}: …{around}…")


def patterns_asked() -> list[Pattern]:
    """Every pattern, in ``make test`` without those that are alike but for the kind of fact."""
    alike = amount(_FACTS, ())
    return [
        pattern
        for pattern in admin_patterns()
        if pattern.template not in _SIGNING_OUT
        and not any(f"/{fact}/" in pattern.template for fact in alike)
    ]


def questions(aviary: Aviary) -> list[Question]:
    """All that is asked: in ``make test`` of each pattern some things, each time other ones."""
    found = []
    for number, pattern in enumerate(patterns_asked()):
        addresses = addresses_of(pattern, aviary)
        addresses = chosen(addresses, number, amount(SAMPLE, len(addresses)))
        found += [
            Question(pattern, f"{address}?{query}" if query else address)
            for address in addresses
            for query in queries_of(pattern, aviary)
        ]
    return found


SAMPLE: Final = 2
"""Things of a kind for which a pattern is asked in ``make test``."""


def chosen(things: Sequence[Any], number: int, most: int) -> list[Any]:
    """Some of several things: for each number others, so that all of them have their turn."""
    if len(things) <= most:
        return list(things)
    step = max(1, len(things) // most)
    return [things[(number + step * turn) % len(things)] for turn in range(most)]


def client_of(aviary: Aviary, role: str) -> Client:
    """The browser of a role."""
    client = Client(raise_request_exception=False)
    if role in aviary.users:
        client.force_login(aviary.users[role])
    return client


def said_by(response: Any) -> str:
    """Everything that an answer says, with where it leads and the messages that wait."""
    body = b"".join(response) if response.streaming else response.content
    messages = " ".join(str(message) for message in getattr(response.wsgi_request, "_messages", ()))
    leads = response.headers.get("Location", "")
    return f"{body.decode(errors='replace')} {leads} {messages}"


def visit(aviary: Aviary, role: str) -> Visit:
    """Asks every question with ``GET``."""
    client, made = client_of(aviary, role), Visit(role)
    for question in questions(aviary):
        with rolled_back():
            response = client.get(question.address)
            if response.status_code >= 500:
                made.failed.append(question.address)
            made.hear(question.address, said_by(response), aviary)
    return made


def send_everything(aviary: Aviary, role: str) -> tuple[Visit, list[str]]:
    """Sends every form, as the administrator's browser shows it, and to every address none.

    Returns:
        What was said, and what was done that the role may not do.
    """
    chief, client, made = client_of(aviary, ADMINISTRATOR), client_of(aviary, role), Visit(role)
    done = []
    before = guarded_state(role)
    asked = [question for question in questions(aviary) if "&" not in question.address]
    for question in asked:
        for data in [{}, *forms_at(chief, question.address, aviary)]:
            with rolled_back():
                response = client.post(question.address, data)
                made.hear(f"POST {question.address}", said_by(response), aviary)
                if guarded_state(role) != before:
                    done.append(f"{role}: POST {question.address} {sorted(data)}")
    return made, done


def forms_at(client: Client, address: str, aviary: Aviary) -> Iterator[dict[str, str]]:
    """The forms that post of a page, filled in, with hidden pages for whatever asks for one."""
    with rolled_back():
        response = client.get(address)
    if response.status_code != 200 or response.streaming:
        return
    text = response.content.decode(errors="replace")
    if response.headers.get("Content-Type", "").startswith("application/json"):
        text = response.json().get("html") or "" if isinstance(response.json(), dict) else ""
    if "<form" not in text:
        return
    hidden = next(page for page in aviary.pages if page.locale.language_code == "fi")
    for form in html.fromstring(text).iter("form"):
        if form.get("method", "get").lower() == "post":
            data = {str(name): str(value) for name, value in form.form_values()}
            data.pop("csrfmiddlewaretoken", None)
            asks_for_pages = {
                name: str(hidden.pk) for name in data if _ASKS_FOR_A_PAGE.search(name)
            }
            yield asks_for_pages | {name: value for name, value in data.items() if value}
            yield data | asks_for_pages


class rolled_back(transaction.Atomic):  # noqa: N801 - reads as what it does
    """A savepoint that is undone at its end."""

    def __init__(self) -> None:
        super().__init__(using=None, savepoint=True, durable=False)

    def __exit__(self, *exception: Any) -> None:
        transaction.set_rollback(True)
        super().__exit__(*exception)


def guarded_state(role: str) -> tuple[Any, ...]:
    """What a role may not change: other languages; whether pages are live; their places."""
    pages = Page.objects.order_by("pk")
    facts = Municipality.objects.order_by("pk")
    code = {"editor": "sv", "moderator": "sv"}.get(role, role.removeprefix("translator-"))
    columns = ["pk", "path", "live", "locked", "alias_of", "title", "latest_revision"]
    others = [
        list(pages.exclude(locale__language_code=code).values_list(*columns)),
        list(facts.exclude(locale__language_code=code).values_list("pk", "name", "live")),
        PageViewRestriction.objects.count() if role != "moderator" else 0,
    ]
    if role.startswith("translator"):
        others.append(list(pages.values_list("pk", "path", "locked", "alias_of")))
        others.append(set(pages.filter(live=True).values_list("pk", flat=True)) and None)
    elif role == "editor":
        others.append(list(pages.values_list("pk", "live")))
    return tuple(others)
