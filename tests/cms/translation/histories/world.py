"""A site of two pages and a fact, and what every step there needs.

Each step, in the modules beside this one, is a function of the world and three numbers that choose
among what there is. It returns the translation keys that it touched, or raises ``NothingThere``.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import APIToken, Locale, Page
from wagtail_localize.models import (
    Translation,
)

from cms.delivery.tracking.transaction import tracked
from cms.exchange.units import UnreadableFile
from cms.translation.lifecycle.beginning import begin_translation
from cms.translation.lifecycle.publishing import CannotPublish
from home.models import ContentPage, HomePage
from strategy.models import Municipality
from tests.cms.translation.histories.judge import Log
from tests.factories.site import start_site
from tests.factories.snippets import MunicipalityFactory

LANGUAGES = ("en", "fi", "fit", "se", "smj", "sma", "yi", "rom")
CLOSE = ("fi", "fit")
"""Languages in which one copies from the other; they are chosen more often."""


class NothingThere(Exception):
    """There is nothing to do it with."""


REFUSALS = (NothingThere, CannotPublish, UnreadableFile, ValidationError)
"""Errors of a step that cannot be done; nothing is changed then."""

Keys = set[UUID]
"""Translation keys."""

Thing = TypeVar("Thing")


@dataclass
class World:
    """The site, who works there, and what they have done.

    Attributes:
        folder: for files.
        other: approves what ``user`` has entered, and the other way round.
        log: what the judge knows.
    """

    home: Any
    keys: list[UUID]
    fact: UUID
    user: User
    client: Client
    folder: Path
    other: User
    log: Log = field(default_factory=Log)
    made: int = 0

    def new_words(self, code: str) -> str:
        """A text that nobody has written before."""
        self.made += 1
        return f"Ord {self.made} på {code}"

    def model_of(self, key: UUID) -> Any:
        """The type of a page or fact."""
        return Municipality if key == self.fact else ContentPage

    def versions(self, key: UUID, *, aliases: bool = False) -> list[Any]:
        """A page or fact in all languages."""
        model = self.model_of(key)
        found = model.objects.filter(translation_key=key).select_related("locale").order_by("pk")
        if model is ContentPage and not aliases:
            found = found.filter(alias_of=None)
        return list(found)

    def version(self, key: UUID, code: str) -> Any:
        """A page or fact in a language.

        Raises:
            NothingThere: it is not in that language.
        """
        for one in self.versions(key):
            if one.locale.language_code == code:
                return one
        raise NothingThere

    def note(self) -> None:
        """Has the log remember what is live."""
        for key in self.keys:
            for one in self.versions(key):
                if one.live:
                    self.log.note(one)


@tracked
def build_world(folder: Path) -> World:
    """A start page, two pages and a fact, in Swedish and published."""
    home = start_site()
    keys = []
    for name, person in (("Kust", "Anna Åström"), ("Fjäll", "Per Ek")):
        page = ContentPage(
            title=f"{name} och land",
            slug=name.lower(),
            introduction=f"<p>{name} inleder.</p><p>{name} fortsätter.</p>",
            body=[
                ("paragraph", f"<p>{name} har ett <b>första</b> stycke.</p>"),
                ("paragraph", f"<p>{name} har ett andra.</p><p>Det är långt.</p>"),
                ("quote", {"text": f"{name} är fint.", "name": person, "role": ""}),
            ],
            live=False,
        )
        Page.objects.get(pk=home.pk).add_child(instance=page)
        page.save_revision().publish()
        keys.append(page.translation_key)
    fact = MunicipalityFactory(name="Luleå kommun")
    user = User.objects.create_superuser("chefen", password="x")
    _token, secret = APIToken.create_token(user=user, name="another system")
    client = Client(raise_request_exception=False, headers={"Authorization": f"Bearer {secret}"})
    world = World(
        HomePage.objects.get(pk=home.pk),
        [*keys, fact.translation_key],
        fact.translation_key,
        user,
        client,
        folder,
        User.objects.create_superuser("den andra", password="x"),
    )
    for code in LANGUAGES:
        begin_translation(world.home, locale(code), user)
    world.note()
    return world


def locale(code: str) -> Locale:
    """The locale of a language."""
    found: Locale = Locale.objects.get(language_code=code)
    return found


def pick(things: list[Thing], number: int) -> Thing:
    """One of some things, counted round."""
    if not things:
        raise NothingThere
    return things[number % len(things)]


def language(number: int) -> str:
    """One of the eight; the close ones more often, so that much happens to the same page."""
    return (*LANGUAGES, *CLOSE, *CLOSE, *CLOSE, *CLOSE)[number % 16]


def page_key(world: World, a: int) -> UUID:
    """A page, the first more often than the others."""
    keys = [key for key in world.keys if key != world.fact]
    return pick([*keys, keys[0], keys[0]], a)


def some_key(world: World, a: int) -> UUID:
    """A page more often than the fact."""
    return world.fact if a % 9 == 0 else page_key(world, a)


def begun(world: World, a: int) -> Translation:
    found = Translation.objects.filter(source__object__in=world.keys)
    return pick(list(found.select_related("source", "target_locale").order_by("pk")), a)


def latest(one: Any) -> Any:
    """A page or fact with its latest draft."""
    return one.get_latest_revision_as_object() if one.latest_revision_id else one
