"""Administrators stop a translation and start it again, and nobody's words are lost."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation

from cms.delivery.tracking.transaction import tracked_transaction
from cms.translation.lifecycle.publishing import CannotPublish, publish_translation
from cms.translation.models import LanguageStatus, Suggestion
from home.models import ContentPage
from strategy.models import Municipality
from tests.cms.translation.admin.test_report import signed_in
from tests.factories.site import ExampleSite
from tests.factories.translations import enter_translations, marked, only, translate

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

ASKED_BY_SCRIPT = {"X-Requested-With": "XMLHttpRequest"}
"""Whom Wagtail refuses plainly; others it leads to the start page with a message."""

PARAGRAPHS = "<p>Havet är nära.</p><p>Fjället är långt borta.</p>"


@pytest.fixture
def chief(swedish_site: ExampleSite) -> Client:
    client = Client(enforce_csrf_checks=False)
    client.force_login(User.objects.create_superuser("chef"))
    return client


@pytest.fixture
def page(swedish_site: ExampleSite) -> ContentPage:
    """A Swedish page of a title and two paragraphs."""
    page = ContentPage(title="Kusten", slug="kusten", introduction=PARAGRAPHS)
    Page.objects.get(pk=swedish_site.home.pk).specific.add_child(instance=page)
    page.save_revision().publish()
    return ContentPage.objects.get(pk=page.pk)


def translation_of(page: Any) -> Translation:
    found: Translation = Translation.objects.get(
        source__object_id=page.translation_key, target_locale__language_code="smj"
    )
    return found


def stopped(page: ContentPage, *paths: str) -> ContentPage:
    """The page in Lule Sámi, live with some of its texts translated, and stopped."""
    target: ContentPage = translate(page, "smj", only(marked("smj"), *paths))
    Translation.objects.filter(pk=translation_of(page).pk).update(enabled=False)
    return target


def write(target: ContentPage, user: User, **texts: str) -> None:
    """Writes by hand, as in the ordinary editor."""
    with tracked_transaction():
        for name, text in texts.items():
            setattr(target, name, text)
        target.save_revision(user=user).publish()


def live(page: ContentPage) -> ContentPage:
    found: ContentPage = ContentPage.objects.get(
        translation_key=page.translation_key, locale__language_code="smj"
    )
    return found


def texts_in(page: ContentPage) -> dict[str, Any]:
    rows = StringTranslation.objects.filter(
        context__object=page.translation_key, locale__language_code="smj"
    ).select_related("last_translated_by")
    return {one.data: one for one in rows}


def document(page: ContentPage) -> Any:
    return Client().get(f"/api/v3/pages/{live(page).pk}/").json()


def test_stopping_asks_and_changes_no_language(page: ContentPage, chief: Client) -> None:
    translate(page, "smj", only(marked("smj"), "title"))
    before = document(page)
    assert before["languages"]["/introduction"] == "sv"
    translation = translation_of(page)
    upstreams = reverse("wagtail_localize:stop_translation", args=[translation.pk])
    question = reverse("cms_translation:stop", args=[translation.pk])
    response: Any = chief.post(upstreams)
    assert response.url == question
    assert "Kusten [smj]" in chief.get(question).content.decode()
    assert translation_of(page).enabled
    assert chief.post(question).status_code == 302
    assert not translation_of(page).enabled
    assert document(page) == before
    status = LanguageStatus.objects.get(
        source__object_id=page.translation_key, locale__language_code="smj"
    )
    assert status.status == "partial"


def test_nobody_else_may(page: ContentPage, chief: Client) -> None:
    translate(page, "smj", only(marked("smj"), "title"))
    translation = translation_of(page)
    stop = reverse("cms_translation:stop", args=[translation.pk])
    start = reverse("cms_translation:start", args=[translation.pk])
    upstreams = reverse("wagtail_localize:stop_translation", args=[translation.pk])
    edit = reverse("wagtailadmin_pages:edit", args=[live(page).pk])
    editor = reverse("cms_translation:editor", args=[translation.pk])
    translator = signed_in("Translators (smj)")
    for client in (translator, signed_in("Translators (fi)"), signed_in("Editors")):
        for address in (stop, start, upstreams):
            for method in (client.get, client.post):
                assert method(address, headers=ASKED_BY_SCRIPT).status_code == 403, address
                response: Any = method(address)
                assert response.status_code == 403 or response.url == "/admin/"
    assert translation_of(page).enabled
    assert stop not in translator.get(editor).content.decode()
    assert stop in chief.get(editor).content.decode()
    Translation.objects.filter(pk=translation.pk).update(enabled=False)
    assert start not in translator.get(edit).content.decode()
    shown = chief.get(edit).content.decode()
    assert start in shown
    assert "localize-restart-translation" not in shown
    restart = {"localize-restart-translation": "1"}
    assert translator.post(edit, restart, headers=ASKED_BY_SCRIPT).status_code == 403
    response = chief.post(edit, {"localize-restart-translation": "1"})
    assert response.url == start
    assert not translation_of(page).enabled


def test_the_question_needs_a_token(page: ContentPage) -> None:
    translate(page, "smj")
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.create_superuser("chef"))
    address = reverse("cms_translation:stop", args=[translation_of(page).pk])
    assert client.post(address).status_code == 403
    assert translation_of(page).enabled


def test_what_was_written_by_hand_is_on_the_page_when_it_starts_again(
    page: ContentPage, chief: Client
) -> None:
    target = stopped(page, "title")
    writer = User.objects.create_user("tjálle")
    write(target, writer, title="Riddo", introduction="<p>Merra lahka.</p><p>Várre guhkken.</p>")
    address = reverse("cms_translation:start", args=[translation_of(page).pk])
    assert chief.get(address).status_code == 200
    assert not translation_of(page).enabled
    assert chief.post(address).status_code == 302
    assert translation_of(page).enabled
    stored = texts_in(page)
    assert {"Riddo", "Merra lahka.", "Várre guhkken."} <= set(stored)
    one = stored["Merra lahka."]
    assert (one.last_translated_by, one.translation_type, one.tool_name) == (writer, "manual", "")
    [replaced] = Suggestion.objects.all()
    assert (replaced.data, replaced.source_text) == ("Kusten [smj]", "Kusten")
    before = live(page)
    publish_translation(translation_of(page).source, Locale.objects.get(language_code="smj"))
    after = live(page)
    assert after.title == before.title == "Riddo"
    assert "Merra lahka." in after.introduction
    assert "Várre guhkken." in after.introduction


def test_what_has_no_place_becomes_a_suggestion(page: ContentPage, chief: Client) -> None:
    target = stopped(page, "title", "introduction")
    kept = "<p>Havet är nära. [smj]</p>"
    write(
        target,
        User.objects.create_user("tjálle"),
        introduction=f"{kept}<p>Ådå giehto.</p><p>Fjället är långt borta. [smj]</p>",
    )
    address = reverse("cms_translation:start", args=[translation_of(page).pk])
    assert "Ådå giehto." in chief.get(address).content.decode()
    chief.post(address)
    [suggestion] = Suggestion.objects.select_related("context")
    assert suggestion.data == "Ådå giehto."
    assert suggestion.context.path == "introduction"
    assert suggestion.made_by is not None
    assert suggestion.made_by.username == "tjálle"
    edit = reverse("wagtailadmin_pages:edit", args=[live(page).pk])
    assert "Ådå giehto." in chief.get(edit, follow=True).content.decode()


def test_a_draft_counts_as_written(page: ContentPage, chief: Client) -> None:
    target = stopped(page, "title")
    target.title = "Riddo"
    target.save_revision(user=User.objects.create_user("tjálle"))
    chief.post(reverse("cms_translation:start", args=[translation_of(page).pk]))
    assert "Riddo" in texts_in(page)
    assert live(page).title == "Kusten [smj]"


def test_the_sources_text_is_nobodys_translation(page: ContentPage, chief: Client) -> None:
    stopped(page, "title")
    enter_translations(page, "smj", marked("smj"))
    Translation.objects.filter(pk=translation_of(page).pk).update(enabled=False)
    entered = set(texts_in(page))
    chief.post(reverse("cms_translation:start", args=[translation_of(page).pk]))
    assert set(texts_in(page)) == entered
    assert not Suggestion.objects.exists()


def test_a_text_of_a_source_that_changed_since_is_out_of_date(
    page: ContentPage, chief: Client
) -> None:
    target = stopped(page, "title")
    write(target, User.objects.create_user("tjálle"), title="Riddo")
    with tracked_transaction():
        page.title = "Kusten och havet"
        page.save_revision().publish()
    chief.post(reverse("cms_translation:start", args=[translation_of(page).pk]))
    assert texts_in(page)["Riddo"].translation_of.data == "Kusten"
    status = LanguageStatus.objects.get(
        source__object_id=page.translation_key, locale__language_code="smj"
    )
    assert (status.status, status.outdated) == ("outdated", 1)


def test_a_fact_is_asked_about_too(swedish_site: ExampleSite, chief: Client) -> None:
    fact = Municipality.objects.filter(locale__language_code="sv").first()
    assert fact is not None
    target = translate(fact, "smj")
    translation = translation_of(fact)
    assert chief.post(reverse("cms_translation:stop", args=[translation.pk])).status_code == 302
    with tracked_transaction():
        target.name = "Jåhkåmåhkke"
        target.save_revision().publish()
    start = reverse("cms_translation:start", args=[translation.pk])
    edit = reverse(target.snippet_viewset.get_url_name("edit"), args=[target.pk])
    assert start in chief.get(edit).content.decode()
    assert chief.post(start).status_code == 302
    assert "Jåhkåmåhkke" in texts_in(fact)


def test_what_is_stopped_is_published_by_nothing_else(page: ContentPage) -> None:
    target = stopped(page, "title")
    write(target, User.objects.create_user("tjálle"), title="Riddo")
    enter_translations(page, "smj", marked("smj"))
    translation = translation_of(page)
    assert not translation.enabled
    with pytest.raises(CannotPublish, match="Kusten"):
        publish_translation(translation.source, translation.target_locale)
    assert live(page).title == "Riddo"


def test_nothing_is_started_without_a_source(page: ContentPage, chief: Client) -> None:
    stopped(page, "title")
    page.delete()
    [translation] = Translation.objects.filter(target_locale__language_code="smj")
    address = reverse("cms_translation:start", args=[translation.pk])
    assert chief.get(address, follow=True).status_code == 404
    assert chief.post(address, follow=True).status_code == 404
