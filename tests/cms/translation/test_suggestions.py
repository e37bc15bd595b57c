"""Tests of suggestions that somebody reads and takes."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from wagtail_localize.models import StringTranslation, TranslationContext

from cms.translation.models import Suggestion
from home.models import ContentPage
from tests.factories.site import ExampleSite
from tests.factories.translations import enter_translations

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]


@pytest.fixture
def begun(swedish_site: ExampleSite) -> Any:
    page = ContentPage(title="Kust", slug="kust")
    swedish_site.home.add_child(instance=page)
    page.save_revision().publish()
    found = enter_translations(page, "smj", lambda path, text: None)
    found.save_target(publish=False)
    return found


@pytest.fixture
def translator(begun: Any) -> Client:
    user = User.objects.create_user("julev")
    user.groups.set(Group.objects.filter(name="Translators (smj)"))
    client = Client(enforce_csrf_checks=False)
    client.force_login(user)
    return client


def suggestion(begun: Any, text: str, source: str = "Kust") -> Suggestion:
    return Suggestion.objects.create(
        context=TranslationContext.objects.get(object_id=begun.source.object_id, path="title"),
        locale=begun.target_locale,
        source_text=source,
        data=text,
        reason=Suggestion.Reason.TO_REVIEW,
        origin="mina.xlf",
    )


def use(client: Client, one: Suggestion) -> Any:
    return client.post(reverse("cms_translation:use_suggestion", args=[one.pk]), follow=True)


def test_who_has_read_a_suggestion_takes_it(begun: Any, translator: Client) -> None:
    one = suggestion(begun, "Riddo")
    address = reverse("cms_translation:use_suggestion", args=[one.pk])
    shown = translator.get(
        reverse("wagtailadmin_pages:edit", args=[begun.get_target_instance().pk])
    ).content.decode()
    assert address in shown
    answer = use(translator, one)
    assert answer.status_code == 200
    assert address not in answer.content.decode()
    stored = StringTranslation.objects.get(context__path="title", locale=begun.target_locale)
    assert (stored.data, stored.tool_name) == ("Riddo", "mina.xlf")
    assert str(stored.last_translated_by) == "julev"
    assert not Suggestion.objects.exists()
    # What it takes the place of is kept.
    use(translator, suggestion(begun, "Merraguovllo"))
    assert list(Suggestion.objects.values_list("data", "reason")) == [("Riddo", "replaced")]


@pytest.mark.parametrize(
    ("text", "source"), [("Riddo", "Stor kust"), ("\u200b", "Kust"), ("Riddo " * 60, "Kust")]
)
def test_what_cannot_be_the_translation_stays_a_suggestion(
    text: str, source: str, begun: Any, translator: Client
) -> None:
    answer = use(translator, suggestion(begun, text, source))
    assert "messages" in answer.context
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]
    assert Suggestion.objects.count() == 1
    assert not StringTranslation.objects.filter(locale=begun.target_locale).exists()


def test_only_who_translates_takes_it(begun: Any, translator: Client) -> None:
    User.objects.get(username="julev").groups.set(Group.objects.filter(name="Translators (fi)"))
    assert use(translator, suggestion(begun, "Riddo")).status_code in (302, 403) or not (
        StringTranslation.objects.filter(data="Riddo").exists()
    )
    assert Suggestion.objects.count() == 1
