"""Every document says which language it is in, and leads to others in the best one there is."""

from typing import Any

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale

from cms.languages.registry import LANGUAGES, SOURCE_LANGUAGE_CODE
from home.models import ContentPage, HomePage
from strategy.models import CulturePage, GoalPage, StoryPage
from tests.factories.blocks import rich_text
from tests.factories.identity import Blocks
from tests.factories.site import ExampleSite
from tests.factories.translations import enter_translations, make_alias, marked, translate
from tests.factories.whole import set_field

pytestmark = pytest.mark.shared_out

Document = dict[str, Any]


def opening_tag(related: dict[str, Any], hreflang: str = "") -> str:
    """A link in a text to the page of a relation, by which another site finds its own."""
    page = f'data-key="{related["key"]}" data-type="{related["type"]}"'
    return f'<a href="{related["path"]}"{hreflang} {page}>'


def read(visitor: Client, page: Any) -> Document:
    response = visitor.get(f"/api/v3/pages/{page.pk}/")
    assert response.status_code == 200, response.content
    document: Document = response.json()
    return document


def version_of(original: Any, language: str, **fields: Any) -> Any:
    """A page or snippet in another language, published, its parents too."""
    locale = Locale.objects.get(language_code=language)
    if not hasattr(original, "slug"):
        copy = original.copy_for_translation(locale)
        copy.live = True
    else:
        copy = original.copy_for_translation(locale, copy_parents=True)
    for name, value in fields.items():
        set_field(copy, name, value)
    if hasattr(copy, "slug"):
        copy.save_revision().publish()
    else:
        copy.save()
    return type(original).objects.get(pk=copy.pk)


def story_about(site: ExampleSite, language: str) -> Any:
    """A story in a language, with the stored links of the Swedish one."""
    return version_of(site.pages[StoryPage], language)


def related_goal(document: Document) -> Document | None:
    pages = [row["page"] for row in document["related_pages"]]
    return next((page for page in pages if page and page["type"] == "strategy.GoalPage"), None)


def link_block(document: Document) -> Document:
    found: Document = next(
        block["value"]
        for block in document["body"]
        if block["type"] == "link" and block["value"]["text"].startswith("Scenen, till sidan")
    )
    return found


def paragraph(document: Document) -> str:
    text: str = next(block["value"] for block in document["body"] if block["type"] == "paragraph")
    return text


def test_a_relation_is_in_the_language_of_the_document(
    example_site: ExampleSite, visitor: Client
) -> None:
    document = read(visitor, example_site.translations[StoryPage, "en"])
    goal = example_site.translations[GoalPage, "en"]
    related = related_goal(document)
    assert related is not None
    assert (related["id"], related["language"]) == (goal.pk, "en")
    assert related["title"] == "Fler i arbete [en]"
    assert related["path"].startswith("/en/")
    assert related["key"] == str(goal.translation_key)
    assert document["municipality"]["title"] == "Kommun 0 [en]"
    assert document["municipality"]["language"] == "en"
    assert link_block(document)["page"]["language"] == "en"
    assert link_block(document)["href"] == related["path"]
    assert opening_tag(related) in paragraph(document)


def test_a_relation_falls_back_language_by_language(
    example_site: ExampleSite, visitor: Client
) -> None:
    story = story_about(example_site, "fit")
    finnish = version_of(example_site.pages[GoalPage], "fi", title="Työhön")
    organisation = version_of(example_site.targets.organisations[0], "fi", name="Talo")
    document = read(visitor, story)
    related = related_goal(document)
    assert related is not None
    assert (related["title"], related["language"]) == ("Työhön", "fi")
    assert document["recipient"]["title"] == "Talo"
    assert opening_tag(related, ' hreflang="fi"') in paragraph(document)

    finnish.unpublish()
    organisation.live = False
    organisation.save()
    document = read(visitor, story)
    related = related_goal(document)
    assert related is not None
    assert (related["title"], related["language"]) == ("Fler i arbete", "sv")
    assert document["recipient"]["language"] == "sv"
    # The story is a copy of the Swedish one: the link leads to the language of its text.
    assert document["language"] == "sv"
    assert opening_tag(related) in paragraph(document)


