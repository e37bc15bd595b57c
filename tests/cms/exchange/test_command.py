"""``manage.py translations``: what one types, and what one sees."""

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail_localize.models import StringTranslation

from cms.exchange import importing
from cms.translation.lifecycle.publishing import CannotPublish
from cms.translation.models import LanguageStatus
from cms.translation.sources.following import follow
from home.models import ContentPage
from tests.cms.exchange.carrying import filled, in_lule_sami
from tests.factories.site import ExampleSite
from tests.factories.translations import translate

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

Run = Callable[..., str]


@pytest.fixture
def run() -> Run:
    def command(*arguments: Any) -> str:
        output = StringIO()
        call_command("translations", *map(str, arguments), stdout=output, stderr=output)
        return output.getvalue()

    return command


@pytest.fixture
def page(swedish_site: ExampleSite) -> ContentPage:
    follow(swedish_site.home)
    found = ContentPage(title="Kust", slug="kust")
    swedish_site.home.add_child(instance=found)
    found.save_revision().publish()
    return ContentPage.objects.get(pk=found.pk)


def test_from_export_to_complete(page: ContentPage, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "lule.xlf"
    said = run("export", "--locale", "smj", "--format", "xliff", "--under", "/sv/kust/", path)
    assert said == f"Wrote 2 texts of 1 pages and facts to {path}.\n"
    assert path.stat().st_mode & 0o777 == 0o644
    path = filled(tmp_path, in_lule_sami, keys=[page.translation_key])
    assert "2 taken" in run("import", path, "--dry-run")
    assert "Nothing was written" in run("import", path, "--dry-run")
    assert run("import", path, "--publish") == "filled.xlf: 2 taken\nPublished: 1.\n"
    [row] = LanguageStatus.objects.filter(
        source__object_id=page.translation_key, locale__language_code="smj"
    )
    assert row.status == "complete"
    target = ContentPage.objects.get(translation_key=page.translation_key, locale=row.locale)
    document = Client().get(f"/api/v3/pages/{target.pk}/").json()
    assert (document["title"], document["languages"]) == (
        "Kust (smj)",
        # The start page above it is not translated, and not live.
        {},
    )
    said = run("export", "--locale", "smj", "--format", "po", "--only", "untranslated",
               "--under", "/sv/kust/", tmp_path / "nothing.po")  # fmt: skip
    assert said == "Nothing to write: of Lule Sámi no text is untranslated.\n"
    assert not (tmp_path / "nothing.po").exists()


def test_a_file_for_each_page(page: ContentPage, run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "all"
    said = run("export", "--locale", "fi", "--format", "xlsx", "--split", folder)
    names = sorted(path.name for path in folder.iterdir())
    assert f"kust-{str(page.translation_key)[:8]}.fi.xlsx" in names
    assert f"{len(names)} pages and facts" in said
    assert all(name.endswith(".fi.xlsx") for name in names)


def test_status_as_a_table_and_for_programs(page: ContentPage, run: Run) -> None:
    table = run("status", "--locale", "smj")
    assert "words left" in table
    assert "home.ContentPage" in table
    entries = json.loads(run("status", "--json"))
    [entry] = [
        one for one in entries if (one["locale"], one["type"]) == ("smj", "home.ContentPage")
    ]
    assert entry["missing"] >= 1
    assert {one["locale"] for one in entries} >= {"en", "fi", "smj", "yi"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["status", "--locale", "xx"], "There is no language “xx”. The languages are: sv, en"),
        (["export", "--locale", "sv", "--format", "po", "x.po"], "Choose another"),
        (["export", "--locale", "fi", "--format", "po", "--under", "/sv/a/", "x"], "no page “a”"),
        (["export", "--locale", "fi", "--format", "doc", "x"], "invalid choice: 'doc'"),
        (["import", "none.xlf"], "none.xlf is no file."),
    ],
)
def test_a_mistake_is_named_with_its_remedy(
    arguments: list[str], said: str, swedish_site: ExampleSite, run: Run
) -> None:
    with pytest.raises(CommandError) as caught:
        run(*arguments)
    assert said in str(caught.value)


