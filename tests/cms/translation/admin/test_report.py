"""The report of all languages, page by page, and the translators' start page."""

import csv
from io import BytesIO, StringIO
from typing import Any

import openpyxl
import pytest
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import TranslatableObject, Translation, TranslationSource

from cms.translation.admin.download import as_csv, as_xlsx
from cms.translation.lifecycle.taking_down import Choice, choosing
from cms.translation.models import LanguageStatus
from cms.translation.status.overview import Figures, matrix, page_figures
from home.models import ContentPage
from tests.factories.site import ExampleSite
from tests.factories.translations import enter_translations, marked, only, translate

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

MATRIX = "/admin/translation/"
WORK = "/admin/translation/work/"


def page_called(site: ExampleSite, title: str) -> ContentPage:
    page = ContentPage(title=title, slug=f"sida-{abs(hash(title))}")
    Page.objects.get(pk=site.home.pk).specific.add_child(instance=page)
    page.save_revision().publish()
    return ContentPage.objects.get(pk=page.pk)


def signed_in(*groups: str) -> Client:
    user = User.objects.create_user("-".join(groups) or "ingen")
    user.groups.set(Group.objects.filter(name__in=groups))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def lule(swedish_site: ExampleSite) -> Client:
    return signed_in("Translators (smj)")


@pytest.fixture
def chief(swedish_site: ExampleSite) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("chef"))
    return client


def read(client: Client, address: str, **query: Any) -> str:
    response = client.get(address, query)
    assert response.status_code == 200, response
    return response.content.decode()


def lule_sami_pages() -> Figures:
    [row] = matrix([Locale.objects.get(language_code="smj")]).rows
    return row.by_type.get(ContentType.objects.get_for_model(ContentPage).pk, Figures())


def test_the_matrix_counts_each_status_of_each_type(swedish_site: ExampleSite) -> None:
    before = lule_sami_pages()
    names = ("Hel", "Halv", "Gammal", "Ny", "På")
    pages = {name: page_called(swedish_site, name) for name in names}
    translate(pages["Hel"], "smj")
    pages["Halv"].introduction = "<p>Text</p>"
    pages["Halv"].save_revision().publish()
    translate(pages["Halv"], "smj", only(marked("smj"), "title"))
    translate(pages["Gammal"], "smj")
    pages["Gammal"].title = "Ändrad"
    pages["Gammal"].save_revision().publish()
    enter_translations(pages["På"], "smj", marked("smj"))
    figures = lule_sami_pages()
    assert (figures.complete, figures.partial, figures.outdated, figures.draft) == (1, 1, 1, 1)
    assert figures.missing == before.missing + 1
    assert (figures.strings_left - before.strings_left, figures.outdated_strings) == (3, 1)
    assert figures.unpublished == 1
    pages["Ny"].unpublish()
    assert lule_sami_pages().missing == before.missing


def test_coverage_is_the_share_of_words_that_are_live(swedish_site: ExampleSite) -> None:
    page = page_called(swedish_site, "Fyra ord i titeln")
    page.introduction = "<p>Här står sex ord till nu</p>"
    page.save_revision().publish()
    keys = Page.objects.filter(pk=page.pk).values("translation_key")
    assert page_figures(keys)["smj"].coverage == 0
    translate(page, "smj", only(marked("smj"), "title"))
    assert page_figures(keys)["smj"].coverage == 0.4
    enter_translations(page, "smj", marked("smj"))
    assert page_figures(keys)["smj"].coverage == 0.4
    translate(page, "smj")
    assert page_figures(keys)["smj"].coverage == 1


def test_other_sites_read_it_in_languages(swedish_site: ExampleSite, visitor: Client) -> None:
    page = page_called(swedish_site, "Kust")

    def lule_sami() -> dict[str, Any]:
        items = visitor.get("/api/v3/languages/").json()["items"]
        return next(item for item in items if item["code"] == "smj")

    before = lule_sami()
    translate(page, "smj")
    after = lule_sami()
    assert after["complete"] == before["complete"] + 1
    assert after["missing"] == before["missing"] - 1
    assert after["coverage"] > before["coverage"]
    [source] = [
        item for item in visitor.get("/api/v3/languages/").json()["items"] if item["is_source"]
    ]
    assert (source["coverage"], source["complete"]) == (1, source["pages"])


