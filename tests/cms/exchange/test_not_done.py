"""Texts of a file that are not done, not confirmed or not to be touched: kept, and never live."""

from pathlib import Path
from typing import Any

import pytest
from wagtail_localize.models import StringTranslation, Translation

from cms.exchange.importing import Import, import_file
from cms.translation.lifecycle.publishing import CannotPublish, publish_translation
from cms.translation.models import Review, Suggestion
from home.models import ContentPage
from tests.cms.exchange.carrying import (
    Target,
    bring,
    filled,
    in_lule_sami,
    outcomes,
    reasons,
    stored,
    written,
    xliff,
)
from tests.factories.blocks import rich_text
from tests.factories.site import ExampleSite
from tests.factories.translations import enter_translations, translate

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

FIRST = "Den första meningen är klar."
SECOND = "Den andra är kvar här."
BOTH = f"{FIRST} {SECOND}"


@pytest.fixture
def page(swedish_site: ExampleSite) -> ContentPage:
    found = ContentPage(title="Kust och hav", slug="kust")
    found.introduction = rich_text(FIRST) + rich_text(BOTH)
    swedish_site.home.add_child(instance=found)
    found.save_revision().publish()
    return ContentPage.objects.get(pk=found.pk)


def title(text: str, target: str = "", unit: str = "", before: str = "") -> Target:
    return Target("title", "Kust och hav", text, target, unit, before)


def paragraph(text: str, target: str = 'state="translated"', before: str = "") -> Target:
    return Target("introduction", BOTH, text, target, before=before)


def kept() -> list[tuple[str, str]]:
    return list(Suggestion.objects.order_by("pk").values_list("data", "reason"))


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        (title("Riddo", 'state="needs-translation"'), "not-done"),
        (title("Riddo", 'state="new"'), "not-done"),
        (title("Riddo", 'state="needs-review-translation"'), "to-review"),
        (title("Riddo", 'state="needs-adaptation"'), "to-review"),
        (title("Riddo", 'state="translated"', 'approved="no"'), "to-review"),
        (title("Riddo", 'state="translated" state-qualifier="fuzzy-match"'), "to-review"),
        (title("Riddo", 'state-qualifier="leveraged-mt"'), "to-review"),
        (paragraph('<mrk mtype="seg" mid="1">Vuostas.</mrk> <mrk mtype="seg" mid="2"/>'),
         "unfinished"),
        (paragraph('<mrk mtype="seg" mid="1">Vuostas.</mrk>', before=(
            f'<seg-source><mrk mtype="seg" mid="1">{FIRST}</mrk> '
            f'<mrk mtype="seg" mid="2">{SECOND}</mrk></seg-source>')), "unfinished"),
        (paragraph(f"Vuostas cealkka. {SECOND}"), "unfinished"),
        (paragraph(f"Vuostas cealkka. {SECOND.upper()}", ""), "unfinished"),
    ],
)  # fmt: skip
def test_what_is_not_done_is_kept_as_a_suggestion(
    target: Target, reason: str, page: ContentPage, tmp_path: Path
) -> None:
    report, changed = import_file(path := xliff(tmp_path, page, target), path.name, Import())
    assert outcomes(report) == {target.source: "kept"}
    assert not changed
    assert not report.is_clean
    assert "kept as a suggestion" in reasons(report)[target.source]
    assert not stored("smj")
    [(data, why)] = kept()
    assert why == reason
    assert data.startswith(("Riddo", "Vuostas"))
    bring(path)
    assert len(kept()) == 1


@pytest.mark.parametrize(
    "target",
    [
        title("Riddo", 'state="translated"', 'approved="yes"'),
        title("Riddo", 'state="final" state-qualifier="fuzzy-match"'),
        title("Riddo", 'state="needs-translation" state-qualifier="x-prefilled"'),
        title("Riddo", 'state="translated" state-qualifier="exact-match"'),
        paragraph('<mrk mtype="seg" mid="1">Vuostas.</mrk> <mrk mtype="seg" mid="2">Nubbe.</mrk>'),
        paragraph("Vuostas. Nubbe.", before=(
            f'<seg-source><mrk mtype="seg" mid="1">{FIRST}</mrk> '
            f'<mrk mtype="seg" mid="2">{SECOND}</mrk></seg-source>')),
        paragraph(f"Vuostas cealkka. {SECOND}", 'state="final"'),
        paragraph("Den första är klar, men på lulesamiska."),
    ],
)  # fmt: skip
def test_what_is_done_is_taken(target: Target, page: ContentPage, tmp_path: Path) -> None:
    assert outcomes(bring(xliff(tmp_path, page, target))) == {target.source: "taken"}
    assert not kept()


