"""A translation whose source has lost a picture, or has a block that takes no text."""

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import translation as languages
from wagtail.models import Locale
from wagtail_localize.models import Template, TemplateSegment, Translation, TranslationSource

from cms.content.models import ContentDocument, ContentImage
from cms.exchange.importing import Import, import_file, publish_imported
from home.models import ContentPage
from tests.cms.exchange.carrying import filled, in_lule_sami
from tests.factories.media import DocumentFactory, ImageFactory
from tests.factories.site import ExampleSite
from tests.factories.translations import marked, translate

pytestmark = pytest.mark.shared_out


def block(kind: str, **value: Any) -> dict[str, Any]:
    return {"type": kind, "id": str(uuid4()), "value": value}


@pytest.fixture
def image() -> ContentImage:
    made: ContentImage = ImageFactory(title="Älven")
    return made


@pytest.fixture
def document() -> ContentDocument:
    made: ContentDocument = DocumentFactory()
    return made


@pytest.fixture
def page(swedish_site: ExampleSite, image: ContentImage, document: ContentDocument) -> ContentPage:
    link = {"text": "Planen", "page": None, "url": "", "document": document.pk}
    picture = {"image": image.pk, "alt_text": "Röd bild", "decorative": False}
    page = ContentPage(
        title="Bild",
        slug="bild",
        body=json.dumps(
            [
                {"type": "paragraph", "id": str(uuid4()), "value": "<p>Hej</p>"},
                block("image", image=picture, caption="Text"),
                block("link", **link),
            ]
        ),
    )
    swedish_site.home.add_child(instance=page)
    page.save_revision().publish()
    return ContentPage.objects.get(pk=page.pk)


@pytest.fixture
def client(admin_user: Any) -> Client:
    """An administrator's browser, which is shown what ends in an error."""
    browser = Client(raise_request_exception=False)
    browser.force_login(get_user_model().objects.get(pk=admin_user.pk))
    return browser


def source_of(page: ContentPage) -> TranslationSource:
    return TranslationSource.objects.get(object_id=page.translation_key)


def preview(client: Client, english: ContentPage) -> Any:
    made = Translation.objects.get(
        source__object_id=english.translation_key, target_locale=english.locale
    )
    return client.get(reverse("wagtail_localize:preview_translation", args=[made.pk]))


def publish(client: Client, english: ContentPage) -> Any:
    translation = Translation.objects.get(
        source__object=english.translation_key, target_locale=english.locale_id
    )
    return client.post(reverse("cms_translation:editor_publish", args=[translation.pk]))


def begin(client: Client, page: ContentPage, code: str) -> Any:
    address = f"/admin/translation/begin/{source_of(page).pk}/{code}/"
    return client.post(address, headers={"Referer": reverse("cms_translation:matrix")})


@pytest.mark.parametrize("gone", ["image", "document"])
def test_what_was_deleted_is_missing_and_all_else_is_published(
    gone: str,
    page: ContentPage,
    client: Client,
    image: ContentImage,
    document: ContentDocument,
    django_capture_on_commit_callbacks: Any,
) -> None:
    english = translate(page, "en")
    if gone == "image":
        assert client.post(reverse("wagtailimages:delete", args=[image.pk])).status_code == 302
    else:
        assert client.post(reverse("wagtaildocs:delete", args=[document.pk])).status_code == 302
    assert preview(client, english).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        assert publish(client, english).status_code == 200
    document_of_english = Client().get(f"/api/v3/pages/{english.pk}/").json()
    values = {part["type"]: part["value"] for part in document_of_english["body"]}
    assert values["paragraph"] == "<p>Hej [en]</p>"
    assert values["image"]["caption"] == "Text [en]"
    assert (values["image"]["image"] is None) == (gone == "image")
    assert values["link"]["text"] == "Planen [en]"
    assert (values["link"]["document"] is None) == (gone == "document")
    assert begin(client, page, "fi").status_code == 302
    assert translate(page, "fi", marked("fi")).title == "Bild [fi]"


def test_a_file_publishes_a_page_without_what_was_deleted(
    page: ContentPage, image: ContentImage, tmp_path: Path
) -> None:
    path = filled(tmp_path, in_lule_sami)
    image.delete()
    report, changed = import_file(path, path.name, Import())
    assert publish_imported(report, changed) == []
    assert page.get_translation_or_none(Locale.objects.get(language_code="smj")).live


def spoil(page: ContentPage) -> None:
    """Has a block take no text, as one whose kind has changed."""
    segment = TemplateSegment.objects.get(source=source_of(page), context__path__startswith="body")
    whole = segment.template
    segment.template = Template.objects.create(
        uuid=uuid4(), template=whole.template, template_format="xml", string_count=1
    )
    segment.save()


def test_a_block_that_fails_is_named_with_page_language_and_reason(
    page: ContentPage, client: Client
) -> None:
    english = translate(page, "en")
    spoil(page)
    with languages.override("en"):
        shown = preview(client, english)
    assert shown.status_code == 422
    for answer in (
        publish(client, english).json()["detail"],
        client.get(begin(client, page, "fi")["Location"]).content.decode(),
        shown.content.decode(),
    ):
        for part in ("Bild", "1 (", "xml"):
            assert part in answer
    assert ContentPage.objects.get(pk=english.pk).title == "Bild [en]"


def test_a_file_is_taken_but_for_the_page_that_fails(page: ContentPage, tmp_path: Path) -> None:
    path = filled(tmp_path, in_lule_sami)
    spoil(page)
    report, changed = import_file(path, path.name, Import())
    problems = publish_imported(report, changed)
    assert len(problems) == 1
    assert "Bild" in problems[0]
    assert "1 (" in problems[0]
    assert len(report.published) == len(changed) - 1 > 5
