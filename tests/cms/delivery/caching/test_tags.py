"""Tests of the tags of answers, and of the tags that a change touches."""

import re
from collections.abc import Iterator
from uuid import UUID

import pytest
from django.urls import reverse
from pytest_django.fixtures import Settings

from cms.common.site_address import one_site_address, remember
from cms.delivery.caching.addresses import touched_addresses
from cms.delivery.caching.tags import (
    document_tags,
    header_value,
    list_tags,
    shown_in,
    touched_tags,
)
from cms.delivery.models import PublishedDocument
from cms.languages.registry import LANGUAGES
from tests.cms.delivery.changing import change

KEY = UUID("8f14e45f-ceea-467f-a0e5-6b0a3a1c0001")


@pytest.fixture(autouse=True)
def _address_of_the_site() -> Iterator[None]:
    with one_site_address():
        remember("https://cms.example.org")
        yield


def test_a_document_has_the_same_marks_as_its_change() -> None:
    expected = [f"document-{KEY}", "locale-smj", "type-strategy.GoalPage"]
    assert document_tags(change(key=KEY, locale="smj")) == expected
    document = PublishedDocument(key=KEY, locale="smj", type="strategy.GoalPage")
    assert document_tags(document) == expected
    assert header_value(expected) == f"document-{KEY},locale-smj,type-strategy.GoalPage"


def test_a_list_is_marked_with_what_was_asked_for() -> None:
    assert list_tags("sv") == ["list-sv"]
    assert list_tags() == ["list-all"]
    assert list_tags("sv", ["strategy.GoalPage", "home.HomePage"]) == [
        *["list-sv-strategy.GoalPage", "list-sv-home.HomePage"]
    ]


def test_a_change_touches_its_document_and_the_lists_that_may_show_it() -> None:
    assert touched_tags([change(key=KEY, locale="fi")]) == [
        f"document-{KEY}",
        "languages",
        *["list-all", "list-all-strategy.GoalPage"],
        *["list-fi", "list-fi-strategy.GoalPage"],
        *["list-fit", "list-fit-strategy.GoalPage"],
        "pages",
    ]
    # What no list of ours has touches Wagtail's alone.
    assert touched_tags([change(key=KEY, listed=False)]) == [f"document-{KEY}", "pages"]


def test_a_swedish_text_is_shown_wherever_there_is_no_other(settings: Settings) -> None:
    assert set(shown_in("sv")) == set(LANGUAGES)
    settings.LANGUAGE_FALLBACKS = dict.fromkeys(LANGUAGES, ())
    assert shown_in("sv") == ["sv"]


def test_marks_are_short_and_of_harmless_letters() -> None:
    for tag in touched_tags([change(number, locale=code) for number, code in enumerate(LANGUAGES)]):
        assert re.fullmatch(r"[A-Za-z0-9._-]{1,100}", tag), tag


def test_addresses_for_caches_that_know_no_marks() -> None:
    found = touched_addresses([change(7, key=KEY, locale="fi")])
    site = "https://cms.example.org"
    assert f"{site}{reverse('wagtailapi_v3:detail_page', args=[7])}" in found
    assert f"{site}{reverse('wagtailapi:pages:detail', args=[7])}" in found
    for path in (
        *(f"entries/fi/{KEY}/", f"entries/fit/{KEY}/", "entries/fit/", "export/fi.ndjson"),
        *("export/all.ndjson", "changes/", "languages/"),
    ):
        assert f"{site}/api/v3/{path}" in found
    assert f"{site}/api/v3/entries/sv/{KEY}/" not in found


@pytest.mark.parametrize("values", [{"path": None}, {"listed": False}])
def test_a_snippet_has_no_page_and_an_alias_no_list(values: dict[str, bool | None]) -> None:
    found = "\n".join(touched_addresses([change(7, key=KEY, **values)]))
    assert ("/pages/7/" in found) == ("path" not in values)
    assert ("ndjson" in found) == ("listed" not in values)