def test_a_relation_prefers_its_own_language_to_its_fallbacks(
    example_site: ExampleSite, visitor: Client
) -> None:
    story = story_about(example_site, "fit")
    version_of(example_site.pages[GoalPage], "fi", title="Työhön")
    version_of(example_site.pages[GoalPage], "fit", title="Töihin")
    related = related_goal(read(visitor, story))
    assert related is not None
    assert (related["title"], related["language"]) == ("Töihin", "fit")


def test_a_language_that_is_no_fallback_is_not_offered(
    example_site: ExampleSite, visitor: Client
) -> None:
    story = story_about(example_site, "se")
    version_of(example_site.pages[GoalPage], "fi", title="Työhön")
    related = related_goal(read(visitor, story))
    assert related is not None
    assert related["language"] == "sv"


def test_an_alias_is_never_offered_in_the_place_of_the_original(
    example_site: ExampleSite, visitor: Client
) -> None:
    make_alias(example_site.pages[GoalPage], "smj")
    related = related_goal(read(visitor, story_about(example_site, "smj")))
    assert related is not None
    assert related["language"] == "sv"
    assert related["path"].startswith("/sv/")


def test_an_alias_says_the_language_of_its_text(example_site: ExampleSite, visitor: Client) -> None:
    alias = example_site.translations[ContentPage, "smj"]
    document = read(visitor, alias)
    assert document["meta"]["locale"] == "smj"
    assert document["path"].startswith("/smj/")
    assert document["language"] == "sv"
    # The start page above it is translated, so its title alone is in Lule Sámi.
    assert document["languages"] == {
        "/breadcrumbs/0/title": "smj",
        "/meta/parent/title": "smj",
        "/parent/title": "smj",
    }
    assert document["meta"]["alias_of"]["id"] == example_site.pages[ContentPage].pk
    assert "smj" not in [link["locale"] for link in document["translations"]]


def test_what_is_not_published_is_null_or_left_out(
    example_site: ExampleSite, visitor: Client
) -> None:
    goal = GoalPage.objects.get(pk=example_site.pages[GoalPage].pk)
    for version in goal.get_translations(inclusive=True):
        version.unpublish()
    organisation = example_site.targets.organisations[0]
    for each in type(organisation).objects.filter(translation_key=organisation.translation_key):
        each.unpublish()
    document = read(visitor, example_site.pages[StoryPage])
    assert document["recipient"] is None
    assert related_goal(document) is None
    assert link_block(document)["page"] is None
    assert link_block(document)["href"] is None
    page_list = next(block for block in document["body"] if block["type"] == "page_list")
    assert [page["type"] for page in page_list["value"]["pages"]] == ["strategy.CulturePage"]
    assert "<a>sidan</a>" in paragraph(document)


def test_every_language_has_an_address_of_its_own(
    example_site: ExampleSite, visitor: Client
) -> None:
    for language in LANGUAGES:
        if language not in ("sv", "en", "fi", "smj"):
            version_of(example_site.home, language)
    for page in HomePage.objects.filter(translation_key=example_site.home.translation_key):
        code = page.locale.language_code
        document = read(visitor, page)
        assert document["path"] == f"/{code}/"
        assert document["meta"]["html_url"] == f"http://testserver/{code}/"
        for path in (f"/{code}/", f"/{code}", f"{code}/"):
            found = visitor.get("/api/v3/pages/find/", {"html_path": path}, follow=True)
            assert found.json()["id"] == page.pk, path


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_page_is_found_by_its_address(
    language: str, example_site: ExampleSite, visitor: Client
) -> None:
    page = (
        example_site.pages[StoryPage]
        if language == SOURCE_LANGUAGE_CODE
        else example_site.translations[StoryPage, language]
    )
    document = read(visitor, page)
    found = visitor.get("/api/v3/pages/find/", {"html_path": document["path"]}, follow=True)
    assert found.json() == document


