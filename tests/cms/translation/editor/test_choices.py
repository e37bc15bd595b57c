"""Choices of a translation: a picture, a page, an address that are others than the source's."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import SegmentOverride

from cms.translation.editor.choices import choices_of
from home.models import ContentPage
from tests.cms.translation.scene import Scene
from tests.factories.media import ImageFactory
from tests.factories.site import ExampleSite
from tests.factories.translations import translate

ADDRESS = "https://example.org/sv"


@pytest.fixture
def page(scene: Scene, swedish_site: ExampleSite) -> ContentPage:
    home = Page.objects.get(pk=swedish_site.home.pk).specific
    shown = ImageFactory(title="Strand")
    picture = {"image": shown.pk, "alt_text": "En strand", "decorative": False}
    page = ContentPage(
        title="Val",
        slug="val",
        body=json.dumps(
            [
                {"type": "link", "value": {"text": "Läs mer", "url": ADDRESS, "page": None}},
                {"type": "image", "value": {"image": picture, "caption": "Sommar"}},
            ]
        ),
    )
    home.add_child(instance=page)
    page.save_revision().publish()
    translate(page, "smj")
    return page


def address_of(scene: Scene, page: ContentPage) -> str:
    [target] = page.get_translations()
    return reverse("cms_translation:editor_choices", args=[scene.translation(target).pk])


def sent(scene: Scene, page: ContentPage, client: Client, **values: Any) -> Any:
    [target] = page.get_translations()
    named = {
        choice.name: values.get(choice.label.split(" › ")[-1], choice.own or "")
        for choice in choices_of(scene.translation(target))
    }
    return client.post(address_of(scene, page), named)


def test_a_language_has_a_choice_of_its_own(scene: Scene, page: ContentPage) -> None:
    shown = scene.client.get(address_of(scene, page)).content.decode()
    assert ADDRESS in shown
    assert "image-chooser.js" in shown
    own = "https://example.org/smj"
    picture = ImageFactory(title="Gádde")
    values = {"Adress": own, "Image": picture.pk}
    labels = {one.label for one in choices_of(scene.translation(page.get_translations().get()))}
    response = sent(scene, page, scene.client, **values)
    assert response.status_code == 302, labels
    assert sorted(one.data_json for one in SegmentOverride.objects.all()) == sorted(
        [json.dumps(own), str(picture.pk)]
    )
    [target] = page.get_translations()
    scene.client.post(
        reverse("cms_translation:editor_publish", args=[scene.translation(target).pk])
    )
    live = ContentPage.objects.get(pk=target.pk)
    assert live.body[0].value["url"] == own
    assert live.body[1].value["image"].pk == picture.pk
    assert ContentPage.objects.get(pk=page.pk).body[0].value["url"] == ADDRESS
    sent(scene, page, scene.client, Adress="", Image="")
    assert not SegmentOverride.objects.exists()


def test_what_is_no_address_is_said_and_kept_in_the_form(scene: Scene, page: ContentPage) -> None:
    response = sent(scene, page, scene.client, Adress="inte en adress")
    assert response.status_code == 200
    assert "inte en adress" in response.content.decode()
    assert not SegmentOverride.objects.exists()


def test_others_may_not(scene: Scene, page: ContentPage) -> None:
    for code in ("fi", "se"):
        target = scene.pages[code]
        address = reverse("cms_translation:editor_choices", args=[scene.translation(target).pk])
        for response in (scene.client.get(address), scene.client.post(address, {})):
            assert response.status_code == 403 or response["location"] == "/admin/"
