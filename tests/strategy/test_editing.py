"""An editor makes, previews, schedules and publishes a page of each type in the admin."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.fields import StreamField
from wagtail.models import Locale, Page, get_page_models
from wagtail.test.utils.form_data import querydict_from_html

from cms.content.pages import BasePage
from cms.demo.users import EDITOR, create_demo_users

pytestmark = pytest.mark.one_database("postgresql")

# A start page stands under the root, one per language, and comes with the site.
PAGE_TYPES = [
    model
    for model in get_page_models()
    if issubclass(model, BasePage) and model._meta.label != "home.HomePage"
]


@pytest.fixture
def editor(demo: None) -> Client:
    """The demo's editor, logged in."""
    create_demo_users("a password of this test", reset=False)
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(get_user_model().objects.get(username=EDITOR))
    return client


def place_for(model: type[Page]) -> Page:
    """A Swedish page under which one more of the type may be made."""
    parents = [parent._meta.label for parent in model.allowed_parent_page_models()]
    swedish = Locale.objects.get(language_code="sv")
    if model.max_count_per_parent:
        # The demo has the one that there may be: its place is made free.
        for page in model.objects.filter(locale=swedish):
            page.delete()
    return next(
        page
        for page in Page.objects.filter(locale=swedish, depth__gt=1).specific()
        if page._meta.label in parents and model.can_create_at(page)
    )


def filled_form(editor: Client, model: type[Page], parent: Page, **values: str) -> QueryDict:
    """The form of a new page as the browser would send it, with a title and nothing else."""
    address = reverse(
        "wagtailadmin_pages:add", args=[model._meta.app_label, model._meta.model_name, parent.pk]
    )
    page = editor.get(address)
    assert page.status_code == 200, page
    form: QueryDict = querydict_from_html(page.content.decode(), form_id="page-edit-form")
    for field in model._meta.get_fields():
        if isinstance(field, StreamField):
            form[f"{field.name}-count"] = "0"
    form.update({"title": "Ny sida", "slug": "ny-sida", **values})
    return form


@pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model.__name__)
def test_editor_previews_and_publishes_a_page_with_nothing_but_a_title(
    editor: Client, model: type[Page]
) -> None:
    """Only what matters is required, and the preview works before anything is saved."""
    parent = place_for(model)
    names = [model._meta.app_label, model._meta.model_name, parent.pk]
    form = filled_form(editor, model, parent)

    preview = reverse("wagtailadmin_pages:preview_on_add", args=names)
    assert editor.post(preview, form).json() == {"is_valid": True, "is_available": True}
    shown = editor.get(preview, {"mode": ""})
    assert shown.status_code == 200
    assert b"<h1" in shown.content
    assert "Ny sida" in shown.content.decode()
    assert not Page.objects.filter(title="Ny sida").exists()

    form["action-publish"] = "action-publish"
    response = editor.post(reverse("wagtailadmin_pages:add", args=names), form)
    assert response.status_code == 302, response.context["form"].errors
    page = Page.objects.get(title="Ny sida")
    assert page.live
    document = editor.get(f"/api/v3/pages/{page.pk}/").json()
    assert document["meta"]["type"] == model._meta.label
    assert document["language"] == "sv"


@pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model.__name__)
def test_editor_schedules_a_page_and_it_goes_live_by_itself(
    editor: Client, model: type[Page]
) -> None:
    """Until its time comes nobody sees it."""
    parent = place_for(model)
    names = [model._meta.app_label, model._meta.model_name, parent.pk]
    tomorrow = timezone.localtime() + timedelta(days=1)
    form = filled_form(editor, model, parent, go_live_at=tomorrow.strftime("%Y-%m-%d %H:%M"))
    form["action-publish"] = "action-publish"

    response = editor.post(reverse("wagtailadmin_pages:add", args=names), form)

    assert response.status_code == 302, response.context["form"].errors
    page = Page.objects.get(title="Ny sida")
    assert not page.live
    assert page.approved_schedule
    assert editor.get(f"/api/v3/pages/{page.pk}/").status_code == 404

    _let_a_day_pass(page)
    call_command("publish_scheduled")

    page.refresh_from_db()
    assert page.live
    assert editor.get(f"/api/v3/pages/{page.pk}/").status_code == 200


def _let_a_day_pass(page: Page) -> None:
    revision: Any = page.scheduled_revision
    past = timezone.now() - timedelta(minutes=1)
    revision.approved_go_live_at = past
    revision.content["go_live_at"] = past.isoformat()
    revision.save()
