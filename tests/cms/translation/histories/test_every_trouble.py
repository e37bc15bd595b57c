"""Every kind of trouble at once, and all that speaks of a translation compared with the judgement.

The report, the start page, the comparison, files, tables, the corpus, the catalogue, the languages,
documents and answers must all say what is counted here from the pages and what was done to them.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from rdflib import DCAT, DCTERMS, RDF, Graph
from wagtail_localize.models import Translation, TranslationSource

from cms.exchange.exporting import unit_groups
from cms.exchange.parallel_texts.reading import parallel_strings
from cms.exchange.parallel_texts.strings import ParallelQuery
from cms.exchange.parallel_texts.tmx.writing import corpus
from cms.exchange.selection import Selection
from cms.translation.editor.rows import editor_rows
from cms.translation.models import LanguageStatus
from cms.translation.status.overview import Figures, matrix
from tests.cms.export.open_data.dcat.describing import describe
from tests.cms.translation.histories.judge import ORDER, folded, texts_of
from tests.cms.translation.histories.trouble import (
    CODE,
    INTRODUCTION,
    Trouble,
    build_trouble,
    locale,
    source_strings,
)

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]


@pytest.fixture(scope="module")
def site(module_database: None, tmp_path_factory: pytest.TempPathFactory) -> Trouble:
    """All of it at once."""
    return build_trouble(tmp_path_factory.mktemp("files"))


@dataclass(frozen=True)
class Expected:
    """A page in the language as it is counted here.

    Attributes:
        status: as the report has it; ``draft`` for a live page that nobody has translated.
        left: number of source texts that have no translation of what they say now.
    """

    status: str
    left: int


def expected(site: Trouble, key: UUID) -> Expected:
    """Counts a page from the pages themselves and from what was done to them."""
    source, own = site.version(key, "sv"), site.version(key, CODE)
    strings = source_strings(source) if source is not None else []
    stored = site.stored.get(key, {})
    left = [text for text in strings if not _is_done(site, stored.get(text), text)]
    if own is None or not own.live:
        return Expected("draft" if own is not None or stored else "missing", len(left))
    judged = site.log.judged(own, CODE)
    if not judged.is_translation:
        return Expected("draft", len(left))
    kept = Translation.objects.filter(
        source__object=key, target_locale__language_code=CODE, enabled=True
    ).exists()
    if kept and key in site.published and site.published[key] != strings:
        return Expected("outdated", len(left))
    mixed = judged.is_mixed or judged.shows_machine
    return Expected("partial" if mixed else "complete", len(left))


def _is_done(site: Trouble, translation: str | None, source: str) -> bool:
    if (CODE, source) in site.log.said:
        return True
    return translation is not None and translation != source


def counted(site: Trouble) -> Iterator[tuple[str, UUID, Expected]]:
    """Every page that is live in Swedish, and translated from there as far as anybody knows."""
    for name, key in site.names.items():
        source = site.version(key, "sv")
        if source is not None and source.live and TranslationSource.objects.filter(object=key):
            yield name, key, expected(site, key)


def public_code(site: Trouble, key: UUID) -> dict[str, str]:
    """Languages in which others see a page, with the status that they are told."""
    found = {}
    for code in ORDER:
        page = site.version(key, code)
        if page is None or not page.live:
            continue
        judged = site.log.judged(page, code)
        if judged.is_translation:
            is_other = code not in ("sv", CODE)
            mixed = "partial" if judged.is_mixed else "complete"
            found[code] = (
                "source" if code == "sv" else mixed if is_other else expected(site, key).status
            )
    return found


def test_the_status_of_each_page(site: Trouble, db: None) -> None:
    rows = LanguageStatus.objects.filter(locale__language_code=CODE).select_related("source")
    found = {row.source.object_id: (row.status, row.strings - row.translated) for row in rows}
    for name, key, one in counted(site):
        assert (name, *found[key]) == (name, one.status, one.left)


def test_the_report_and_the_start_page(site: Trouble, db: None) -> None:
    wanted = Counter(one.status for _name, _key, one in counted(site))
    wanted["draft"] += 1  # The start page was begun with the first page under it.
    left = sum(one.left for _name, _key, one in counted(site))
    figures = matrix([locale(CODE)]).rows[0].total
    assert numbers(figures) == dict(wanted)
    assert figures.strings_left == left + len(source_strings(site.home))
    user = User.objects.create_user("julev")
    user.groups.add(Group.objects.get(name=f"Translators ({CODE})"))
    client = Client()
    client.force_login(user)
    desk = client.get("/admin/").context["desk"]
    assert numbers(desk.rows[0].figures) == dict(wanted)
    counts = {one.name: one.count for one in desk.lists}
    assert counts["outdated"] == wanted["outdated"]
    assert counts["new"] == wanted["partial"] + wanted["draft"] + wanted["missing"]


def numbers(figures: Figures) -> dict[str, int]:
    statuses = ("missing", "draft", "partial", "outdated", "complete")
    return {name: getattr(figures, name) for name in statuses if getattr(figures, name)}


def test_the_editor_shows_what_is_out_of_date(site: Trouble, db: None) -> None:
    shown = {}
    for name, key, _one in counted(site):
        begun = Translation.objects.filter(source__object=key, target_locale__language_code=CODE)
        for translation in begun:
            rows = [row for row in editor_rows(translation).rows if row.state == "outdated"]
            if rows:
                shown[name] = [row.former_target for row in rows]
    assert shown == {"source changed": [f"{CODE}({INTRODUCTION} source changed.)"]}


def test_a_file_holds_what_is_left(site: Trouble, db: None) -> None:
    groups = unit_groups(Selection(CODE, only="untranslated"))
    found = {
        group.key: len([unit for unit in group.units if unit.path != "slug"]) for group in groups
    }
    for name, key, one in counted(site):
        assert (name, found.get(key, 0)) == (name, one.left)


def test_tables_and_the_corpus_hold_what_is_translated_and_live(site: Trouble, db: None) -> None:
    query = ParallelQuery((CODE,))
    shown: dict[UUID, set[str]] = {}
    for strings in parallel_strings(query):
        for string in strings:
            if string.texts[CODE].status in ("published", "to-review"):
                shown.setdefault(string.key, set()).add(folded(string.texts[CODE].text))
    whole = b"".join(corpus(query)).decode()
    for name, key, _one in counted(site):
        page = site.version(key, CODE)
        if page is None or CODE not in public_code(site, key):
            assert (name, shown.get(key, set())) == (name, set())
            continue
        own = {
            folded(piece)
            for text in texts_of(page)
            for piece in text.pieces
            if site.log.language_of((key, CODE), text.field, piece) == CODE
        }
        assert (name, shown.get(key, set()) <= own) == (name, True)
        for text in shown.get(key, set()):
            assert text in folded(whole)


def test_the_catalogue_names_the_languages_that_are_there(site: Trouble, db: None) -> None:
    describe()
    record = Graph().parse(data=Client().get("/api/dcat.rdf").content, format="xml")
    for name in ("content", "corpus"):
        [dataset] = [
            one for one in record.subjects(RDF.type, DCAT.Dataset) if str(one).endswith(name)
        ]
        named = {str(address)[-3:].lower() for address in record.objects(dataset, DCTERMS.language)}
        assert named == {"swe", "fin", CODE}
    assert {code for key in site.names.values() for code in public_code(site, key)} == {
        "sv",
        "fi",
        CODE,
    }


def test_the_list_of_languages(site: Trouble, db: None) -> None:
    items = {item["code"]: item for item in Client().get("/api/v3/languages/").json()["items"]}
    wanted = Counter(one.status for _name, _key, one in counted(site))
    found = items[CODE]
    assert (found["complete"], found["partial"], found["outdated"], found["missing"]) == (
        wanted["complete"],
        wanted["partial"],
        wanted["outdated"],
        wanted["missing"] + wanted["draft"] + 1,  # and the start page
    )
    assert found["pages"] == sum(CODE in public_code(site, key) for key in site.names.values())


def test_what_each_document_says(site: Trouble, db: None) -> None:
    for name, key in site.names.items():
        public = public_code(site, key)
        for code in ORDER:
            page = site.version(key, code)
            entry = Client().get(f"/api/v3/entries/{code}/{key}/?fallback=false")
            assert (name, code, entry.status_code == 200) == (name, code, code in public)
            if page is None or not page.live:
                continue
            judged = site.log.judged(page, code)
            response = Client().get(f"/api/v3/pages/{page.pk}/")
            document = response.json()
            assert (name, document["language"]) == (name, judged.language)
            assert response["Content-Language"] == judged.language
            own = {
                pointer: language
                for pointer, language in document["languages"].items()
                if pointer.startswith(("/title", "/introduction", "/body/"))
            }
            assert (name, own) == (name, judged.languages)
            said = {one["locale"]: one["status"] for one in document["translations"]}
            assert (name, said) == (name, public)
