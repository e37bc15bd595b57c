"""Tests of the translator's desk on the start page."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, TranslationSource

from cms.translation.admin.desk import make_desk
from cms.translation.models import LanguageStatus, TranslatorGroup
from cms.translation.requests.asking import ask
from cms.translation.roles.reading import Unreadable
from home.models import ContentPage
from tests.factories.site import ExampleSite
from tests.factories.translations import enter_translations, marked, only, translate

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

TODAY = timezone.localdate()


def page_called(site: ExampleSite, title: str) -> ContentPage:
    page = ContentPage(title=title, slug=title.lower(), introduction="<p>Havet i norr</p>")
    Page.objects.get(pk=site.home.pk).specific.add_child(instance=page)
    page.save_revision().publish()
    return ContentPage.objects.get(pk=page.pk)


def signed_in(*codes: str) -> Client:
    user = User.objects.create_user("-".join(codes))
    user.groups.set(Group.objects.filter(name__in=[f"Translators ({code})" for code in codes]))
    client = Client()
    client.force_login(user)
    return client


def locales(*codes: str) -> list[Locale]:
    return [Locale.objects.get(language_code=code) for code in codes]


def request(page: Any, code: str, days: int, note: str = "") -> None:
    source = TranslationSource.objects.get(object_id=page.translation_key)
    editor, _created = User.objects.get_or_create(username="eva", first_name="Eva")
    ask(source, locales(code)[0], editor, TODAY + timedelta(days), note)


def desk(*codes: str) -> dict[str, Any]:
    found = make_desk(locales(*codes), Unreadable())
    return {one.name: one for one in found.lists} | {"rows": found.rows}


def titles(found: Any) -> list[str]:
    return [entry.title if hasattr(entry, "title") else entry.work.title for entry in found.entries]


def test_every_list_holds_what_its_name_says(swedish_site: ExampleSite) -> None:
    names = ("Frisk", "Gammal", "Granskas", "Klar", "Lika")
    pages = {name: page_called(swedish_site, name) for name in names}
    translate(pages["Gammal"], "smj")
    pages["Gammal"].title = "Gammal nu"
    pages["Gammal"].save_revision().publish()
    translate(pages["Granskas"], "smj")
    machine = StringTranslation.objects.get(
        locale__language_code="smj", translation_of__data="Granskas"
    )
    machine.translation_type = StringTranslation.TRANSLATION_TYPE_MACHINE
    machine.save()
    enter_translations(pages["Klar"], "smj", marked("smj"))
    translate(pages["Lika"], "smj", only(lambda path, text: text, "title"))
    request(pages["Frisk"], "smj", 5)
    found = desk("smj")
    assert titles(found["asked"]) == ["Frisk"]
    assert titles(found["outdated"]) == ["Gammal nu"]
    assert "Granskas" in titles(found["review"])
    assert "Klar" in titles(found["waiting"])
    assert "Lika" in titles(found["same"])
    counts = LanguageStatus.objects.filter(locale__language_code="smj", source_live=True)
    for name, chosen in {
        "outdated": counts.filter(status="outdated"),
        "new": counts.filter(status__in=("partial", "draft", "missing")),
        "review": counts.filter(to_review__gt=0),
        "waiting": counts.filter(unpublished__gt=0),
    }.items():
        assert found[name].count == chosen.count(), name


def test_each_list_leads_to_all_that_it_counts(swedish_site: ExampleSite) -> None:
    pages = [page_called(swedish_site, f"Sida{number}") for number in range(7)]
    for page in pages[:6]:
        enter_translations(page, "smj", marked("smj"))
        request(page, "smj", 3)
    client = signed_in("smj")
    for name, one in desk("smj").items():
        if name in ("rows", "same"):
            continue
        assert client.get(one.url).context["paginator"].count == one.count, name


def test_the_bar_has_every_text_once(swedish_site: ExampleSite) -> None:
    page = page_called(swedish_site, "Kust")
    translate(page, "smj")
    page.title = "Kust och hav"
    page.save_revision().publish()
    [row] = desk("smj")["rows"]
    parts = {part.name: part.number for part in row.parts}
    assert sum(parts.values()) == row.figures.strings
    assert parts["outdated"] == 1
    assert parts["complete"] > 0
    assert parts["missing"] == row.figures.strings_left - 1


@pytest.mark.parametrize("needs_approval", [False, True])
def test_what_waits_for_a_second_person_is_to_review(
    swedish_site: ExampleSite, needs_approval: bool
) -> None:
    TranslatorGroup.objects.filter(locale__language_code="smj").update(
        needs_approval=needs_approval
    )
    page = page_called(swedish_site, "Kust")
    before = {part.name: part.number for part in desk("smj")["rows"][0].parts}
    enter_translations(page, "smj", only(marked("smj"), "title", "introduction"))
    [row] = desk("smj")["rows"]
    parts = {part.name: part.number for part in row.parts}
    assert sum(parts.values()) == row.figures.strings
    grown = "review" if needs_approval else "complete"
    assert {name for name in parts if parts[name] > before[name]} == {grown}
    assert parts[grown] == before[grown] + 2


def test_what_is_asked_for_comes_first_by_its_day(swedish_site: ExampleSite) -> None:
    pages = [page_called(swedish_site, name) for name in ("Sen", "Snar", "Ny")]
    request(pages[0], "smj", 9, "Till <b>mässan</b>")
    request(pages[1], "smj", -2)
    request(pages[1], "se", 1, "Till er andra")
    found = desk("smj")
    assert titles(found["asked"]) == ["Snar", "Sen"]
    [row] = found["rows"]
    assert (row.next.work.title, row.next_list) == ("Snar", "asked")
    shown = signed_in("smj").get("/admin/").content.decode()
    assert "Försenad:" in shown
    assert "Nästa: Snar" in shown
    assert "Till &lt;b&gt;mässan&lt;/b&gt;" in shown
    assert "Eva" in shown
    assert "Till er andra" not in shown


def test_the_next_thing_follows_what_is_left(swedish_site: ExampleSite) -> None:
    LanguageStatus.objects.all().delete()
    page = page_called(swedish_site, "Kust")
    LanguageStatus.objects.exclude(source__object_id=page.translation_key).delete()
    [row] = desk("smj")["rows"]
    assert (row.next.work.title, row.next_list) == ("Kust", "new")
    enter_translations(page, "smj", marked("smj"))
    assert desk("smj")["rows"][0].next_list == "waiting"
    translate(page, "smj")
    assert desk("smj")["rows"][0].next is None
    assert "Inget är kvar att göra." in signed_in("smj").get("/admin/").content.decode()


def test_every_empty_list_says_what_will_stand_there(swedish_site: ExampleSite) -> None:
    LanguageStatus.objects.all().delete()
    shown = signed_in("smj").get("/admin/").content.decode()
    panel = shown[shown.index("translation-desk") :]
    for one in desk("smj").values():
        if isinstance(one, list):
            continue
        assert not one.entries
        assert str(one.empty)
    assert len(re.findall(r'class="translation-words">Inget\.', panel)) == 6


def test_who_translates_into_several_sees_which(swedish_site: ExampleSite) -> None:
    page = page_called(swedish_site, "Kust")
    request(page, "smj", 4)
    request(page, "se", 3)
    found = desk("se", "smj")
    assert [entry.code for entry in found["asked"].entries] == ["se", "smj"]
    assert [row.language.code for row in found["rows"]] == ["se", "smj"]
    shown = signed_in("se", "smj").get("/admin/").content.decode()
    assert "davvisámegiella" in shown
    assert 'class="translation-words">smj · ' in shown
    # No language hides another.
    assert [entry.code for entry in found["new"].entries[:4]] == ["se", "smj"] * 2


def test_queries_do_not_grow_with_what_there_is_to_do(swedish_site: ExampleSite) -> None:
    client = signed_in("smj", "se")

    def work(first: int, last: int) -> None:
        for number in range(first, last):
            page = page_called(swedish_site, f"Sida{number}")
            other = page_called(swedish_site, f"Annan{number}")
            for code in ("smj", "se"):
                request(page, code, number)
                translate(other, code, only(marked(code), "title"))
            other.title = f"Ny{number}"
            other.save_revision().publish()

    def queries() -> int:
        client.get("/admin/")
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/admin/").status_code == 200
        return len(captured)

    work(0, 1)
    before = queries()
    work(1, 5)
    assert queries() == before