def test_a_page_that_moved_is_found_by_its_redirect(
    example_site: ExampleSite, visitor: Client
) -> None:
    page = example_site.pages[StoryPage]
    Redirect.objects.create(old_path="/sv/gammal", redirect_page=page)
    Redirect.objects.create(old_path="/sv/kort", redirect_link="/sv/gammal/")
    Redirect.objects.create(old_path="/sv/bort", redirect_link="https://example.org/")
    for path in ("/sv/gammal/", "/sv/kort"):
        found = visitor.get("/api/v3/pages/find/", {"html_path": path}, follow=True)
        assert found.json()["id"] == page.pk
    away = visitor.get("/api/v3/pages/find/", {"html_path": "/sv/bort/"})
    assert (away.status_code, away["Location"]) == (301, "https://example.org/")
    page.unpublish()
    gone = visitor.get("/api/v3/pages/find/", {"html_path": "/sv/gammal/"}, follow=True)
    assert gone.status_code == 404


def test_anybody_can_follow_the_address_of_a_fact(
    example_site: ExampleSite, visitor: Client
) -> None:
    facts = [
        item
        for item in visitor.get("/api/v3/entries/fi/?limit=100").json()["items"]
        if item["path"] is None
    ]
    assert facts
    for fact in facts:
        assert visitor.get(fact["meta"]["detail_url"]).json() == fact


def test_translations_begin_with_the_source_and_say_how_far_each_is(
    example_site: ExampleSite, visitor: Client
) -> None:
    document = read(visitor, example_site.translations[HomePage, "fi"])
    statuses = [(link["locale"], link["status"]) for link in document["translations"]]
    assert statuses == [
        ("sv", "source"),
        ("en", "complete"),
        ("fi", "complete"),
        ("smj", "partial"),
    ]
    for link in document["translations"]:
        version = visitor.get(f"/api/v3/pages/{link['id']}/").json()
        assert version["path"] == link["path"]
        assert version["meta"]["detail_url"] == link["detail_url"]


def test_a_translation_that_is_a_draft_is_not_announced(
    example_site: ExampleSite, visitor: Client
) -> None:
    enter_translations(example_site.home, "rom", marked("rom")).save_target(publish=False)
    example_site.translations[HomePage, "fi"].unpublish()
    document = read(visitor, example_site.home)
    assert [link["locale"] for link in document["translations"]] == ["sv", "en", "smj"]


def test_a_page_that_is_translated_whole_has_no_map_of_languages(
    example_site: ExampleSite, visitor: Client
) -> None:
    for page in (example_site.home, example_site.translations[StoryPage, "en"]):
        assert read(visitor, page)["languages"] == {}


def test_every_text_that_is_not_translated_is_named_with_its_language(
    example_site: ExampleSite, visitor: Client
) -> None:
    document = read(visitor, example_site.translations[ContentPage, "fi"])
    languages = document["languages"]
    assert document["language"] == "fi"
    assert {"/title", "/introduction"}.isdisjoint(languages)
    assert languages["/meta/seo_title"] == "sv"
    blocks = {block["type"]: number for number, block in enumerate(document["body"])}
    for pointer in (
        f"/body/{blocks['heading']}/value/text",
        f"/body/{blocks['paragraph']}/value",
        f"/body/{blocks['quote']}/value/role",
        f"/body/{blocks['fact_box']}/value/title",
        f"/body/{blocks['accordion']}/value/items/0/title",
        f"/body/{blocks['table']}/value/rows/0/0",
        f"/body/{blocks['table']}/value/caption",
        f"/body/{blocks['video']}/value/transcript",
    ):
        assert languages[pointer] == "sv", pointer
    for pointer, code in languages.items():
        assert code in ("sv", "mul")
        assert isinstance(at(document, pointer), str), pointer
        assert "[fi]" not in at(document, pointer)
    # Figures in a table are in no language.
    assert f"/body/{blocks['table']}/value/rows/1/1" not in languages
    images = [number for number, block in enumerate(document["body"]) if block["type"] == "image"]
    assert languages[f"/body/{images[0]}/value/image/alt"] == "sv"


def test_the_text_of_a_page_image_is_named_where_it_is_shown_twice(
    example_site: ExampleSite, visitor: Client
) -> None:
    languages = read(visitor, example_site.translations[HomePage, "smj"])["languages"]
    assert languages["/image_alt_text"] == languages["/image/alt"] == "sv"


