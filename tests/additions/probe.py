"""Runs in the copy: the commands that the steps name, then a look at all that was added.

Prints one line of JSON, by what was looked at. Takes the commands as JSON.
"""

import json
import sys
from pathlib import Path
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.test import Client  # noqa: E402


def run_commands(commands: list[list[str]]) -> None:
    """Runs each once, and brings the database up to date when a migration is written."""
    done: list[list[str]] = []
    for command in commands:
        if command in done:
            continue
        done.append(command)
        call_command(*command, stdout=sys.stderr)
        if command[0] == "makemigrations":
            call_command("migrate", verbosity=0)


@transaction.atomic
def build() -> Any:
    """A start page, and a visit with an event below it."""
    from wagtail.models import Locale, Page, Site

    from home.models import HomePage
    from strategy.models import VisitPage  # type: ignore[attr-defined]

    Page.objects.filter(depth=2).delete()
    swedish = Locale.objects.get(language_code="sv")
    home = HomePage(title="Start", slug="sv", locale=swedish)
    Page.objects.get(depth=1).add_child(instance=home)
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", port=80, root_page=home, is_default_site=True)
    event = {"name": "Vintermarknad", "place": "Jokkmokk", "year": 2027}
    visit = VisitPage(
        title="Besök",
        slug="besok",
        locale=swedish,
        welcome="Kom och se.",
        visited_on="2027-02-04",
        body=json.dumps([{"type": "event", "value": event}]),
    )
    home.add_child(instance=visit)
    visit.save_revision().publish()
    return visit


def look(visit: Any) -> dict[str, Any]:
    """The site's output of each addition."""
    client = Client(headers={"host": "localhost"})
    page = client.get(f"/api/v3/pages/{visit.pk}/").json()
    types = client.get("/api/v3/types/")
    known = {"If-None-Match": types["ETag"]}
    schema = client.get("/api/v3/openapi.json").json()
    languages = client.get("/api/v3/languages/").json()["items"]
    return {
        "page": page,
        "entry in Kven": client.get(f"/api/v3/entries/fkv/{visit.translation_key}/").json(),
        "for people": client.get("/sv/besok/").content.decode(),
        "languages": [item["code"] for item in languages],
        "types": types.json(),
        "types known": client.get("/api/v3/types/", headers=known).status_code,
        "types refused": client.get("/api/v3/types/?bogus=1").status_code,
        "paths": list(schema["paths"]),
        "schemas": list(schema["components"]["schemas"]),
        "strings": carried_strings(),
    }


def carried_strings() -> dict[str, str]:
    """Carries the visit's strings out, translates them, and back in; returns what is stored."""
    for_translators, back = Path("visit.jsonl"), Path("visit-back.jsonl")
    header, *strings = exported_lines(for_translators)
    for one in strings:
        if one["path"] != "slug":
            one.update(target=f"In Kven: {one['source']}", state="translated")
    lines = [json.dumps(one, ensure_ascii=False) for one in (header, *strings)]
    back.write_text("\n".join([*lines, ""]), encoding="utf-8")
    call_command("translations", "import", str(back), stdout=sys.stderr)
    return {one["source"]: one["target"] for one in exported_lines(for_translators)[1:]}


def exported_lines(path: Path) -> list[dict[str, Any]]:
    """The lines of a file in the new format, of the visit in the new language."""
    options = ["--locale", "fkv", "--format", "jsonl", "--under", "/sv/besok/", "--only", "all"]
    call_command("translations", "export", *options, str(path), stdout=sys.stderr)
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    run_commands(json.loads(sys.argv[1]))
    print(json.dumps(look(build())))  # noqa: T201