def test_a_sentence_may_stay_when_whoever_brings_it_says_so(
    page: ContentPage, tmp_path: Path
) -> None:
    path = xliff(tmp_path, page, paragraph(f"Vuostas cealkka. {SECOND}"))
    report = bring(path)
    assert f"“{SECOND}” is still as in the source" in reasons(report)[BOTH]
    assert outcomes(bring(path, accept_identical=True)) == {BOTH: "taken"}
    # It is used now.
    assert not kept()


def test_a_sentence_of_three_words_may_be_a_name(page: ContentPage, tmp_path: Path) -> None:
    path = xliff(tmp_path, page, title("Kust och hav (julevsámegiella)", 'state="translated"'))
    assert outcomes(bring(path)) == {"Kust och hav": "taken"}


def xliff2(folder: Path, page: ContentPage, unit: str, attributes: str = "") -> Path:
    return written(
        folder / "foreign2.xlf",
        '<xliff version="2.1" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="sv" '
        f'trgLang="smj"><file id="f1" original="{page.translation_key}">'
        f'<unit id="u1" name="introduction" {attributes}>{unit}</unit></file></xliff>',
    )


def segments(first: str, second: str, between: str = "") -> str:
    return (
        f'<segment id="s1" state="translated"><source>{FIRST}</source>{first}</segment>'
        f"<ignorable><source> </source>{between}</ignorable>"
        f'<segment id="s2" state="translated"><source>{SECOND}</source>{second}</segment>'
    )


def test_half_a_unit_of_xliff_2_is_kept(page: ContentPage, tmp_path: Path) -> None:
    report = bring(xliff2(tmp_path, page, segments("<target>Vuostas.</target>", "")))
    assert outcomes(report) == {BOTH: "kept"}
    assert kept() == [("Vuostas. ", "unfinished")]
    prefilled = segments("<target>Vuostas.</target>", f"<target>{SECOND}</target>").replace(
        'id="s2" state="translated"', 'id="s2" state="initial" subState="cms:prefilled"'
    )
    assert outcomes(bring(xliff2(tmp_path, page, prefilled))) == {BOTH: "kept"}
    assert not stored("smj")


def test_the_order_of_targets_is_honoured(page: ContentPage, tmp_path: Path) -> None:
    unit = segments('<target order="3">Vuostas.</target>', '<target order="1">Nubbe.</target>')
    assert outcomes(bring(xliff2(tmp_path, page, unit))) == {BOTH: "taken"}
    assert {row[4] for row in stored("smj")} == {"Nubbe. Vuostas."}


def test_what_a_unit_may_not_be_translated_is_left_alone(page: ContentPage, tmp_path: Path) -> None:
    path = xliff(tmp_path, page, title("Riddo", 'state="translated"', 'translate="no"'))
    report = bring(path)
    assert outcomes(report) == {"Kust och hav": "locked"}
    assert not report.is_clean
    unit = segments("<target>Vuostas.</target>", "<target>Nubbe.</target>")
    assert outcomes(bring(xliff2(tmp_path, page, unit, 'translate="no"'))) == {BOTH: "locked"}
    group = path.read_text(encoding="utf-8").replace(' translate="no"', "")
    group = group.replace("<body>", '<body><group translate="no">')
    written(path, group.replace("</body>", "</group></body>"))
    assert outcomes(bring(path)) == {"Kust och hav": "locked"}
    assert not stored("smj")
    assert not kept()


