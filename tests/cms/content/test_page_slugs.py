"""Slugs of new pages are in ASCII; the address that a page has stays."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from wagtail.models import APIToken, Locale, Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from home.models import ContentPage
from strategy.models import StoryPage
from tests.factories.site import ExampleSite
from tests.factories.translations import marked, only, translate

pytestmark = pytest.mark.shared_out

YIDDISH = "דער וועג צום ציל"
LETTERS = ("Öppna möten å ä ö á č đ ŋ š ŧ ž", "oppna-moten-a-a-o-a-c-d-n-s-t-z")


@pytest.fixture
def token(admin_user: Any) -> str:
    return str(APIToken.create_token(user=admin_user, name="writer")[1])


def send(method: str, address: str, token: str, payload: Any) -> Any:
    return getattr(Client(), method)(
        address,
        payload,
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}"},
    )


def create(token: str, parent: Page, **fields: Any) -> Any:
    meta = {"type": "home.ContentPage", "parent_id": parent.pk}
    return send("post", "/api/v3/pages/", token, {"meta": meta, **fields})


def old_page(site: ExampleSite, slug: str = "öppna-möten") -> ContentPage:
    """A page with a slug as it was possible before."""
    page = ContentPage(title="Öppna möten", slug="x")
    site.home.add_child(instance=page)
    page.slug = slug
    page.save_revision().publish()
    return ContentPage.objects.get(pk=page.pk)


def test_the_slug_of_a_title_is_in_ascii(swedish_site: ExampleSite, token: str) -> None:
    title, slug = LETTERS
    made = create(token, swedish_site.home, title=title)
    assert made.status_code == 201, made.content
    assert Page.objects.get(pk=made.json()["id"]).slug == slug
    again = create(token, swedish_site.home, title=title)
    assert Page.objects.get(pk=again.json()["id"]).slug == f"{slug}-1"


def test_a_title_without_such_letters_takes_the_slug_of_its_source(
    swedish_site: ExampleSite, token: str
) -> None:
    source = swedish_site.pages[ContentPage]
    yiddish = translate(source, "yi", only(marked("yi"), "title"))
    assert yiddish.slug == source.slug
    home = swedish_site.home.get_translation(Locale.objects.get(language_code="yi"))
    page = ContentPage(title=YIDDISH, locale=home.locale, translation_key=source.translation_key)
    yiddish.delete()
    home.add_child(instance=page)
    assert page.slug == source.slug


def test_a_page_without_a_source_takes_the_name_of_its_type(
    swedish_site: ExampleSite, token: str
) -> None:
    slugs = []
    for _each in range(2):
        made = create(token, swedish_site.home, title=YIDDISH)
        assert made.status_code == 201, made.content
        slugs.append(Page.objects.get(pk=made.json()["id"]).slug)
    assert slugs == ["content-page", "content-page-1"]
    story = StoryPage(title=YIDDISH)
    swedish_site.pages[StoryPage].get_parent().add_child(instance=story)
    assert story.slug == "story-page"


def test_the_api_refuses_a_slug_with_other_letters(swedish_site: ExampleSite, token: str) -> None:
    refused = create(token, swedish_site.home, title="Möten", slug="öppna-möten")
    assert refused.status_code == 422
    assert "oppna-moten" in json.dumps(refused.json())
    page = swedish_site.pages[ContentPage]
    changed = send("patch", f"/api/v3/pages/{page.pk}/", token, {"slug": "öppna-möten"})
    assert changed.status_code == 422
    assert "oppna-moten" in json.dumps(changed.json())


def test_an_old_address_stays(swedish_site: ExampleSite, token: str) -> None:
    page = old_page(swedish_site)
    changed = send(
        "patch",
        f"/api/v3/pages/{page.pk}/",
        token,
        {"title": "Mötena", "slug": page.slug, "meta": {"action": "publish"}},
    )
    assert changed.status_code == 200, changed.content
    assert Page.objects.get(pk=page.pk).slug == "öppna-möten"
    page.refresh_from_db()
    page.save()
    assert page.slug == "öppna-möten"


def test_the_field_of_an_old_address_leaves_its_letters_alone(
    swedish_site: ExampleSite, admin_client: Client
) -> None:
    page = old_page(swedish_site)
    form = admin_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "data-w-slug-allow-unicode-value" in form
    new = admin_client.get(
        reverse("wagtailadmin_pages:add", args=["home", "contentpage", swedish_site.home.pk])
    ).content.decode()
    assert "data-w-slug-allow-unicode-value" not in new
    assert escape(json.dumps("[ÐðĎďĐđ]")) in new


def test_a_copy_of_an_old_page_has_a_new_slug(
    swedish_site: ExampleSite, admin_client: Client, token: str
) -> None:
    page = old_page(swedish_site)
    below = ContentPage(title="Under", slug="x")
    page.add_child(instance=below)
    below.slug = "förra-året"
    below.save()
    address = reverse("wagtailadmin_pages:copy", args=[page.pk])
    form = admin_client.get(address).context["form"]
    assert form["new_slug"].initial == "oppna-moten"
    values = {"new_title": "Kopia", "new_slug": form["new_slug"].initial}
    place = {"new_parent_page": swedish_site.home.pk, "copy_subpages": "on"}
    assert admin_client.post(address, values | place).status_code == 302
    copy = Page.objects.get(slug="oppna-moten")
    assert [child.slug for child in copy.get_children()] == ["forra-aret"]

    made = send("post", f"/api/v3/pages/{page.pk}/actions/copy/", token, {})
    assert made.status_code == 201, made.content
    again = Page.objects.get(pk=made.json()["id"])
    assert again.slug == "oppna-moten-1"
    again.get_latest_revision().publish()
    assert Page.objects.get(pk=again.pk).slug == "oppna-moten-1"


def test_a_translation_of_an_old_page_has_a_new_slug(swedish_site: ExampleSite) -> None:
    for slug in ("đŋ", "דער-וועג"):
        english = translate(old_page(swedish_site, slug), "en", only(marked("en"), "title"))
        assert english.slug.startswith("oppna-moten-en"), english.slug


def test_the_form_for_copying_suggests_a_slug_that_is_free(
    swedish_site: ExampleSite, admin_client: Client
) -> None:
    page = swedish_site.pages[ContentPage]
    address = reverse("wagtailadmin_pages:copy", args=[page.pk])
    for number in (1, 2):
        form = admin_client.get(address).context["form"]
        assert form["new_slug"].initial == f"{page.slug}-{number}"
        values = {"new_title": "Kopia", "new_slug": form["new_slug"].initial}
        place = {"new_parent_page": page.get_parent().pk}
        assert admin_client.post(address, values | place).status_code == 302
    assert page.get_siblings().filter(slug=f"{page.slug}-2").exists()


def test_a_draft_with_the_title_of_another_page_is_saved(
    swedish_site: ExampleSite, admin_user: Any
) -> None:
    """The field of the slug is on another tab, and what stands there is made of the title."""
    home = swedish_site.home

    def form_of(page: ContentPage, slug: str) -> Any:
        values = nested_form_data({"title": "Möten", "introduction": rich_text(""), "slug": slug})
        values |= nested_form_data(
            {"body": streamfield([]), "comments": inline_formset([]), "show_in_menus": ""}
        )
        form_class = ContentPage.get_edit_handler().get_form_class()
        return form_class(values, instance=page, parent_page=home, for_user=admin_user)

    first, second = (ContentPage(title="Möten", slug="", locale=home.locale) for _number in "12")
    home.add_child(instance=first)
    form = form_of(second, first.slug)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["slug"] == f"{first.slug}-1"
    # The browser goes on sending what it made of the title.
    second.slug = f"{first.slug}-1"
    home.add_child(instance=second)
    assert form_of(second, first.slug).is_valid()
    assert second.slug == f"{first.slug}-1"
    # What somebody chose is not changed: they are told.
    first.slug = "vald"
    first.save()
    assert "slug" in form_of(ContentPage(title="Möten", locale=home.locale), "vald").errors