def test_translators_see_their_own_language_alone(lule: Client, chief: Client) -> None:
    shown = read(lule, MATRIX)
    assert "julevsámegiella" in shown
    assert "davvisámegiella" not in shown
    assert "davvisámegiella" in read(chief, MATRIX)
    assert "language=se" not in read(lule, WORK)


def test_the_filters_combine(swedish_site: ExampleSite, lule: Client) -> None:
    translate(page_called(swedish_site, "Havets kust"), "smj")
    page_called(swedish_site, "Fjällets kust")
    shown = read(lule, WORK, title="kust")
    assert "Havets kust" in shown
    assert "Fjällets kust" in shown
    shown = read(lule, WORK, title="kust", status="missing", type="home.ContentPage")
    assert "Havets kust" not in shown
    assert "Fjällets kust" in shown
    assert "Fjällets kust" not in read(lule, WORK, title="kust", type="strategy.GoalPage")


def test_from_the_list_straight_into_the_editor(swedish_site: ExampleSite, lule: Client) -> None:
    page = page_called(swedish_site, "Kust")
    shown = read(lule, WORK, title="Kust")
    source = TranslationSource.objects.get(object_id=page.translation_key)
    begin = reverse("cms_translation:begin", args=[source.pk, "smj"])
    assert begin in shown
    assert lule.get(begin).status_code == 405
    response: Any = lule.post(begin)
    target = page.get_translations().get()
    translation = Translation.objects.get(source=source)
    assert response.url == reverse("cms_translation:editor", args=[translation.pk])
    assert not target.live
    assert not target.get_parent().live
    assert target.get_parent().alias_of_id is None
    assert lule.get(response.url).status_code == 200
    edit = reverse("wagtailadmin_pages:edit", args=[target.pk])
    assert edit in read(lule, WORK, title="Kust")
    assert lule.get(edit)["location"] == response.url


def test_a_begun_translation_keeps_what_was_entered_before(swedish_site: ExampleSite) -> None:
    from cms.translation.lifecycle.beginning import begin_translation

    page = page_called(swedish_site, "Kust")
    enter_translations(page, "smj", only(marked("smj"), "title"))
    locale = Locale.objects.get(language_code="smj")
    Translation.objects.filter(source__object_id=page.translation_key).delete()
    target = begin_translation(page, locale)
    assert target.title == "Kust [smj]"
    assert begin_translation(page, locale).pk == target.pk
    target.delete()
    assert begin_translation(page, locale).title == "Kust [smj]"


def test_what_is_downloaded_is_what_is_shown(swedish_site: ExampleSite, lule: Client) -> None:
    page_called(swedish_site, "=HYPERLINK(1)")
    response = lule.get(WORK, {"export": "csv", "title": "HYPERLINK"})
    [headings, row] = csv.reader(StringIO(response.content.decode("utf-8-sig")))
    assert dict(zip(headings, row, strict=True))["title"] == "'=HYPERLINK(1)"
    response = lule.get(WORK, {"export": "xlsx", "title": "HYPERLINK"})
    sheet: Any = openpyxl.load_workbook(BytesIO(response.content)).active
    assert sheet["A2"].value == "=HYPERLINK(1)"
    assert sheet["A2"].data_type != "f"
    for kind in ("xlsx", "csv"):
        assert lule.get(MATRIX, {"export": kind}).status_code == 200


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert f"'{text}" in as_csv("x", ["a"], [[text]]).content.decode()
    book = openpyxl.load_workbook(BytesIO(as_xlsx("x", ["a"], [[text, 5]]).content))
    sheet: Any = book.active
    assert (sheet["A2"].value, sheet["A2"].data_type == "f", sheet["B2"].value) == (text, False, 5)


