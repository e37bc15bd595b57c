"""Making a page: the choice of its type, and its numbers."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page, get_page_models

from cms.content.admin.number_input import GroupedNumberInput
from home.models import ContentPage, HomePage
from strategy.models import StoryPage
from tests.factories.site import ExampleSite

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]


def test_each_type_says_what_it_is_for_in_each_language_of_the_admin() -> None:
    models = [model for model in get_page_models() if model is not Page]
    assert len(models) >= 15
    texts = {}
    for code in ("en", "sv", "fi"):
        with translation.override(code):
            texts[code] = [model.get_page_description() for model in models]
    for model, *found in zip(models, *texts.values(), strict=True):
        assert all(30 < len(text) <= 130 for text in found), f"{model.__name__}: {found}"
        assert len(set(found)) == 3, f"{model.__name__} is untranslated."
        assert "page_icon" in vars(model), f"{model.__name__} has no icon of its own."


def test_the_choice_shows_icons_and_descriptions(
    swedish_site: ExampleSite, admin_client: Client
) -> None:
    address = reverse("wagtailadmin_pages:add_subpage", args=[swedish_site.home.pk])
    html = admin_client.get(address, headers={"Accept-Language": "sv"}).content.decode()
    icons = html.split("cms-page-types")[1].split("</ul>")[0]
    assert "#icon-openquote" not in icons, "No story stands below a start page."
    for model in (ContentPage, HomePage):
        assert (f"#icon-{model.page_icon}" in icons) == (model is ContentPage)
    with translation.override("sv"):
        assert ContentPage.get_page_description() in html


def test_a_sum_is_shown_and_read_with_spaces(
    swedish_site: ExampleSite, admin_client: Client
) -> None:
    story = swedish_site.pages[StoryPage]
    story.amount_sek = 1250000
    story.save_revision().publish()
    form = admin_client.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content.decode()
    assert 'value="1\N{NO-BREAK SPACE}250\N{NO-BREAK SPACE}000"' in form
    field = StoryPage.get_edit_handler().get_form_class().base_fields["amount_sek"]
    typed = field.widget.value_from_datadict({"sum": "3 400\N{NO-BREAK SPACE}000"}, {}, "sum")
    assert field.clean(typed) == 3400000
    assert GroupedNumberInput().format_value("tolv") == "tolv"
    assert GroupedNumberInput().format_value(None) == ""