def test_an_interrupted_export_leaves_what_was_there(
    page: ContentPage, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cms.exchange import exporting

    path = tmp_path / "texts.xlf"
    path.write_text("before", encoding="utf-8")

    def interrupted(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(exporting, "_group", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run("export", "--locale", "smj", "--format", "xliff", path)
    assert [one.name for one in tmp_path.iterdir()] == ["texts.xlf"]
    assert path.read_text(encoding="utf-8") == "before"


def test_what_was_not_taken_ends_the_command_with_an_error(
    page: ContentPage, run: Run, tmp_path: Path
) -> None:
    path = filled(tmp_path, in_lule_sami, keys=[page.translation_key])
    page.title = "Strand"
    page.save_revision().publish()
    output = StringIO()
    with pytest.raises(SystemExit) as caught:
        call_command("translations", "import", str(path), stdout=output)
    assert caught.value.code == 1
    said = output.getvalue()
    assert "“Kust”: source has changed since. Your text is kept as a suggestion" in said
    assert "line" in said


def test_what_cannot_be_published_ends_it_with_an_error_too(
    page: ContentPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(source: Any, locale: Any, user: Any) -> None:
        raise CannotPublish("Kust: the title is too long")

    monkeypatch.setattr(importing, "publish_translation", refuse)
    path = filled(tmp_path, in_lule_sami, keys=[page.translation_key])
    output, errors = StringIO(), StringIO()
    with pytest.raises(SystemExit) as caught:
        call_command("translations", "import", str(path), "--publish", stdout=output, stderr=errors)
    assert caught.value.code == 1
    assert "Not published: Kust: the title is too long" in errors.getvalue()
    assert "2 taken" in output.getvalue()


@pytest.mark.parametrize("published_before", [True, False])
def test_texts_of_a_page_that_is_deleted_in_both_languages_are_kept(
    page: ContentPage, tmp_path: Path, published_before: bool
) -> None:
    key = page.translation_key
    translated_page = translate(page, "smj") if published_before else None
    path = filled(tmp_path, in_lule_sami, keys=[key])
    if translated_page is not None:
        translated_page.delete()
    page.delete()
    texts = StringTranslation.objects.filter(context__object=key, locale__language_code="smj")
    texts.update(data="before")
    output, errors = StringIO(), StringIO()
    with pytest.raises(SystemExit) as caught:
        call_command("translations", "import", str(path), "--publish", stdout=output, stderr=errors)
    assert caught.value.code == 1
    assert errors.getvalue() == "Not published: “Kust” is not there any more; it was deleted.\n"
    assert "2 taken" in output.getvalue()
    assert "Kust (smj)" in texts.values_list("data", flat=True)


def test_a_terminal_shows_how_far_it_is(
    page: ContentPage, run: Run, tmp_path: Path, capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    asked = ("export", "--locale", "smj", "--format", "po", "--under", "/sv/kust/")
    run(*asked, tmp_path / "silent.po")
    assert capfd.readouterr().err == ""
    # By which rich knows a terminal.
    monkeypatch.setenv("FORCE_COLOR", "1")
    run(*asked, tmp_path / "shown.po")
    assert "1/1" in capfd.readouterr().err
    run("import", filled(tmp_path, in_lule_sami, keys=[page.translation_key]), "--publish")
    shown = capfd.readouterr().err
    assert "filled.xlf" in shown
    assert "publish" in shown


def test_refresh_makes_up_for_what_was_missed(page: ContentPage, run: Run) -> None:
    LanguageStatus.objects.all().delete()
    assert "counted anew" in run("refresh")
    assert LanguageStatus.objects.filter(source__object_id=page.translation_key).count() == 8


def test_any_variant_of_a_language_is_that_language(
    page: ContentPage, run: Run, tmp_path: Path
) -> None:
    text = filled(tmp_path, in_lule_sami, keys=[page.translation_key]).read_text(encoding="utf-8")
    path = tmp_path / "texts.xlf"
    outcome = "2 taken"
    for tag in ("smj-SE", "smj_SE", "SMJ", "smj-Latn-SE"):
        run("export", "--locale", tag, "--format", "xliff", "--under", "/sv/kust/", path)
        assert 'target-language="smj"' in path.read_text(encoding="utf-8")
        foreign = text.replace('target-language="smj"', f'target-language="{tag}"')
        foreign = foreign.replace('source-language="sv"', 'source-language="sv-SE"')
        path.write_text(foreign, encoding="utf-8")
        assert outcome in run("import", path, "--locale", "smj")
        outcome = "2 unchanged"
        assert outcome in run("import", path, "--locale", tag.lower())
    assert "home.ContentPage" in run("status", "--locale", "smj_SE")


@pytest.mark.parametrize("tag", ["smj-SE", "SMJ"])
def test_a_memory_names_its_languages_as_it_likes(
    tag: str, page: ContentPage, run: Run, tmp_path: Path
) -> None:
    path = filled(tmp_path, in_lule_sami, "tmx", keys=[page.translation_key])
    text = path.read_text(encoding="utf-8")
    text = text.replace('xml:lang="smj"', f'xml:lang="{tag}"')
    text = text.replace('xml:lang="sv"', 'xml:lang="sv-SE"').replace('srclang="sv"', 'srclang="SV"')
    path.write_text(text, encoding="utf-8")
    assert "2 taken" in run("import", path)
    # One that does not say which of its languages is meant is asked for it.
    start, end = text.index('<prop type="x-target-language">'), text.index("</prop>") + 7
    text = text[:start] + text[end:].replace('srclang="SV"', 'srclang="*all*"')
    path.write_text(text, encoding="utf-8")
    assert "2 unchanged" in run("import", path, "--locale", "smj")
    with pytest.raises(CommandError, match="does not say in which language it is"):
        run("import", path)


def test_a_file_of_which_nothing_can_be_used_says_why(
    page: ContentPage, run: Run, tmp_path: Path
) -> None:
    path = filled(tmp_path, in_lule_sami, "tmx", keys=[page.translation_key])
    text = path.read_text(encoding="utf-8").replace('xml:lang="smj"', 'xml:lang="de"')
    path.write_text(text, encoding="utf-8")
    output = StringIO()
    with pytest.raises(SystemExit) as caught:
        call_command("translations", "import", str(path), stdout=output)
    assert caught.value.code == 1
    assert "nothing could be used, for it has no text in “smj”" in output.getvalue()
    path.write_text(text[: text.index("<tu ")] + "</body></tmx>", encoding="utf-8")
    with pytest.raises(CommandError, match="has no texts"):
        run("import", path)


def test_a_prefilled_file_and_what_is_the_same_on_purpose(
    page: ContentPage, run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "texts.xlf"
    run("export", "--locale", "smj", "--format", "xliff", "--under", "/sv/kust/", "--prefill", path)
    text = path.read_text(encoding="utf-8")
    assert '<target state="needs-translation" state-qualifier="x-prefilled">Kust</target>' in text
    output = StringIO()
    with pytest.raises(SystemExit):
        call_command("translations", "import", str(path), "--accept-identical", stdout=output)
    assert "Titel: “Kust”: same as the source" in output.getvalue()
    path.write_text(text.replace("needs-translation", "translated"), encoding="utf-8")
    with pytest.raises(SystemExit):
        call_command("translations", "import", str(path), stdout=output)
    assert "1 taken" in run("import", path, "--accept-identical", "--publish")
    [row] = LanguageStatus.objects.filter(
        source__object_id=page.translation_key, locale__language_code="smj"
    )
    assert row.status == "complete"
