"""Bundles with anything in them are brought in as they are or refused: never a traceback.

A refusal names the file, the record and the member, and nothing of the bundle stays.
"""

import io
import json
import shutil
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import transaction

from cms.delivery.publishing.consistency_check import differences
from cms.export.bundle.check_bundle import BadBundle, Bundle, faults
from cms.export.bundle.importing.importer import import_bundle
from cms.export.bundle.importing.refusals import RefusedBundle
from cms.export.bundle.since import read_base
from tests.cms.export.bundle.importing.mutations import (
    DEEP,
    NO_CALENDAR,
    damage,
    mutate,
    nested,
)
from tests.cms.export.bundle.importing.test_refusals import (
    Record,
    assert_nothing_written,
    changed,
    content_page,
)
from tests.cms.export.tampering import rehashed
from tests.harness.sampling import amount

pytestmark = pytest.mark.shared_out

IMAGES, DOCUMENTS = "source/images.ndjson", "source/documents.ndjson"
SNIPPETS, PAGES = "source/snippets.ndjson", "source/pages.ndjson"
SITE, TRANSLATIONS = "source/site.json", "source/translations.ndjson"

Change = Callable[[list[Record]], None]


def member(*place: Any, value: Any) -> Change:
    """Sets a member of the first record that has it."""

    def change(records: list[Record]) -> None:
        for record in records:
            owner: Any = record
            with suppress(KeyError, IndexError, TypeError):
                for step in place[:-1]:
                    owner = owner[step]
                if isinstance(owner, list) or place[-1] in owner or value == "surplus":
                    owner[place[-1]] = value
                    return
        raise LookupError(place)

    return change


def field(name: str, value: Any) -> Change:
    def change(records: list[Record]) -> None:
        content_page(records)["fields"][name] = value

    return change


def block(**members: Any) -> Change:
    return field("body", [{"type": "paragraph", "value": "<p>Hej</p>", "id": "a", **members}])


def picture(**members: Any) -> Change:
    shown = {"image": None, "alt_text": "x", "decorative": False, **members}
    value = {"image": shown, "caption": ""}
    return field("body", [{"type": "image", "value": value, "id": "a"}])


def two_blocks(records: list[Record]) -> None:
    one = {"type": "paragraph", "value": "<p>Hej</p>", "id": "a"}
    content_page(records)["fields"]["body"] = [one, one]


def stairs(records: list[Record]) -> None:
    """Pages each below the other, more than a tree can hold."""
    page = content_page(records)
    position = records.index(page)
    for number in range(70):
        key = f"11111111-1111-4111-8111-{number:012}"
        above = f"{page['key']}/{page['locale']}"
        page = {**page, "key": key, "parent": above}
        page["fields"] = {"title": "x", "slug": f"x-{number}"}
        page.pop("draft", None)
        records.insert(position + number + 1, page)


MOMENTS = [
    (PAGES, ("first_published_at",), "first_published_at"),
    (PAGES, ("draft", "scheduled_at"), "draft.scheduled_at"),
    (PAGES, ("draft", "go_live_at"), "draft.go_live_at"),
    (IMAGES, ("created_at",), "created_at"),
    (TRANSLATIONS, ("changed_at",), "changed_at"),
    (TRANSLATIONS, ("strings", 0, "translations", 0, "updated_at"), "strings.0.translations.0."),
]


@pytest.mark.parametrize("moment", NO_CALENDAR[: amount(2, len(NO_CALENDAR))])
@pytest.mark.parametrize(("name", "place", "named"), MOMENTS)
def test_a_moment_that_no_calendar_has(
    bundle: Path, name: str, place: tuple[Any, ...], named: str, moment: str
) -> None:
    refuse(bundle, name, member(*place, value=moment), f"{named}", "is no moment in time")


