"""Catalogues follow the code, keep every translation, and say where they lag."""

from io import StringIO
from pathlib import Path

import polib
import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from cms.languages.catalogues.extraction import (
    ExtractionError,
    Message,
    Messages,
    extract_messages,
)
from cms.languages.catalogues.files import catalogue_path, compiled_path, read_catalogue
from cms.languages.catalogues.merging import merge
from cms.languages.catalogues.verification import problems
from cms.languages.registry import LANGUAGES, get_language

SWEDISH = get_language("sv")
ENGLISH = get_language("en")
LULE_SAMI = get_language("smj")


@pytest.fixture
def project(tmp_path: Path, settings: Settings) -> Path:
    """A project of one Python file and one template, without any catalogue."""
    settings.PROJECT_ROOT = tmp_path
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    templates = tmp_path / "strategy" / "templates" / "strategy"
    templates.mkdir(parents=True)
    (tmp_path / "strategy" / "models.py").write_text(
        "# Translators: shown above a form.\n"
        'title = _("A goal")\n'
        'count = ngettext_lazy("%(n)d page", "%(n)d pages", n)\n'
        'month = pgettext("calendar", "May")\n'
    )
    (templates / "page.html").write_text(
        '{% load i18n %}\n  <h1 class="it\'s">{% translate "Goals" %}</h1>\n'
        "    {% blocktranslate with name=page.title %}About {{ name }}\n"
        "and more{% endblocktranslate %}\n"
        '  <a title="{% translate \'A goal\' %}">{{ value|default:_("none") }}</a>\n'
    )
    return tmp_path


def messages_of(*texts: str) -> Messages:
    return {("", text): Message(text) for text in texts}


def catalogue_of(**translations: str) -> polib.POFile:
    catalogue = polib.POFile()
    for text, translation in translations.items():
        catalogue.append(polib.POEntry(msgid=text, msgstr=translation))
    return catalogue


class TestExtraction:
    def test_it_reads_python_and_templates(self, project: Path) -> None:
        messages = extract_messages(project)
        names = {language.english_name for language in LANGUAGES.values()}
        assert {text for _context, text in messages} - names == {
            "A goal",
            "%(n)d page",
            "May",
            "Goals",
            "About %(name)s\nand more",
            "none",
        }

    def test_it_keeps_what_a_translator_needs(self, project: Path) -> None:
        messages = extract_messages(project)
        goal = messages["", "A goal"]
        assert goal.files == {"strategy/models.py", "strategy/templates/strategy/page.html"}
        assert goal.comments == ["shown above a form."]
        assert messages["", "%(n)d page"].plural == "%(n)d pages"
        assert ("calendar", "May") in messages

    def test_migrations_hold_no_messages(self, project: Path) -> None:
        (project / "strategy" / "migrations").mkdir()
        (project / "strategy" / "migrations" / "0001.py").write_text('_("Frozen")')
        assert ("", "Frozen") not in extract_messages(project)

    def test_two_plurals_of_one_text_are_an_error(self, project: Path) -> None:
        (project / "strategy" / "views.py").write_text('ngettext("%(n)d page", "%(n)d sheets", n)')
        with pytest.raises(ExtractionError, match=r"strategy/views\.py.*'%\(n\)d page'"):
            extract_messages(project)

    def test_a_template_that_cannot_be_read_is_named(self, project: Path) -> None:
        path = project / "strategy" / "templates" / "broken.html"
        path.write_text("{% blocktranslate %}{% if x %}{% endblocktranslate %}")
        with pytest.raises(ExtractionError, match=r"strategy/templates/broken\.html"):
            extract_messages(project)


class TestMerging:
    def test_translations_stay_and_new_messages_come_empty(self) -> None:
        catalogue = catalogue_of(Goal="Mål")
        report = merge(catalogue, messages_of("Goal", "Story"), SWEDISH)
        assert [(entry.msgid, entry.msgstr) for entry in catalogue] == [
            ("Goal", "Mål"),
            ("Story", ""),
        ]
        assert report.added == ["Story"]

    def test_a_reworded_message_keeps_its_translation_as_fuzzy(self) -> None:
        catalogue = catalogue_of(**{"What the image shows.": "Vad bilden visar."})
        report = merge(catalogue, messages_of("What an image shows."), SWEDISH)
        (entry,) = catalogue
        assert entry.fuzzy
        assert entry.msgstr == "Vad bilden visar."
        assert entry.previous_msgid == "What the image shows."
        assert report.reworded == ["What an image shows."]

    def test_a_translation_whose_message_vanished_is_retired_not_dropped(self) -> None:
        catalogue = catalogue_of(Goal="Mål", Nothing="")
        report = merge(catalogue, messages_of("Story"), SWEDISH)
        assert [entry.msgid for entry in catalogue.obsolete_entries()] == ["Goal"]
        assert "Nothing" not in [entry.msgid for entry in catalogue]
        assert report.retired == ["Goal"]

    def test_a_retired_translation_returns_with_its_message(self) -> None:
        catalogue = catalogue_of(Goal="Mål")
        merge(catalogue, messages_of(), SWEDISH)
        merge(catalogue, messages_of("Goal"), SWEDISH)
        (entry,) = catalogue
        assert (entry.obsolete, entry.msgstr) == (False, "Mål")

    def test_english_is_the_message_itself(self) -> None:
        catalogue = catalogue_of()
        pages = Message("%(n)d page", plural="%(n)d pages")
        merge(catalogue, messages_of("Goal") | {pages.key: pages}, ENGLISH)
        by_text = {entry.msgid: entry for entry in catalogue}
        assert by_text["Goal"].msgstr == "Goal"
        assert by_text["%(n)d page"].msgstr_plural == {0: "%(n)d page", 1: "%(n)d pages"}

    @pytest.mark.parametrize(("code", "forms"), [("sv", 2), ("smj", 3), ("fit", 1), ("rom", 1)])
    def test_each_language_has_its_number_of_plurals(self, code: str, forms: int) -> None:
        catalogue = catalogue_of()
        pages = Message("%(n)d page", plural="%(n)d pages")
        merge(catalogue, {pages.key: pages}, get_language(code))
        assert len(catalogue[0].msgstr_plural) == forms
        assert catalogue.metadata["Plural-Forms"].startswith(f"nplurals={forms};")

    def test_a_second_merge_changes_nothing(self) -> None:
        catalogue = catalogue_of(Goal="Mål", Gone="Borta")
        messages = messages_of("Goal", "Story")
        merge(catalogue, messages, SWEDISH)
        once = str(catalogue)
        merge(catalogue, messages, SWEDISH)
        assert str(catalogue) == once
        assert "Date" not in once


