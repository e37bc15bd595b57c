"""People who ask the admin's addresses, and what they are told."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test import Client
from lxml import html
from wagtail.models import APIToken, Collection, Page, PageViewRestriction

from cms.content.models import ContentDocument, ContentImage
from cms.delivery.webhooks.models import Webhook
from cms.exchange.models import Job
from cms.export.models import ExportFile
from strategy.models import Municipality
from tests.cms.roles.admin_addresses import (
    Pattern,
    addresses_of,
    admin_patterns,
    queries_of,
)
from tests.cms.roles.canaries import ADMINISTRATOR, ROLES, Aviary
from tests.harness.sampling import amount

_FACTS: Final = ("indicator", "organisation", "perspective", "programme")
"""Kinds of facts whose addresses are those of municipalities, with other names."""

_SIGNING_OUT: Final = ("/admin/logout/", "/admin/failwhale/")
"""The first ends the visit; the second is there to fail."""


IS_SAMPLE: Final = amount(1, 0) == 1
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

    def hear(self, question: str, said: str, aviary: Aviary, sent: str = "") -> None:
        """Notes what an answer says, but for what it repeats of a form that was sent."""
        for canary in aviary.canaries:
            if canary.word not in said or canary.word in sent:
                continue
            self.seen.add(canary.word)
            if self.role != ADMINISTRATOR and self.role not in canary.seen_by:
                place = said.index(canary.word)
                around = said[max(place - 80, 0) : place + 40].replace("\n", " ")
                self.leaks.append(f"{self.role}: {question}: {canary.about}: …{around}…")


def patterns_asked() -> list[Pattern]:
    """Every pattern, in ``make test`` without those that are alike but for the kind of fact."""
    alike = _FACTS if IS_SAMPLE else ()
    return [
        pattern
        for pattern in admin_patterns()
        if pattern.template not in _SIGNING_OUT
        and not any(f"/{fact}/" in pattern.template for fact in alike)
    ]


def questions(aviary: Aviary, role: str) -> list[Question]:
    """All that a role asks; in ``make test`` a sample, of each role another."""
    found = []
    for number, pattern in enumerate(patterns_asked()):
        addresses = addresses_of(pattern, aviary)
        if IS_SAMPLE:
            addresses = [addresses[number % len(addresses)]]
        found += [
            Question(pattern, f"{address}?{query}" if query else address)
            for address in addresses
            for query in queries_of(pattern, aviary)
        ]
    step = amount(STEP.get(role, STEP_OF_OTHERS), 1)
    return found[VISITORS.index(role) % step :: step]


VISITORS: Final = (*ROLES, ADMINISTRATOR)
STEP: Final = {"translator-smj": 1}
"""Of how many questions a role asks one in ``make test``: a translator of each pattern all."""
STEP_OF_OTHERS: Final = 4


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
    for question in questions(aviary, role):
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
    for question in questions(aviary, ADMINISTRATOR):
        for data in [{}, *forms_at(chief, question.address, aviary)]:
            writes = Writes()
            with rolled_back():
                with connection.execute_wrapper(writes):
                    response = client.post(question.address, data)
                made.hear(f"POST {question.address}", said_by(response), aviary, str(data))
                if writes.found and not before.was_kept(guarded_state(role)):
                    done.append(f"{role}: POST {question.address} {data}")
    return made, done


class Writes:
    """Notes whether anything was written to the database."""

    def __init__(self) -> None:
        self.found = False

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """Looks at a statement and has it done."""
        self.found |= sql.lstrip().startswith(("INSERT", "UPDATE", "DELETE", "WITH"))
        return execute(sql, params, many, context)


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
    forms: Any = html.fromstring(text).iter("form")
    for form in forms:
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


@dataclass(frozen=True, slots=True)
class State:
    """Everything that a role may not change.

    Attributes:
        kept: is the same afterwards.
        live: ids of pages that are still live afterwards.
    """

    kept: list[Any]
    live: frozenset[int]

    def was_kept(self, after: "State") -> bool:
        """Tells whether nothing was done that the role may not do."""
        return self.kept == after.kept and self.live <= after.live


def guarded_state(role: str) -> State:
    """The state of other languages, places, closures, and of whether pages are live.

    Moderators close, move and delete pages of their own language; translators publish theirs.
    """
    pages, facts = Page.objects.order_by("pk"), Municipality.objects.order_by("pk")
    code = role.removeprefix("translator-") if role.startswith("translator") else "sv"
    others = pages.exclude(locale__language_code=code)
    kept: list[Any] = [
        list(others.values_list("pk", "path", "live", "alias_of", "title", "latest_revision")),
        list(facts.exclude(locale__language_code=code).values_list("pk", "name", "live")),
        list(PageViewRestriction.objects.filter(page__in=others).values_list("pk")),
        list(User.objects.order_by("pk").values_list("pk", "is_superuser", "groups")),
        list(Webhook.objects.values_list("pk", "secret")),
        list(APIToken.objects.values_list("pk", "user", "revoked_at")),
        list(Job.objects.filter(user__is_superuser=True).values_list("pk", "state")),
        list(ExportFile.objects.filter(user__is_superuser=True).values_list("pk", "state")),
    ]
    if role in {"moderator", ADMINISTRATOR}:
        return State(kept, frozenset())
    kept.append(list(PageViewRestriction.objects.values_list("pk")))
    if role == "editor":
        # Editors move and delete what is not live.
        kept.append(list(pages.filter(live=True).values_list("pk", "path")))
    else:
        kept.append(list(pages.values_list("pk", "path", "locked", "alias_of")))
        kept.append(list(ContentImage.objects.values_list("pk", "title")))
        kept.append(list(ContentDocument.objects.values_list("pk", "title")))
        kept.append(list(Collection.objects.values_list("pk", "name")))
    sources = pages.filter(live=True, locale__language_code="sv").values("translation_key")
    translations = pages.filter(live=True, translation_key__in=sources)
    return State(kept, frozenset(translations.values_list("pk", flat=True)))
