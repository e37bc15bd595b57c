"""A text that is the source's is in the source's language, whatever happened to its page."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from wagtail.actions.copy_page import CopyPageAction
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from cms.delivery.publishing.consistency_check import differences
from cms.translation.lifecycle.publishing import CannotPublish, publish_translation
from cms.translation.lifecycle.synchronisation import stop_synchronisation
from cms.translation.lifecycle.taking_down import Choice, choosing
from cms.translation.models import LanguageStatus, LanguageTexts, SameOnPurpose, Status
from cms.translation.texts.recording import record_missing
from cms.translation.texts.same_on_purpose import say_same
from home.models import ContentPage
from strategy.models import Organisation
from tests.cms.exchange.carrying import bring, filled
from tests.factories.site import ExampleSite
from tests.factories.translations import enter_translations, translate

pytestmark = pytest.mark.shared_out

Document = dict[str, Any]
MakePage = Callable[..., ContentPage]


@pytest.fixture
def make_page(swedish_site: ExampleSite) -> MakePage:
    """Makes a published Swedish page of some paragraphs."""

    def make(*paragraphs: str, title: str = "Svensk titel", publish: bool = True) -> ContentPage:
        page = ContentPage(
            title=title,
            slug=f"page-{uuid4().hex[:8]}",
            body=[("paragraph", f"<p>{text}</p>") for text in paragraphs],
            live=False,
        )
        Page.objects.get(pk=swedish_site.home.pk).add_child(instance=page)
        revision = page.save_revision()
        if publish:
            revision.publish()
        return ContentPage.objects.get(pk=page.pk)

    return make


def given(texts: dict[str, str]) -> Callable[[str, str], str | None]:
    """Translations by their source text."""
    return lambda _path, source: texts.get(source)


def version(original: Any, code: str) -> Any:
    return type(original).objects.get(
        translation_key=original.translation_key, locale__language_code=code
    )


def locale(code: str) -> Locale:
    found: Locale = Locale.objects.get_or_create(language_code=code)[0]
    return found


def read(page: Any) -> Document:
    response = Client().get(f"/api/v3/pages/{page.pk}/")
    assert response.status_code == 200, response.content
    document: Document = response.json()
    return document


def statuses(document: Document) -> dict[str, str]:
    return {one["locale"]: one["status"] for one in document["translations"]}


def entry(code: str, page: Any, query: str = "") -> Document | None:
    response = Client().get(f"/api/v3/entries/{code}/{page.translation_key}/{query}")
    return response.json() if response.status_code == 200 else None


def counted(original: Any, code: str) -> LanguageStatus:
    return LanguageStatus.objects.get(
        source__object_id=original.translation_key, locale__language_code=code
    )


def is_absent(original: Any, code: str) -> bool:
    """Tells whether nobody announces a language: entries, translations, catalogue."""
    own = entry(code, original, "?fallback=false")
    fallback = entry(code, original)
    listed = code in statuses(read(original))
    in_export = f'"{original.translation_key}"' in "".join(
        part.decode() for part in Client().get(f"/api/v3/export/{code}.ndjson")
    )
    return (
        own is None
        and fallback is not None
        and fallback["language"] == "sv"
        and not listed
        and not in_export
    )


def test_stopped(make_page: MakePage) -> None:
    page = make_page("Svensk text A.", "Svensk text B.")
    translated = translate(page, "smj", given({"Svensk text A.": "Julevsábme A."}))
    before = read(translated)
    assert before["languages"] == {
        "/title": "sv",
        "/body/1/value": "sv",
        "/meta/parent/title": "sv",
        "/breadcrumbs/0/title": "sv",
        "/breadcrumbs/1/title": "sv",
        "/parent/title": "sv",
    }
    Translation.objects.get(source__object_id=page.translation_key).delete()
    after = read(translated)
    assert (after["language"], after["languages"]) == ("smj", before["languages"])
    assert statuses(after) == {"sv": "source", "smj": "partial"}
    assert counted(page, "smj").status == Status.PARTIAL


def test_source_deleted(make_page: MakePage) -> None:
    page = make_page("Svensk text.")
    translated = translate(page, "en", given({"Svensk titel": "Title"}))
    with choosing(Choice.LEAVE):
        page.delete()
    document = read(translated)
    assert document["languages"]["/body/0/value"] == "sv"
    assert "/title" not in document["languages"]
    assert statuses(document) == {"en": "partial"}


def test_a_translation_whose_source_is_deleted_cannot_be_published(make_page: MakePage) -> None:
    page = make_page("Svensk text.")
    translate(page, "en", given({"Svensk titel": "Title"}))
    source = TranslationSource.objects.get(object_id=page.translation_key)
    page.delete()
    with pytest.raises(CannotPublish, match="Svensk titel"):
        publish_translation(source, locale("en"))


def test_copied_in_its_language(make_page: MakePage) -> None:
    page = make_page("Svensk text.")
    translated = translate(page, "en", given({"Svensk titel": "Title"}))
    copy = CopyPageAction(
        translated, update_attrs={"slug": "copy"}, user=None, keep_live=True
    ).execute(skip_permission_checks=True)
    copy.save_revision().publish()
    document = read(copy)
    assert copy.translation_key != page.translation_key
    assert document["languages"]["/body/0/value"] == "sv"
    assert statuses(document) == {"en": "partial"}


@pytest.mark.parametrize("as_alias", [False, True], ids=["copied", "alias and converted"])
def test_copied_for_translation(make_page: MakePage, as_alias: bool) -> None:
    page = make_page("Svensk text.")
    copy = page.copy_for_translation(locale("fi"), copy_parents=True, alias=as_alias)
    if as_alias:
        copy.alias_of = None
        copy.save(update_fields=["alias_of"], clean=False)
    copy.save_revision().publish()
    document = read(copy)
    assert document["language"] == "sv"
    assert is_absent(page, "fi")
    assert counted(page, "fi").status == Status.DRAFT


def test_a_copied_fact(make_page: MakePage) -> None:
    make_page()
    fact = Organisation.objects.filter(locale__language_code="sv").first()
    assert fact is not None
    fact.save_revision().publish()
    copy = fact.copy_for_translation(locale("fi"))
    copy.live = False
    copy.save()
    copy.save_revision().publish()
    document = entry("fi", fact)
    assert document is not None
    assert (document["language"], document["meta"]["locale"]) == ("sv", "sv")
    assert statuses(document) == {"sv": "source"}


def test_published_with_nothing_translated(make_page: MakePage) -> None:
    page = make_page("Svensk text.")
    translated = translate(page, "rom", lambda _path, _source: None)
    document = read(translated)
    assert (document["language"], document["languages"]) == ("sv", {})
    assert is_absent(page, "rom")
    response = Client().get(f"/api/v3/pages/{translated.pk}/")
    assert response["Content-Language"] == "sv"


def test_a_source_that_was_never_published(make_page: MakePage) -> None:
    page = make_page("Svensk text.", publish=False)
    copy = page.copy_for_translation(locale("en"), copy_parents=True)
    copy.save_revision().publish()
    assert read(copy)["language"] == "sv"


def test_blocks_without_ids(make_page: MakePage) -> None:
    page = make_page("Svensk text.", "Mera text.")
    translated = translate(page, "en", given({"Svensk titel": "Title"}))
    translated.body = [
        ("paragraph", "<p>Mera  text.</p>"),
        ("paragraph", "<p><b>SVENSK text.</b></p>"),
    ]
    translated.save_revision().publish()
    languages = read(translated)["languages"]
    assert (languages["/body/0/value"], languages["/body/1/value"]) == ("sv", "sv")


def test_what_the_source_said_before(make_page: MakePage) -> None:
    page = make_page("Gammal text.")
    translated = translate(page, "en", given({"Svensk titel": "Title"}))
    page.body = [("paragraph", "<p>Helt annat innehåll.</p>")]
    page.save_revision().publish()
    assert read(translated)["languages"]["/body/0/value"] == "sv"


def test_an_old_revision_restored(make_page: MakePage) -> None:
    page = make_page("Svensk text.")
    translated = translate(page, "en", given({"Svensk titel": "Title"}))
    old = translated.get_latest_revision()
    translated = translate(page, "en", given({"Svensk titel": "Title", "Svensk text.": "Text."}))
    assert statuses(read(translated)) == {"sv": "source", "en": "complete"}
    old.publish()
    assert read(translated)["languages"]["/body/0/value"] == "sv"
    status = counted(page, "en")
    assert (status.status, status.unpublished) == (Status.PARTIAL, 1)


def test_saved_and_not_published_then_written_by_another_way(make_page: MakePage) -> None:
    page = make_page("Två.")
    translated = translate(page, "en", lambda _path, _source: None)
    enter_translations(page, "en", given({"Svensk titel": "State", "Två.": "Two."}))
    translated = version(page, "en")
    translated.search_description = "x"
    translated.save_revision().publish()
    document = read(translated)
    assert document["language"] == "en", "the description is nobody's but its own"
    assert document["languages"]["/title"] == document["languages"]["/body/0/value"] == "sv"
    status = counted(page, "en")
    assert (status.status, status.published, status.unpublished) == (Status.PARTIAL, 0, 2)


def test_bookkeeping_is_missing(make_page: MakePage) -> None:
    page = make_page("Svensk text.")
    translated = translate(page, "en", given({"Svensk titel": "Title"}))
    TranslationSource.objects.filter(object_id=page.translation_key).delete()
    translated.save_revision().publish()
    document = read(translated)
    assert document["languages"]["/body/0/value"] == "sv"
    assert statuses(document) == {"sv": "source", "en": "partial"}


def test_bookkeeping_that_is_deleted_is_no_longer_shown(make_page: MakePage) -> None:
    page = make_page("Svensk text.", "Mera text.")
    translated = translate(page, "en", given({"Svensk titel": "Title", "Svensk text.": "Text."}))
    page.body = [("paragraph", "<p>Annan text.</p>")]
    page.save_revision().publish()
    assert statuses(read(translated))["en"] == "outdated"
    TranslationSource.objects.filter(object_id=page.translation_key).delete()
    assert statuses(read(translated))["en"] == "partial"
    assert list(differences()) == []


def test_finnish_under_meankieli(make_page: MakePage) -> None:
    page = make_page("Svensk text.")
    finnish = translate(page, "fi", given({"Svensk titel": "Otsikko", "Svensk text.": "Teksti."}))
    copy = finnish.copy_for_translation(locale("fit"), copy_parents=True)
    copy.save_revision().publish()
    document = read(copy)
    assert (document["language"], document["languages"].get("/body/0/value")) == ("fi", None)
    assert "fit" not in statuses(document)
    assert statuses(read(finnish)) == {"sv": "source", "fi": "complete"}


def test_finnish_that_somebody_typed_in_meankieli(make_page: MakePage) -> None:
    page = make_page("Svensk text.")
    translate(page, "fi", given({"Svensk titel": "Otsikko", "Svensk text.": "Teksti."}))
    typed = translate(page, "fit", given({"Svensk titel": "Otsikko", "Svensk text.": "Tekstiä."}))
    document = read(typed)
    assert document["language"] == "fit"
    assert statuses(document)["fit"] == "complete"


def test_what_somebody_typed_stays_so_when_another_text_is_entered(make_page: MakePage) -> None:
    page = make_page("Svensk text.")
    finnish = {"Svensk titel": "Otsikko", "Svensk text.": "Teksti."}
    translate(page, "fi", given(finnish))
    typed = translate(page, "fit", given(finnish))
    old = typed.get_latest_revision()
    type_over("Teksti.", "Tekstiä.", "fit")
    translate(page, "en", given({"Svensk titel": "Title"}))
    assert "/body/0/value" not in read(typed)["languages"]
    translate(page, "fit", lambda _path, _source: None)
    old.publish()
    assert "/body/0/value" not in read(typed)["languages"]


def test_what_somebody_typed_first_stays_so_when_another_language_says_it_too(
    make_page: MakePage,
) -> None:
    page = make_page("Svensk text.")
    translate(page, "fit", given({"Svensk titel": "Otsake", "Svensk text.": "Tekstiä."}))
    typed = translate(page, "fi", given({"Svensk titel": "Otsikko"}))
    old = typed.get_latest_revision()
    type_over("Otsake", "Otsikko", "fit")
    translate(page, "fit", lambda _path, _source: None)
    type_over("Otsikko", "Toinen otsikko", "fi")
    say_same(locale("fi").pk, ["Svensk text."], SameOnPurpose.How.LIST)
    assert "/title" not in read(typed)["languages"]
    translate(page, "fi", lambda _path, _source: None)
    old.publish()
    assert "/title" not in read(typed)["languages"]
    assert read(typed)["language"] == "fi"


def test_a_number_needs_no_saying(make_page: MakePage) -> None:
    page = make_page("2030", title="Svensk titel")
    translated = translate(page, "en", given({"Svensk titel": "Title"}))
    assert counted(page, "en").translated == counted(page, "en").strings == 2
    document = read(translated)
    assert "/body/0/value" not in document["languages"]
    assert statuses(document) == {"sv": "source", "en": "complete"}


def machine_translated(page: ContentPage) -> ContentPage:
    """The page in English, published as a machine has made it."""
    enter_translations(page, "en", given({"Svensk titel": "Title", "Svensk text.": "Text."}))
    StringTranslation.objects.update(translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE)
    source = TranslationSource.objects.get(object_id=page.translation_key)
    translated: ContentPage = publish_translation(source, locale("en"))
    return translated


def type_over(data: str, text: str, code: str) -> None:
    """Enters another text in the place of one; nothing is published."""
    one = StringTranslation.objects.get(data=data, locale=locale(code))
    one.data, one.translation_type = text, StringTranslation.TRANSLATION_TYPE_MANUAL
    one.save()


def test_a_machines_text_stays_one_when_another_is_entered(make_page: MakePage) -> None:
    page = make_page("Svensk text.")
    translated = machine_translated(page)
    old = translated.get_latest_revision()
    type_over("Title", "Heading", "en")
    translate(page, "fi", given({"Svensk titel": "Otsikko"}))
    assert is_absent(page, "en")
    translate(page, "en", lambda _path, _source: None)
    assert statuses(read(translated))["en"] == "partial"
    old.publish()
    assert is_absent(page, "en")


def test_a_copy_of_a_machines_text(make_page: MakePage) -> None:
    translated = machine_translated(make_page("Svensk text."))
    for keep_live in (True, False):
        copy = CopyPageAction(
            translated,
            update_attrs={"slug": f"copy-{keep_live}"},
            user=None,
            keep_live=keep_live,
        ).execute(skip_permission_checks=True)
        copy.save_revision().publish()
        assert read(copy)["translations"] == []


def test_a_machines_text(make_page: MakePage) -> None:
    page = make_page("Svensk text.")
    translated = machine_translated(page)
    document = read(translated)
    assert document["language"] == "en", "a machine's text carries its own language"
    assert statuses(document) == {"sv": "source"}
    assert entry("en", page, "?fallback=false") is None
    assert counted(page, "en").status == Status.DRAFT


def test_a_machines_text_beside_a_persons_on_a_stopped_page(make_page: MakePage) -> None:
    page = make_page("Svensk text.")
    machine_translated(page)
    type_over("Title", "Heading", "en")
    source = TranslationSource.objects.get(object_id=page.translation_key)
    translated = publish_translation(source, locale("en"))
    stop_synchronisation(Translation.objects.get(source=source))
    assert statuses(read(translated))["en"] == "partial"
    assert counted(page, "en").status == Status.PARTIAL


@pytest.mark.parametrize("by_file", [True, False])
def test_a_machines_text_that_somebody_confirms(
    make_page: MakePage, by_file: bool, tmp_path: Path
) -> None:
    page = make_page("Svensk text.")
    translated = machine_translated(page)
    if by_file:
        bring(
            filled(
                tmp_path,
                lambda _group, unit: replace(unit, state="final") if unit.target else unit,
                language="en",
                keys=[page.translation_key],
            )
        )
    else:
        for one in StringTranslation.objects.filter(context__object=page.translation_key):
            type_over(one.data, one.data, "en")
    assert statuses(read(translated))["en"] in ("partial", "complete")
    assert entry("en", page, "?fallback=false") is not None
    translated.save_revision().publish()
    assert statuses(read(translated))["en"] in ("partial", "complete")


def test_a_site_from_before_anything_was_recorded(make_page: MakePage) -> None:
    page = make_page("Svensk text.")
    translated = translate(page, "en", given({"Svensk titel": "Title"}))
    LanguageTexts.objects.all().delete()
    assert record_missing() >= 2
    translated.save_revision().publish()
    assert read(translated)["languages"]["/body/0/value"] == "sv"
    assert record_missing() == 0
