"""The content of a mirror, as a web server sees it."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

from cms.delivery.endpoints.tree_items import tree_body
from cms.delivery.models import Entry, PublishedDocument
from cms.languages.registry import LANGUAGES, NO_LANGUAGE

Looked = dict[str, tuple[str, bytes]]
"""By address: where it leads, and the content without what says when it was made."""


def look(root: Path) -> Looked:
    """Every file that has an address, with all of its encodings."""
    found: Looked = {}
    for folder, _folders, files in os.walk(root, followlinks=True):
        if ".mirror" in Path(folder).relative_to(root).parts:
            continue
        for name in files:
            path = Path(folder, name)
            place = str(path.relative_to(root))
            leads_to = str(Path(folder).readlink()) if Path(folder).is_symlink() else ""
            content = path.read_bytes()
            if name.endswith(".ndjson"):
                content = b"\n".join(content.split(b"\n")[1:])
            elif ".ndjson" in name:
                content, leads_to = b"", ""
            found[place] = (leads_to, content)
    return found


def stored(root: Path) -> set[str]:
    """Every file that is stored, whether or not an address leads to it."""
    inner = root / ".mirror"
    return {
        str(path.relative_to(inner))
        for path in inner.rglob("*")
        if path.is_file() and path.name not in ("state.json", "lock")
    }


def addresses(root: Path) -> Iterator[str]:
    """The address of each file, encodings apart."""
    for place in look(root):
        if not place.endswith((".gz", ".br")):
            yield "/" + place.removesuffix("index.json")


def assert_exact(root: Path) -> None:
    """The mirror has what the database has, address by address, and nothing else."""
    bodies = {one.pk: bytes(one.body) for one in PublishedDocument.objects.filter(listed=True)}
    expected = {
        f"api/v3/entries/{entry.locale}/{entry.key}/index.json": bodies[entry.document_id]
        for entry in Entry.objects.all()
    } | {
        f"api/v3/pages/{one.page_id}/index.json": bodies[one.pk]
        for one in PublishedDocument.objects.filter(listed=True).exclude(page_id=None)
    }
    looked = look(root)
    there = {
        place: content
        for place, (_leads_to, content) in looked.items()
        if place.startswith(("api/v3/entries/", "api/v3/pages/")) and place.endswith(".json")
    }
    assert there.keys() == expected.keys()
    assert there == expected
    trees = {
        place.split("/")[3]: json.loads(content)
        for place, (_leads_to, content) in looked.items()
        if place.startswith("api/v3/tree/") and place.endswith(".json")
    }
    assert trees == {code: json.loads(tree_body(code, fallback=True)) for code in LANGUAGES}
    in_languages = PublishedDocument.objects.exclude(locale=NO_LANGUAGE)
    for code in {"all", *in_languages.values_list("locale", flat=True)}:
        lines = looked[f"api/v3/export/{code}.ndjson"][1].splitlines()
        chosen = PublishedDocument.objects.filter(listed=True).order_by("sequence")
        if code != "all":
            # What is in no language stands in each export.
            chosen = chosen.filter(locale__in=(code, NO_LANGUAGE))
        assert [json.loads(line) for line in lines] == [
            json.loads(bodies[one.pk]) for one in chosen
        ]