def test_of_a_text_that_is_here_only_the_state_changes(page: ContentPage, tmp_path: Path) -> None:
    bring(xliff(tmp_path, page, title("Riddo", 'state="translated"')))
    report = bring(xliff(tmp_path, page, title("Riddo", 'state="translated"', 'approved="no"')))
    assert outcomes(report) == {"Kust och hav": "taken"}
    assert Review.objects.get().state == "needs-review"
    assert not kept()
    # Another text that is to be read takes the place of none.
    report = bring(xliff(tmp_path, page, title("Riddo ja ábme", 'state="needs-review-l10n"')))
    assert outcomes(report) == {"Kust och hav": "kept"}
    assert {row[4] for row in stored("smj")} == {"Riddo"}


def test_a_text_with_damaged_codes_is_kept_as_what_it_shows(
    page: ContentPage, tmp_path: Path
) -> None:
    damaged = '<g id="zz">Riddo</g> &lt; ábme'
    bring(xliff(tmp_path, page, title(damaged, 'state="needs-review-translation"')))
    assert kept() == [("Riddo &lt; ábme", "to-review")]


def stop(page: ContentPage) -> ContentPage:
    translate(page, "smj", lambda path, text: "Riddo" if path == "title" else None)
    translation = Translation.objects.get(source__object_id=page.translation_key)
    translation.enabled = False
    translation.save()
    own = ContentPage.objects.get(translation_key=page.translation_key, locale__language_code="smj")
    own.title = "Mijá riddo"
    own.save_revision().publish()
    return own


def test_nothing_takes_the_place_of_what_was_edited_by_hand(
    page: ContentPage, tmp_path: Path
) -> None:
    own = stop(page)
    path = xliff(tmp_path, page, title("Ietjá riddo", 'state="translated"'))
    report, changed = import_file(path, path.name, Import())
    assert outcomes(report) == {"Kust och hav": "kept"}
    assert "written by hand" in reasons(report)["Kust och hav"]
    assert not changed
    assert kept() == [("Ietjá riddo", "stopped")]
    assert StringTranslation.objects.get(locale__language_code="smj").data == "Riddo"
    own.refresh_from_db()
    assert own.title == "Mijá riddo"
    # What is live there is nothing new.
    report = bring(xliff(tmp_path, page, title("Mijá riddo", 'state="translated"')))
    assert outcomes(report) == {"Kust och hav": "unchanged"}


def test_a_page_that_is_written_by_hand_is_not_published_from_files(page: ContentPage) -> None:
    own = stop(page)
    translation = Translation.objects.get(source__object_id=page.translation_key)
    with pytest.raises(CannotPublish, match="Kust och hav: the page is written by hand"):
        publish_translation(translation.source, translation.target_locale)
    own.refresh_from_db()
    assert (own.title, own.live) == ("Mijá riddo", True)


def test_a_page_that_was_never_translated_from_the_source_is_by_hand_too(
    page: ContentPage, tmp_path: Path
) -> None:
    own = stop(page)
    Translation.objects.all().delete()
    path = filled(tmp_path, in_lule_sami, keys=[page.translation_key])
    report = bring(path)
    assert set(outcomes(report).values()) == {"kept"}
    own.refresh_from_db()
    assert own.draft_title == "Mijá riddo"


def test_a_draft_that_was_begun_takes_texts(page: ContentPage, tmp_path: Path) -> None:
    enter_translations(page, "smj", lambda path, text: None).save_target(publish=False)
    report = bring(xliff(tmp_path, page, title("Riddo", 'state="translated"')))
    assert outcomes(report) == {"Kust och hav": "taken"}


def test_the_states_of_other_formats_mean_the_same(page: ContentPage, tmp_path: Path) -> None:
    key: Any = page.translation_key
    po = written(
        tmp_path / "texts.po",
        'msgid ""\nmsgstr "Language: smj\\nContent-Type: text/plain; charset=UTF-8\\n"\n\n'
        f'#, fuzzy\nmsgctxt "{key}:title"\nmsgid "Kust och hav"\nmsgstr "Riddo"\n\n'
        f'msgctxt "{key}:introduction"\nmsgid "{BOTH}"\nmsgstr "Vuostas. {SECOND}"\n\n'
        f'msgctxt "{key}:introduction"\nmsgid "{FIRST}"\nmsgstr "Vuostas."\n',
    )
    assert outcomes(bring(po)) == {"Kust och hav": "kept", BOTH: "kept", FIRST: "taken"}
    assert [reason for _data, reason in kept()] == ["to-review", "unfinished"]
