"""Tests of the telling of a fact that goes in Swedish and stays live in other languages."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale

from cms.translation.models import TranslatorGroup
from strategy.models import Municipality
from tests.factories.site import ExampleSite
from tests.factories.snippets import MunicipalityFactory
from tests.factories.translations import translate

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

Facts = dict[str, Municipality]


@pytest.fixture
def facts(swedish_site: ExampleSite) -> Facts:
    """A municipality in Swedish, English and Finnish."""
    swedish = MunicipalityFactory(
        name="Jokkmokk", code="2510", locale=Locale.objects.get(language_code="sv")
    )
    swedish.save_revision().publish()
    return {"sv": swedish, **{code: translate(swedish, code) for code in ("en", "fi")}}


@pytest.fixture
def translator(facts: Facts) -> Client:
    """A user who translates into English and into nothing else."""
    user = get_user_model().objects.create_user("erik", "erik@example.org", "lösenord")
    user.groups.add(TranslatorGroup.objects.get(locale__language_code="en").group)
    client = Client()
    client.force_login(user)
    return client


def address(fact: Municipality, action: str) -> str:
    return reverse(fact.snippet_viewset.get_url_name(action), args=[fact.pk])


def by_unpublishing(fact: Municipality) -> str:
    return address(fact, "unpublish")


def by_deleting(fact: Municipality) -> str:
    return address(fact, "delete")


def by_many(fact: Municipality) -> str:
    return f"/admin/bulk/strategy/municipality/delete/?id={fact.pk}"


@pytest.mark.parametrize("way", [by_unpublishing, by_deleting, by_many])
def test_who_is_left_a_fact_is_told(
    way: Any,
    facts: Facts,
    translator: Client,
    admin_client: Client,
    django_capture_on_commit_callbacks: Any,
) -> None:
    english = facts["en"]
    form = admin_client.get(way(facts["sv"])).content.decode()
    for code in ("en", "fi"):
        assert str(facts[code]) in form
    assert "Deras översättare får veta det och bestämmer." in form
    assert "Deras översättare" not in admin_client.get(way(facts["fi"])).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert admin_client.post(way(facts["sv"])).status_code == 302
    assert Municipality.objects.filter(pk=english.pk, live=True).exists()
    [message] = mail.outbox
    assert message.to == ["erik@example.org"]
    assert address(english, "edit") in message.body
    assert str(facts["fi"]) not in message.body
    start = translator.get("/admin/").content.decode()
    assert address(english, "edit") in start.partition('class="translation-attention"')[2]
    # It is theirs to decide now.
    assert translator.post(address(english, "unpublish")).status_code == 302
    assert not Municipality.objects.filter(pk=english.pk, live=True).exists()


def test_nobody_is_told_of_what_goes_in_every_language_or_stays_in_swedish(
    facts: Facts, translator: Client, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        Municipality.objects.get(pk=facts["fi"].pk).unpublish()
        Municipality.objects.filter(translation_key=facts["sv"].translation_key).delete()
    assert mail.outbox == []