def test_the_list_counts_pages_and_facts(swedish_site: ExampleSite, lule: Client) -> None:
    page_called(swedish_site, "Kust vid havet")
    assert "1 sida eller uppgift" in read(lule, WORK, title="Kust vid havet")


def test_a_title_is_no_markup(swedish_site: ExampleSite, lule: Client) -> None:
    page_called(swedish_site, "<script>x</script>")
    for address in (WORK, "/admin/"):
        assert "<script>x</script>" not in read(lule, address)


def test_nobody_without_the_admin_reads_it(swedish_site: ExampleSite) -> None:
    for address in (MATRIX, WORK):
        assert signed_in(f"x{address}").get(address).status_code == 302


def test_the_start_page_says_what_there_is_to_do(swedish_site: ExampleSite, lule: Client) -> None:
    fresh, old = page_called(swedish_site, "Alldeles ny"), page_called(swedish_site, "Gammal")
    target = translate(old, "smj")
    old.title = "Gammal och ändrad"
    old.save_revision().publish()
    shown = read(lule, "/admin/")
    assert reverse("wagtailadmin_pages:edit", args=[target.pk]) in shown
    assert "Gammal och ändrad" in shown
    source = TranslationSource.objects.get(object_id=fresh.translation_key)
    missing = LanguageStatus.objects.filter(
        locale__language_code="smj", status="missing", source_live=True
    )
    assert source.pk in missing.values_list("source", flat=True)
    assert f">{missing.count()}<" in shown


def test_the_start_page_reports_what_went_another_way(
    swedish_site: ExampleSite, lule: Client, chief: Client
) -> None:
    page = page_called(swedish_site, "Försvunnen")
    translate(page, "smj")
    with choosing(Choice.LEAVE):
        page.unpublish()
    for client in (lule, chief):
        assert "Försvunnen [smj]" in read(client, "/admin/")
        assert "Försvunnen [smj]" in read(client, MATRIX)
    assert "Försvunnen [smj]" not in read(signed_in("Translators (fi)"), "/admin/")


def test_the_old_report_is_gone(chief: Client) -> None:
    response: Any = chief.get(reverse("wagtail_localize:translations_report"))
    assert response.url == MATRIX
    menu = read(chief, "/admin/")
    assert reverse("wagtail_localize:translations_report") not in menu
    assert MATRIX in menu


def many_statuses(number: int) -> None:
    """Rows as 2,000 pages would have them."""
    kind = ContentType.objects.get_for_model(ContentPage)
    locale = Locale.objects.get(language_code="sv")
    from uuid import uuid4

    from django.utils import timezone

    objects = TranslatableObject.objects.bulk_create(
        TranslatableObject(translation_key=uuid4(), content_type=kind) for _ in range(number)
    )
    sources = TranslationSource.objects.bulk_create(
        TranslationSource(
            object=one, specific_content_type=kind, locale=locale, object_repr="x",
            content_json="{}", last_updated_at=timezone.now(),
        )
        for one in objects
    )  # fmt: skip
    counts = dict.fromkeys(
        ("strings", "words", "translated", "translated_words", "outdated", "outdated_words",
         "published", "published_words", "unpublished", "to_review"), 1,
    )  # fmt: skip
    LanguageStatus.objects.bulk_create(
        LanguageStatus(source=source, locale=target, source_live=True, status="partial", **counts)
        for source in sources
        for target in Locale.objects.exclude(pk=locale.pk)
    )


def test_queries_do_not_grow_with_the_site(chief: Client, lule: Client) -> None:
    def queries(client: Client, address: str) -> int:
        read(client, address)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            read(client, address)
        return len(captured)

    many_statuses(10)
    before = [queries(chief, MATRIX), queries(chief, WORK), queries(lule, "/admin/")]
    many_statuses(200)
    after = [queries(chief, MATRIX), queries(chief, WORK), queries(lule, "/admin/")]
    assert after == before
    with CaptureQueriesContext(connection) as captured:
        matrix()
    assert len(captured) <= 2
