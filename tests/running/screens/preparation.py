"""Prepares a site in the pseudo-language: ``python -m … SITE RESULT``, in a process of its own.

``SITE`` is the file of an example site; ``RESULT`` becomes the JSON that ``Prepared`` describes.
"""

import json
import os
import pickle
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import django

ROLES: Final = ("editor", "translator-smj", "administrator")


@dataclass(frozen=True, slots=True)
class Screen:
    """An address that a role opens.

    Attributes:
        kind: its pattern with its query; the same for each thing of a kind.
    """

    kind: str
    address: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """Everything that a walk needs to know.

    Attributes:
        sessions: the key of each role's session.
        screens: every address of the admin that can be asked with ``GET``.
        content: every text that somebody has written.
    """

    sessions: dict[str, str]
    screens: list[Screen]
    content: list[str]

    @classmethod
    def read(cls, path: Path) -> "Prepared":
        """Read what a preparation has written."""
        stored = json.loads(path.read_text(encoding="utf-8"))
        screens = [Screen(**screen) for screen in stored.pop("screens")]
        return cls(**stored, screens=screens)


def prepare(site: Any) -> Prepared:
    """Fills the site with a thing for each address, and gives each role a session."""
    from django.test import Client

    from tests.cms.roles.canaries import build_aviary
    from tests.factories.building import settle
    from tests.running.screens.content import content_of_site

    aviary = build_aviary(site)
    settle()
    sessions = {}
    for role in ROLES:
        client = Client()
        client.force_login(aviary.users[role])
        sessions[role] = client.cookies["sessionid"].value
    screens = [*_page_editors(aviary.site), *_screens(aviary)]
    return Prepared(sessions, screens, sorted(content_of_site()))


def _screens(aviary: Any) -> Iterator[Screen]:
    from tests.cms.admin_patterns import admin_patterns
    from tests.cms.roles.admin_addresses import addresses_of, queries_of

    for pattern in admin_patterns():
        for query in queries_of(pattern, aviary):
            for address in addresses_of(pattern, aviary):
                kind = f"{pattern.template}?{query}" if query else pattern.template
                yield Screen(kind, f"{address}?{query}" if query else address)


def _page_editors(site: Any) -> Iterator[Screen]:
    """The form of each page type, with something in each field, and empty."""
    for model, page in site.pages.items():
        name = f"{model._meta.app_label}/{model._meta.model_name}"
        yield Screen(f"edit {name}", f"/admin/pages/{page.pk}/edit/")
        parent = page.get_parent()
        if not parent.is_root():
            yield Screen(f"add {name}", f"/admin/pages/add/{name}/{parent.pk}/")


def main(site: str, result: str) -> None:
    """Prepare, and write what a walk needs."""
    django.setup()
    from tests.running.screens.pseudo_language import write_catalogues

    # While Django speaks Swedish: the catalogues are read when a text is first asked for.
    write_catalogues(Path(os.environ["PSEUDO_LANGUAGE"]))
    made = prepare(pickle.loads(Path(site).read_bytes()))
    Path(result).write_text(json.dumps(asdict(made)), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
