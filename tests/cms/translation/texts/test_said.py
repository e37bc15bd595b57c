"""A text that is said to be the same in a language is in that language, wherever it stands."""

import pytest
from wagtail.actions.convert_alias import ConvertAliasPageAction

from cms.translation.models import SameOnPurpose, Status
from cms.translation.texts.same_on_purpose import say_same, withdraw_same
from tests.cms.translation.texts.test_whatever_happened import (
    MakePage,
    counted,
    entry,
    given,
    is_absent,
    locale,
    make_page,
    read,
    statuses,
)
from tests.factories.translations import translate

__all__ = ["make_page"]

pytestmark = pytest.mark.shared_out


def test_said_to_be_the_same(make_page: MakePage) -> None:
    page = make_page("Svensk text.", title="Kiruna")
    other = make_page("Annan text.", title="Kiruna")
    same = given({"Kiruna": "Kiruna", "Svensk text.": "Text.", "Annan text.": "Other."})
    translated, elsewhere = translate(page, "en", same), translate(other, "en", same)
    assert read(translated)["languages"]["/title"] == "sv"
    assert (counted(page, "en").status, counted(page, "en").translated) == (Status.PARTIAL, 1)

    say_same(locale("en").pk, ["Kiruna"], SameOnPurpose.How.LIST)
    for one in (translated, elsewhere):
        document = read(one)
        assert "/title" not in document["languages"]
        assert statuses(document) == {"sv": "source", "en": "complete"}
    assert (counted(page, "en").status, counted(page, "en").published) == (Status.COMPLETE, 2)

    digest = SameOnPurpose.objects.get(text="Kiruna").digest
    withdraw_same(locale("en").pk, [digest])
    assert read(translated)["languages"]["/title"] == "sv"
    assert counted(page, "en").status == Status.PARTIAL


def test_one_said_to_be_the_same_makes_a_translation(make_page: MakePage) -> None:
    page = make_page("Svensk text.", title="Kiruna")
    translated = translate(page, "se", lambda _path, _source: None)
    assert is_absent(page, "se")
    say_same(locale("se").pk, ["Kiruna"], SameOnPurpose.How.LIST)
    assert read(translated)["language"] == "se"
    assert entry("se", page, "?fallback=false") is not None


def test_an_alias_that_becomes_a_page_is_counted(make_page: MakePage) -> None:
    page = make_page("Svensk text.", title="Kiruna")
    say_same(locale("fi").pk, ["Kiruna"], SameOnPurpose.How.LIST)
    alias = page.copy_for_translation(locale("fi"), copy_parents=True, alias=True)
    assert counted(page, "fi").status == Status.MISSING
    ConvertAliasPageAction(alias).execute(skip_permission_checks=True)
    assert statuses(read(alias)) == {"sv": "source", "fi": "partial"}
    assert counted(page, "fi").status == Status.PARTIAL
