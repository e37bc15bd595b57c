"""Every kind of trouble at once, and all that speaks of a translation compared with the judgement.

The report, the start page, the comparison, files, tables, the corpus, the catalogue, the languages,
documents and answers must all say what is counted here from the pages and what was done to them.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from rdflib import DCAT, DCTERMS, RDF, Graph
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.actions.copy_page import CopyPageAction
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from cms.exchange.exporting import unit_groups
from cms.exchange.parallel_texts.reading import parallel_strings
from cms.exchange.parallel_texts.strings import ParallelQuery
from cms.exchange.parallel_texts.tmx.writing import corpus
from cms.exchange.selection import Selection
from cms.translation.comparison import outdated_strings
from cms.translation.lifecycle.publishing import publish_translation
from cms.translation.lifecycle.synchronisation import stop_synchronisation
from cms.translation.lifecycle.taking_down import Choice, choosing
from cms.translation.models import LanguageStatus, SameOnPurpose
from cms.translation.status.overview import Figures, matrix
from cms.translation.texts.same_on_purpose import say_same, withdraw_same
from home.models import ContentPage
from tests.cms.exchange.carrying import bring, filled
from tests.cms.export.open_data.dcat.describing import describe
from tests.cms.export.small import in_language
from tests.cms.translation.histories.judge import ORDER, Log, folded, has_letters, texts_of
from tests.factories.site import start_site
from tests.factories.translations import enter_translations, translate

pytestmark = pytest.mark.django_db

CODE = "smj"
"""The language into which everything is translated."""

TITLE, INTRODUCTION, PARAGRAPH, NAME = "Titel", "Inledning", "Stycke", "Anna Åström"


@dataclass
class Trouble:
    """A site in which everything went wrong once.

    Attributes:
        names: the key of each page by what happened to it.
        stored: for a key, the stored translations by their source texts, folded.
        published: what the source said when the translation was last published from its strings.
    """

    log: Log = field(default_factory=Log)
    home: Any = None
    folder: Path = Path()
    names: dict[str, UUID] = field(default_factory=dict)
    stored: dict[UUID, dict[str, str]] = field(default_factory=dict)
    published: dict[UUID, list[str]] = field(default_factory=dict)

    def page(self, name: str, *, publish: bool = True) -> Any:
        """A Swedish page of four texts, one of them the name of somebody."""
        page = ContentPage(
            title=f"{TITLE} {name}",
            slug=f"sida-{uuid4().hex[:8]}",
            introduction=f"<p>{INTRODUCTION} {name}.</p>",
            body=[
                ("paragraph", f"<p>{PARAGRAPH} {name} ett.</p><p>{PARAGRAPH} {name} två.</p>"),
                ("quote", {"text": f"Ord {name}.", "name": NAME, "role": ""}),
            ],
            live=False,
        )
        Page.objects.get(pk=self.home.pk).add_child(instance=page)
        revision = page.save_revision()
        if publish:
            revision.publish()
        self.names[name] = page.translation_key
        page = ContentPage.objects.get(pk=page.pk)
        self.log.note(page)
        return page

    def work(self, page: Any, *texts: str, code: str = CODE, publish: bool = True) -> Any:
        """Translates the texts that begin so, all without any."""
        own = in_language(code)

        def text_of(path: str, source: str) -> str | None:
            if path == "slug" or (texts and not source.startswith(texts)):
                return None
            text: str = own(path, source)
            self.enter(page.translation_key, code, source, text)
            return text

        if not publish:
            enter_translations(page, code, text_of)
            return None
        made = translate(page, code, text_of)
        self.note_published(page, made)
        return made

    def enter(self, key: UUID, code: str, source: str, text: str) -> None:
        """Remembers what a person entered."""
        self.log.persons[key, code].add(folded(text))
        if code == CODE:
            self.stored.setdefault(key, {})[folded(source)] = folded(text)

    def note_published(self, page: Any, made: Any) -> None:
        """Remembers what was published, and of what it was made."""
        self.log.note(type(made).objects.get(pk=made.pk))
        if made.locale.language_code == CODE:
            self.published[page.translation_key] = source_strings(page)

    def rewrite(self, page: Any, text: str) -> Any:
        """Publishes the Swedish page with another introduction."""
        page = ContentPage.objects.get(pk=page.pk)
        page.introduction = f"<p>{text}</p>"
        page.save_revision().publish()
        self.log.note(page)
        return page

    def version(self, key: UUID, code: str) -> Any:
        """A page in a language, not an alias; ``None`` where it is not there."""
        found = ContentPage.objects.filter(translation_key=key, alias_of=None)
        return found.filter(locale__language_code=code).first()


def source_strings(page: Any) -> list[str]:
    """The strings of a page for a translator, folded; names are none."""
    return [
        folded(piece)
        for text in texts_of(page)
        for piece in text.pieces
        if not text.pointer.endswith("/name") and has_letters(piece)
    ]


def locale(code: str) -> Locale:
    found: Locale = Locale.objects.get(language_code=code)
    return found


def _whole(site: Trouble) -> None:
    site.work(site.page("whole"))


def _half(site: Trouble) -> None:
    site.work(site.page("half"), TITLE)


def _nothing(site: Trouble) -> None:
    site.work(site.page("nothing"), "nothing begins so")


def _new(site: Trouble) -> None:
    site.page("new")


def _entered(site: Trouble) -> None:
    site.work(site.page("entered and not published"), publish=False)


def _stopped(site: Trouble) -> None:
    page = site.page("stopped")
    site.work(page, TITLE, INTRODUCTION)
    stop_synchronisation(Translation.objects.get(source__object=page.translation_key))


def _loose(site: Trouble) -> None:
    page = site.page("translation deleted")
    site.work(page, TITLE)
    Translation.objects.filter(source__object=page.translation_key).delete()


def _unknown(site: Trouble) -> None:
    page = site.page("source forgotten")
    site.work(page, TITLE)
    TranslationSource.objects.filter(object=page.translation_key).delete()
    site.version(page.translation_key, CODE).save_revision().publish()


def _orphan(site: Trouble) -> None:
    page = site.page("source deleted")
    site.work(page, TITLE)
    with choosing(Choice.LEAVE):
        page.delete()


def _source_down(site: Trouble) -> None:
    page = site.page("source unpublished")
    site.work(page, TITLE)
    with choosing(Choice.LEAVE):
        page.unpublish()


def _copied(site: Trouble) -> None:
    page = site.page("original")
    made = site.work(page, TITLE)
    copy = CopyPageAction(
        made, update_attrs={"slug": f"kopia-{uuid4().hex[:8]}"}, user=None, keep_live=True
    ).execute(skip_permission_checks=True)
    site.names["copied"] = copy.translation_key
    site.log.note_copy(page.translation_key, copy.translation_key, CODE)
    site.log.note(copy)


def _copied_for_translation(site: Trouble) -> None:
    page = site.page("copied for translation")
    copy = page.copy_for_translation(locale(CODE), copy_parents=True)
    copy.save_revision().publish()
    site.log.note(copy)


def _alias(site: Trouble) -> None:
    site.page("alias").copy_for_translation(locale(CODE), copy_parents=True, alias=True)


def _converted(site: Trouble) -> None:
    page = site.page("alias that was converted")
    alias = page.copy_for_translation(locale(CODE), copy_parents=True, alias=True)
    site.log.note(ConvertAliasPageAction(alias).execute(skip_permission_checks=True))


def _restored(site: Trouble) -> None:
    page = site.page("old revision restored")
    old = site.work(page, TITLE).get_latest_revision()
    site.work(page)
    old.publish()


def _changed(site: Trouble) -> None:
    page = site.page("source changed")
    site.work(page)
    site.rewrite(page, "Helt andra ord.")


def _changed_and_half(site: Trouble) -> None:
    page = site.page("source of what is not translated changed")
    site.work(page, TITLE)
    site.rewrite(page, "Helt andra ord om allt.")


def _written_by_hand(site: Trouble) -> None:
    page = site.page("Swedish written again")
    made = site.work(page)
    made.title = page.title.upper()
    made.save_revision().publish()
    site.log.note(made)


def _machine(site: Trouble) -> None:
    page = site.page("machine")
    site.work(page, publish=False)
    key = page.translation_key
    StringTranslation.objects.filter(context__object=key).update(
        translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE, tool_name="machine"
    )
    site.log.machines[key, CODE] = site.log.persons.pop((key, CODE))
    made = publish_translation(TranslationSource.objects.get(object=key), locale(CODE))
    site.note_published(page, made)


def _file(site: Trouble) -> None:
    page = site.page("pre-filled file")
    key = page.translation_key

    def fill(_group: Any, unit: Any) -> Any:
        if unit.source.startswith(TITLE):
            text = f"{CODE}({unit.source})"
            site.enter(key, CODE, unit.source, text)
            return type(unit)(**_members(unit) | {"target": text, "state": "translated"})
        return type(unit)(**_members(unit) | {"target": unit.source, "state": "needs-translation"})

    bring(filled(site.folder, fill, language=CODE, keys=[key]))
    made = publish_translation(TranslationSource.objects.get(object=key), locale(CODE))
    site.note_published(page, made)


def _members(unit: Any) -> dict[str, Any]:
    return {name: getattr(unit, name) for name in unit.__dataclass_fields__}


def _said(site: Trouble) -> None:
    page = site.page("said to be the same")
    site.work(page, TITLE, INTRODUCTION, PARAGRAPH)
    texts = ["Ord said to be the same.", NAME]
    say_same(locale(CODE).pk, texts, SameOnPurpose.How.LIST)
    # The name is the same on every page; it is taken back.
    withdrawn = SameOnPurpose.objects.get(text=NAME)
    withdraw_same(locale(CODE).pk, [withdrawn.digest])
    site.log.said.add((CODE, folded(texts[0])))


def _complete(site: Trouble) -> None:
    page = site.page("complete")
    body = page.body.raw_data
    page.body = page._meta.get_field("body").stream_block.to_python([body[0]])
    page.save_revision().publish()
    site.log.note(page)
    site.work(page)


def _of_another(site: Trouble) -> None:
    page = site.page("words of another language")
    finnish = site.work(page, code="fi")
    copy = finnish.copy_for_translation(locale(CODE), copy_parents=True)
    copy.save_revision().publish()
    site.log.note(copy)


TROUBLES: tuple[Callable[[Trouble], None], ...] = (
    _whole, _half, _nothing, _new, _entered, _stopped, _loose, _unknown, _orphan, _source_down,
    _copied, _copied_for_translation, _alias, _converted, _restored, _changed, _changed_and_half,
    _written_by_hand, _machine, _file, _said, _complete, _of_another,
)  # fmt: skip


@pytest.fixture(scope="module")
def site(module_database: None, tmp_path_factory: pytest.TempPathFactory) -> Trouble:
    """All of it at once."""
    trouble = Trouble(home=start_site(), folder=tmp_path_factory.mktemp("files"))
    for happen in TROUBLES:
        happen(trouble)
    return trouble


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
    [shown] = client.get("/admin/").context["languages"]
    assert numbers(shown["figures"]) == dict(wanted)
    assert {one["name"]: one["count"] for one in shown["lists"]} == {
        "outdated": wanted["outdated"],
        "partial": wanted["partial"] + wanted["draft"],
        "new": wanted["missing"],
    }


def numbers(figures: Figures) -> dict[str, int]:
    statuses = ("missing", "draft", "partial", "outdated", "complete")
    return {name: getattr(figures, name) for name in statuses if getattr(figures, name)}


def test_the_comparison_shows_what_is_out_of_date(site: Trouble, db: None) -> None:
    shown = {}
    for name, key, _one in counted(site):
        begun = Translation.objects.filter(source__object=key, target_locale__language_code=CODE)
        for translation in begun:
            if found := outdated_strings(translation):
                shown[name] = [one.translation for one in found]
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