def test_a_rich_text_of_which_a_part_is_translated_is_in_several_languages(
    example_site: ExampleSite, visitor: Client
) -> None:
    page = ContentPage.objects.get(pk=example_site.pages[ContentPage].pk)
    page.title, page.slug = "Delvis", "delvis"
    copy = ContentPage(title="Delvis", slug="delvis")
    copy.introduction = rich_text("Ett") + rich_text("Två")
    block = Blocks("several languages")
    set_field(copy, "body", [block("paragraph", rich_text("Tre") + rich_text("Fyra"))])
    example_site.home.add_child(instance=copy)
    copy.save_revision().publish()

    def one_and_three(path: str, source: str) -> str | None:
        return f"{source} fi" if source in ("Delvis", "delvis", "Ett", "Tre") else None

    translated = translate(
        ContentPage.objects.get(pk=copy.pk),
        "fi",
        lambda path, source: "delvis-fi" if path == "slug" else one_and_three(path, source),
    )
    document = read(visitor, translated)
    assert document["introduction"] == '<p>Ett fi</p><p lang="sv">Två</p>'
    assert document["body"][0]["value"] == '<p>Tre fi</p><p lang="sv">Fyra</p>'
    assert document["languages"] == {"/introduction": "mul", "/body/0/value": "mul"}


def at(document: Document, pointer: str) -> Any:
    """The value to which a JSON Pointer points."""
    value: Any = document
    for step in pointer.removeprefix("/").split("/"):
        value = value[int(step)] if isinstance(value, list) else value[step]
    return value


@pytest.mark.parametrize("version", ["v2", "v3"])
@pytest.mark.parametrize(
    ("page_type", "language", "text_language"),
    [(HomePage, "sv", "sv"), (HomePage, "en", "en"), (ContentPage, "smj", "sv")],
)
def test_the_header_says_the_language_of_the_text(
    version: str,
    page_type: type[Any],
    language: str,
    text_language: str,
    example_site: ExampleSite,
    visitor: Client,
) -> None:
    page = (
        example_site.pages[page_type]
        if language == SOURCE_LANGUAGE_CODE
        else example_site.translations[page_type, language]
    )
    response = visitor.get(
        f"/api/{version}/pages/{page.pk}/", headers={"Accept-Language": "fi, en;q=0.5"}
    )
    assert response["Content-Language"] == text_language
    varies = response.headers.get("Vary", "").lower()
    assert "cookie" not in varies
    assert "accept-language" not in varies


@pytest.mark.parametrize("address", ["/api/v3/languages/", "/api/v3/nowhere/"])
def test_an_answer_that_is_no_document_claims_no_language(
    address: str, example_site: ExampleSite, visitor: Client
) -> None:
    response = visitor.get(address, headers={"Accept-Language": "fi"})
    assert "Content-Language" not in response.headers
    varies = response.headers.get("Vary", "").lower()
    assert "cookie" not in varies
    assert "accept-language" not in varies


def test_the_languages_are_listed_with_what_is_live_in_each(
    example_site: ExampleSite, visitor: Client
) -> None:
    listed = visitor.get("/api/v3/languages/").json()
    items = {item["code"]: item for item in listed["items"]}
    assert listed["count"] == len(items) == 9
    assert items["smj"]["pages"] == 1  # The start page; an alias shows Swedish.
    assert items["fi"]["pages"] == 2
    assert items["se"]["pages"] == 0
    assert items["fit"]["fallbacks"] == ["fi", "sv"]
    assert items["yi"]["direction"] == "rtl"
    assert [item["code"] for item in listed["items"] if item["is_source"]] == ["sv"]


def test_breadcrumbs_lead_from_the_start_page_down(
    example_site: ExampleSite, visitor: Client
) -> None:
    document = read(visitor, example_site.translations[CulturePage, "en"])
    assert [crumb["path"] for crumb in document["breadcrumbs"]] == [
        "/en/",
        "/en/utveckling-en/",
        "/en/utveckling-en/kultur-en/",
    ]
    assert document["breadcrumbs"][-1]["title"] == document["title"] == "Kultur [en]"