class TestVerification:
    def test_a_message_without_entry_is_a_problem_in_every_language(self) -> None:
        (problem,) = problems(catalogue_of(), messages_of("Goal"), LULE_SAMI)
        assert problem == (
            "Lule Sámi (smj) lacks the message 'Goal'. Run: manage.py catalogues update"
        )

    def test_an_entry_that_the_code_no_longer_has_is_a_problem(self) -> None:
        (problem,) = problems(catalogue_of(Goal="Mål"), messages_of(), SWEDISH)
        assert "'Goal', which the code no longer has" in problem

    def test_an_untranslated_entry_is_one_where_the_catalogue_must_be_whole(self) -> None:
        assert list(problems(catalogue_of(Goal=""), messages_of("Goal"), LULE_SAMI)) == []
        (problem,) = problems(catalogue_of(Goal=""), messages_of("Goal"), SWEDISH)
        assert problem.startswith("Swedish (sv) has no translation of 'Goal'.")

    def test_a_fuzzy_translation_is_none(self) -> None:
        catalogue = catalogue_of(Goal="Mål")
        catalogue[0].flags.append("fuzzy")
        (problem,) = problems(catalogue, messages_of("Goal"), SWEDISH)
        assert "only a fuzzy translation" in problem

    @pytest.mark.parametrize("text", ["%(wrong)s", "%(n)s", "%(m)d sidor", "none"])
    def test_placeholders_must_stay(self, text: str) -> None:
        catalogue = catalogue_of(**{"%(n)d pages": text})
        (problem,) = problems(catalogue, messages_of("%(n)d pages"), LULE_SAMI)
        assert "changes the placeholders" in problem

    def test_a_singular_may_leave_the_number_out(self) -> None:
        pages = Message("One page", plural="%(n)d pages")
        catalogue = polib.POFile()
        entry = polib.POEntry(msgid=pages.text, msgid_plural=pages.plural)
        entry.msgstr_plural = {0: "En sida", 1: "%(n)d sidor"}
        catalogue.append(entry)
        assert list(problems(catalogue, {pages.key: pages}, SWEDISH)) == []


class TestCommand:
    def run(self, action: str) -> str:
        output = StringIO()
        call_command("catalogues", action, stdout=output)
        return output.getvalue()

    def test_from_nothing_to_compiled(self, project: Path) -> None:
        with pytest.raises(CommandError, match=r"Lule Sámi \(smj\) has no catalogue"):
            self.run("check")
        report = self.run("update")
        assert "smj: 15 messages, 15 new" in report
        assert "untranslated: 'A goal'" in report
        with pytest.raises(CommandError, match=r"Swedish \(sv\) has no translation of 'A goal'"):
            self.run("check")
        self.run("compile")
        assert all(compiled_path(code).is_file() for code in LANGUAGES)

    def test_an_update_of_what_is_up_to_date_writes_nothing(self, project: Path) -> None:
        self.run("update")
        before = {code: catalogue_path(code).stat().st_mtime_ns for code in LANGUAGES}
        self.run("update")
        assert before == {code: catalogue_path(code).stat().st_mtime_ns for code in LANGUAGES}

    def test_a_new_message_in_the_code_fails_the_check(self, project: Path) -> None:
        self.run("update")
        (project / "strategy" / "views.py").write_text('_("Brand new")')
        with pytest.raises(CommandError, match="'Brand new'"):
            self.run("check")

    def test_fuzzy_messages_are_not_compiled(self, project: Path) -> None:
        self.run("update")
        catalogue = read_catalogue(SWEDISH)
        for text, flags in (("A goal", []), ("Goals", ["fuzzy"])):
            entry = catalogue.find(text)
            assert entry is not None
            entry.msgstr, entry.flags = "översatt", flags
        catalogue.save(str(catalogue_path("sv")))
        self.run("compile")
        compiled = [entry.msgid for entry in polib.mofile(str(compiled_path("sv")))]
        assert "A goal" in compiled
        assert "Goals" not in compiled