def refuse(bundle: Path, name: str, change: Change, *messages: str) -> str:
    """Has it refused by the command, and returns what that says."""
    changed(bundle, name, change)
    with pytest.raises(CommandError) as refused:
        call_command("import_content", str(bundle), quiet=True)
    assert isinstance(refused.value.__cause__, BadBundle | RefusedBundle)
    said = str(refused.value)
    assert said.startswith(f"{name}, "), said
    assert said.endswith("\nNothing was written.")
    for message in messages:
        assert message in said
    assert_nothing_written()
    return said


@pytest.mark.parametrize(
    ("name", "change", "message"),
    [
        # Elements in one another, of which the parsers of whoever reads them give up.
        (PAGES, field("introduction", DEEP), "introduction: More than 50 elements stand in one"),
        (PAGES, block(value=DEEP), "body: More than 50 elements stand in one another"),
        (
            TRANSLATIONS,
            member("strings", 0, "translations", 0, "data", value=DEEP),
            "More than 50 elements stand in one another",
        ),
        (PAGES, field("body", nested(300)), "more than 100 lists and objects stand in one another"),
        # Ways that lead deeper than a tree or a disk can hold.
        (PAGES, stairs, "it lies more than 63 pages deep"),
        (IMAGES, member("collection", value=["a"] * 3_000), "leads deeper than 60 collections"),
        (SITE, member("collections", 0, value=["a"] * 3_000), "leads deeper than 60 collections"),
        (DOCUMENTS, member("file", value="a/" * 3_000 + "a.pdf"), "file: String should have at"),
        (DOCUMENTS, member("file", value="𝕏" * 60 + ".pdf"), "is no name of a file"),
        # What no XML file holds, and PostgreSQL partly refuses.
        (PAGES, field("title", "A\0B"), "fields.title: the character U+0000 cannot be stored"),
        (PAGES, field("title", "\ud800"), "fields.title: the character U+D800 cannot be stored"),
        (PAGES, block(value="<p>\b</p>"), "body.0.value: the character U+0008 cannot be stored"),
        (SNIPPETS, member("fields", "name", value="\0"), "fields.name: the character U+0000"),
        (IMAGES, member("tags", value=["\0"]), "tags.0: the character U+0000"),
        (
            TRANSLATIONS,
            member("strings", 0, "source", value="\ufffe"),
            "strings.0.source: the character U+FFFE",
        ),
        (SITE, member("sites", 0, "name", value="\0"), "sites.0.name: the character U+0000"),
        (PAGES, field("title", "\u200b"), "it has no title"),
        # Members of which nothing would come.
        (IMAGES, member("surplus", value="surplus"), "surplus: there is no such member here"),
        (DOCUMENTS, member("credit", value="surplus"), "credit: there is no such member here"),
        (SNIPPETS, member("surplus", value="surplus"), "surplus: there is no such member here"),
        (PAGES, member("surplus", value="surplus"), "surplus: there is no such member here"),
        (PAGES, member("draft", "surplus", value="surplus"), "draft.surplus: there is no such"),
        (
            TRANSLATIONS,
            member("strings", 0, "surplus", value="surplus"),
            "strings.0.surplus: there is no such member here",
        ),
        (SITE, member("surplus", value="surplus"), "surplus: there is no such member here"),
        (SITE, member("sites", 0, "surplus", value="surplus"), "sites.0.surplus: there is no such"),
        (PAGES, block(surplus=1), "body: a block has no member 'surplus'"),
        (PAGES, picture(surplus=1), "body: a block has no member 'surplus'"),
        # Values of other types, which Django would make texts and numbers of.
        (PAGES, field("title", 5), "it has no title"),
        (PAGES, field("search_description", []), "search_description: a text is expected here"),
        (PAGES, field("search_description", None), "search_description: something is expected"),
        (PAGES, field("show_in_menus", "true"), "show_in_menus: true or false is expected here"),
        (PAGES, block(value=5), "body: a text is expected here"),
        (PAGES, block(id=["a"]), "body: ['a'] is no id of a block"),
        (PAGES, field("body", {"type": "x"}), "body: a list of blocks is expected here"),
        (PAGES, picture(image=7), "body: a reference is expected here, and not 7"),
        (PAGES, picture(alt_text=[]), "body: Input should be a valid string"),
        (PAGES, two_blocks, "body: two blocks have the id a. Leave it out in the new one"),
        (IMAGES, member("credit", value=[]), "credit: Input should be a valid string. ([])"),
        (IMAGES, member("focal_point_x", value=10**30), "is a number that no database holds"),
        (SNIPPETS, member("locale", value=["sv"]), "locale: Input should be a valid string"),
        (SITE, member("sites", 0, "port", value=99_999), "sites.0.port: Input should be less"),
    ],
)
def test_what_is_not_as_it_should_be(bundle: Path, name: str, change: Change, message: str) -> None:
    refuse(bundle, name, change, message)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"title":"A","title":"B"}', "line 2: this is not JSON ('title' is there twice in one"),
        ('{"a":{"b":1,"b":2}}', "line 2: this is not JSON ('b' is there twice in one object)"),
        ('{"a":NaN}', "line 2: this is not JSON (NaN is no number)"),
        ("[" * 100_000, "line 2: this is not JSON"),
        ("5", "line 2: this is no record"),
    ],
)
def test_a_line_that_readers_would_take_differently(bundle: Path, text: str, message: str) -> None:
    path = bundle / PAGES
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[1] = text
    path.write_text("\n".join(lines), encoding="utf-8")
    rehashed(bundle)
    with pytest.raises((BadBundle, RefusedBundle)) as refused:
        import_bundle(Bundle(bundle), lambda name: None)
    assert f"{PAGES}, {message}" in str(refused.value)
    assert_nothing_written()


