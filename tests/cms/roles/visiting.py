"""People who ask the admin's addresses, and what they are told."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test import Client
from lxml import html
from wagtail.models import APIToken, Collection, Page, PageViewRestriction
from wagtail.snippets.models import get_snippet_models

from cms.content.models import ContentDocument, ContentImage
from cms.delivery.webhooks.models import Webhook
from cms.exchange.models import Job
from cms.export.models import ExportFile
from cms.translation.models import TranslationRequest
from tests.cms.admin_patterns import START, Pattern, admin_patterns
from tests.cms.roles.admin_addresses import addresses_of, queries_of, queries_to_send
from tests.cms.roles.canaries import ADMINISTRATOR, ROLES, Aviary
from tests.harness.sampling import amount

_ZIP: Final = b"PK\x03\x04"
_NOT_BY_ITSELF: Final = ("/admin/login/", "/admin/bulk/")
"""The first leads to the start page who is signed in; the second depends on what is ticked."""

_SIGNING_OUT: Final = ("/admin/logout/", "/admin/failwhale/")
"""The first ends the visit; the second is there to fail."""


IS_SAMPLE: Final = amount(1, 0) == 1
READING: Final[dict[str, tuple[int, int]]] = {
    "anonymous": (0, 2),
    "translator-smj": (0, 4),
    "translator-se": (1, 4),
    "editor": (2, 4),
    "moderator": (3, 4),
    ADMINISTRATOR: (0, 10),
}
"""The share of each role in what is asked in ``make test``: four roles share out every question."""

SENDING: Final[dict[str, tuple[int, int]]] = {"translator-smj": (0, 20), "editor": (1, 20)}
"""The share of each role in what is sent in ``make test``."""

_PLACES: Final = 3
"""Of so many things of a kind each role sends one its forms, of each role another."""

_LINK: Final = re.compile(rf'(?:href|action|data-w-action-url-value)="({START}[^"?#]*)')
_ASKS_FOR_A_PAGE: Final = re.compile(r"page|chooser")


@dataclass(frozen=True, slots=True)
class Question:
    """One address to ask.

    Attributes:
        kind: its pattern with its query.
    """

    kind: str
    address: str

    def is_in(self, share: tuple[int, int]) -> bool:
        """Tells whether it belongs to a share: the same in every run."""
        remainder, of = share
        return zlib.crc32(self.kind.encode()) % of == remainder


@dataclass
class Visit:
    """Everything that a role was told.

    Attributes:
        leaks: what was said where, that the role should not see.
        seen: the words that the role was told.
        failed: addresses that answered with a fault of the server.
        offered: addresses that a page links to, each with one such page.
        refused: addresses that led back to the start page, or were forbidden.
    """

    role: str
    leaks: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    failed: list[str] = field(default_factory=list)
    offered: dict[str, str] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)

    def offered_and_refused(self) -> list[str]:
        """Links that lead nowhere, each with a page that has it."""
        return [
            f"{self.role}: {address} on {self.offered[address]}"
            for address in sorted(self.offered.keys() & self.refused)
            if not address.startswith(_NOT_BY_ITSELF)
        ]

    def hear(self, question: str, said: str, aviary: Aviary, sent: str = "") -> None:
        """Notes what an answer says, but for what it repeats of a form that was sent."""
        for canary in aviary.heard_in(said):
            if canary.word in sent:
                continue
            self.seen.add(canary.word)
            if self.role != ADMINISTRATOR and self.role not in canary.seen_by:
                place = said.index(canary.word)
                around = said[max(place - 80, 0) : place + 40].replace("\n", " ")
                self.leaks.append(f"{self.role}: {question}: {canary.about}: …{around}…")


def questions(aviary: Aviary, role: str) -> list[Question]:
    """All that a role asks with ``GET``, in ``make test`` its share."""
    found = [
        question
        for number, pattern in enumerate(_patterns())
        for address in _amount_of(addresses_of(pattern, aviary), number)
        for question in _with(queries_of(pattern, aviary), pattern, address)
    ]
    return [one for one in found if not IS_SAMPLE or one.is_in(READING[role])]


def questions_to_send(aviary: Aviary, role: str) -> list[Question]:
    """All to which a role sends forms, in ``make test`` its share."""
    number_of_role = ROLES.index(role)
    found = []
    for number, pattern in enumerate(_patterns()):
        addresses = addresses_of(pattern, aviary)
        own = addresses[(number + number_of_role) % _PLACES :: _PLACES] or addresses[:1]
        for address in _amount_of(own, number):
            found += _with(queries_to_send(pattern, aviary), pattern, address)
    return [one for one in found if not IS_SAMPLE or one.is_in(SENDING[role])]


def _amount_of(addresses: list[str], number: int) -> list[str]:
    """The addresses of a pattern that are asked, in ``make test`` one."""
    return [addresses[number % len(addresses)]] if IS_SAMPLE else addresses


def _patterns() -> list[Pattern]:
    return [pattern for pattern in admin_patterns() if pattern.template not in _SIGNING_OUT]


def _with(queries: list[str], pattern: Pattern, address: str) -> list[Question]:
    return [
        Question(f"{pattern}?{query}", f"{address}?{query}" if query else address)
        for query in queries
    ]


def client_of(aviary: Aviary, role: str) -> Client:
    """The browser of a role."""
    client = Client(raise_request_exception=False)
    if role in aviary.users:
        client.force_login(aviary.users[role])
    return client


def said_by(response: Any) -> str:
    """Everything that an answer says, with where it leads and the messages that wait."""
    body = text_of(b"".join(response) if response.streaming else response.content)
    messages = " ".join(str(message) for message in getattr(response.wsgi_request, "_messages", ()))
    leads = response.headers.get("Location", "")
    return f"{body} {leads} {messages}"


def text_of(body: bytes) -> str:
    """Everything that an answer says, in the files of a ZIP too, as a spreadsheet is one."""
    if not body.startswith(_ZIP):
        return body.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        inside = [text_of(archive.read(name)) for name in archive.namelist()]
        return "\n".join([*archive.namelist(), *inside])


def visit(aviary: Aviary, role: str) -> Visit:
    """Asks every question with ``GET``."""
    client, made = client_of(aviary, role), Visit(role)
    for question in questions(aviary, role):
        with rolled_back():
            response = client.get(question.address)
            if response.status_code >= 500:
                made.failed.append(question.address)
            said = said_by(response)
            made.hear(question.address, said, aviary)
            path = question.address.partition("?")[0]
            if response.headers.get("Location") == START or response.status_code == 403:
                made.refused.add(path)
            elif response.headers["Content-Type"].startswith("text/html"):
                made.offered.update(dict.fromkeys(_LINK.findall(said), path))
    return made


def send_everything(aviary: Aviary, role: str) -> tuple[Visit, list[str]]:
    """Sends every form, as the administrator's browser shows it, and to every address none.

    Returns:
        What was said, and what was done that the role may not do.
    """
    chief, client, made = client_of(aviary, ADMINISTRATOR), client_of(aviary, role), Visit(role)
    done = []
    before = guarded_state(role)
    for question in questions_to_send(aviary, role):
        find = partial(forms_at, chief, question.address, aviary)
        for data in [{}, *aviary.keep(question.address, find)]:
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


def forms_at(client: Client, address: str, aviary: Aviary) -> list[dict[str, str]]:
    """The forms that post of a page, filled in, with hidden pages for whatever asks for one."""
    return list(_forms_at(client, address, aviary))


def _forms_at(client: Client, address: str, aviary: Aviary) -> Iterator[dict[str, str]]:
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

    Moderators close, move and delete pages of their own language, and with these take down their
    translations; translators publish theirs.
    """
    pages = Page.objects.order_by("pk")
    code = role.removeprefix("translator-") if role.startswith("translator") else "sv"
    others = pages.exclude(locale__language_code=code)
    takes_down = role in {"moderator", ADMINISTRATOR}
    columns = ("pk", "path", "alias_of", "title", "latest_revision", "last_published_at")
    kept: list[Any] = [
        list(others.values_list(*columns, *([] if takes_down else ["live"]))),
        *(
            list(
                model._default_manager.exclude(locale__language_code=code)
                .order_by("pk")
                .values_list("pk", "name", "live", "latest_revision")
            )
            for model in get_snippet_models()
        ),
        list(PageViewRestriction.objects.filter(page__in=others).values_list("pk")),
        list(User.objects.order_by("pk").values_list("pk", "is_superuser", "groups")),
        list(Webhook.objects.values_list("pk", "secret")),
        list(APIToken.objects.values_list("pk", "user", "revoked_at")),
        list(Job.objects.filter(user__is_superuser=True).values_list("pk", "state")),
        list(ExportFile.objects.filter(user__is_superuser=True).values_list("pk", "state")),
    ]
    if takes_down:
        swedish = pages.filter(locale__language_code="sv").values("translation_key")
        foreign = others.filter(live=True).exclude(translation_key__in=swedish)
        return State(kept, frozenset(foreign.values_list("pk", flat=True)))
    kept.append(list(PageViewRestriction.objects.values_list("pk")))
    if role == "editor":
        # Editors move and delete what is not live.
        kept.append(list(pages.filter(live=True).values_list("pk", "path")))
    else:
        kept.append(list(pages.values_list("pk", "path", "locked", "alias_of")))
        kept.append(list(TranslationRequest.objects.values_list("pk", "outcome", "due")))
        kept.append(list(ContentImage.objects.values_list("pk", "title")))
        kept.append(list(ContentDocument.objects.values_list("pk", "title")))
        kept.append(list(Collection.objects.values_list("pk", "name")))
    sources = pages.filter(live=True, locale__language_code="sv").values("translation_key")
    translations = pages.filter(live=True, translation_key__in=sources)
    return State(kept, frozenset(translations.values_list("pk", flat=True)))