def test_two_descriptions_of_the_site(bundle: Path) -> None:
    changed(bundle, SITE, lambda records: records.append(records[0]))
    with pytest.raises(RefusedBundle, match="one description of the site is expected here"):
        import_bundle(Bundle(bundle), lambda name: None)
    assert_nothing_written()


def test_any_change_of_a_record_is_taken_or_refused(bundle: Path) -> None:
    """Renders what is taken as it will be, and leaves nothing of what is refused."""
    whole = {
        path: path.read_text(encoding="utf-8") for path in sorted((bundle / "source").iterdir())
    }
    taken = 0
    for seed in range(amount(6, 400)):
        random = Random(seed)
        path = random.choice(list(whole))
        lines = whole[path].splitlines()
        done = f"seed {seed}: {mutate(random, lines)} of {path.name}"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        rehashed(bundle)
        with transaction.atomic():
            said = refusal(bundle)
            if said is None:
                taken += 1
                assert list(differences()) == [], done
            else:
                assert said.startswith("source/"), done
                assert_nothing_written()
            transaction.set_rollback(True)
        for folder in ("documents", "images", "original_images"):
            shutil.rmtree(default_storage.path(folder), ignore_errors=True)
        path.write_text(whole[path], encoding="utf-8")
    assert taken


def refusal(bundle: Path) -> str | None:
    """The words of the import against a bundle; ``None`` where it was brought in."""
    try:
        import_bundle(Bundle(bundle), lambda name: None)
    except (BadBundle, RefusedBundle) as refused:
        return str(refused)
    return None


def test_any_damage_of_a_file_is_said(bundle: Path, tmp_path: Path) -> None:
    """By the import, by the check, and by who continues it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(bundle.rglob("*")):
            if path.is_file() and "content" not in path.parts:
                archive.write(path, path.relative_to(bundle).as_posix())
    manifest = (bundle / "manifest.json").read_text(encoding="utf-8")
    for seed in range(amount(24, 3_000)):
        random = Random(seed)
        if seed % 2:
            path = tmp_path / "damaged.zip"
            path.write_bytes(damage(random, packed.getvalue()))
        else:
            path = bundle
            lines = [json.dumps(json.loads(manifest))]
            mutate(random, lines)
            text = "\n".join(lines)
            (bundle / "manifest.json").write_text(text, "utf-8", errors="surrogatepass")
        with suppress(BadBundle):
            list(faults(Bundle(path)))
        with suppress(BadBundle):
            read_base(path)
