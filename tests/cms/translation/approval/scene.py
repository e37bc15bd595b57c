"""A page in Lule Sámi, a language that wants approval, and two who translate into it."""

import json
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale
from wagtail.users.models import UserProfile
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from cms.delivery.tracking.transaction import tracked
from cms.translation.approval.switching import switch_approval
from cms.translation.lifecycle.publishing import publish_translation
from cms.translation.models import ApprovedText, LanguageStatus
from home.models import ContentPage
from tests.cms.delivery.publishing.small_site import document_of
from tests.factories.blocks import rich_text
from tests.factories.translations import enter_translations, translate

TITLE, FIRST, SECOND = "Kust och hav", "Den första meningen.", "Den andra meningen."


def person(name: str) -> User:
    """Somebody who translates into Lule Sámi."""
    user = User.objects.create_user(name, password="x")
    UserProfile.objects.create(user=user, preferred_language="en")
    user.groups.set(Group.objects.filter(name="Translators (smj)"))
    return user


@dataclass
class Approval:
    """The page, and what may be done with it.

    Attributes:
        writer: enters texts.
        other: is to approve them.
    """

    page: ContentPage
    writer: User
    other: User
    clients: dict[int, Client] = field(default_factory=dict)

    @property
    def locale(self) -> Locale:
        found: Locale = Locale.objects.get(language_code="smj")
        return found

    @property
    def translation(self) -> Translation:
        found: Translation = Translation.objects.get(
            source__object=self.page.translation_key, target_locale=self.locale
        )
        return found

    @property
    def source(self) -> TranslationSource:
        found: TranslationSource = TranslationSource.objects.get(object=self.page.translation_key)
        return found

    def switch(self, *, on: bool = True) -> None:
        assert switch_approval(self.locale, on=on)

    @tracked
    def enter(self, texts: dict[str, str], user: User | None = None) -> None:
        """Enters texts by their sources, as the editor stores them."""
        for segment in self.source.stringsegment_set.select_related("string", "context"):
            if segment.string.data in texts and segment.context.path != "slug":
                StringTranslation.objects.update_or_create(
                    translation_of=segment.string,
                    context=segment.context,
                    locale=self.locale,
                    defaults={
                        "data": texts[segment.string.data],
                        "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
                        "tool_name": "",
                        "last_translated_by": user or self.writer,
                        "has_error": False,
                        "field_error": "",
                    },
                )

    def stored(self, text: str) -> StringTranslation:
        """The stored translation of a source text."""
        found: StringTranslation = (
            StringTranslation.objects.filter(
                context__object=self.page.translation_key,
                locale=self.locale,
                translation_of__data=text,
            )
            .exclude(context__path="slug")
            .get()
        )
        return found

    def publish(self) -> Any:
        return publish_translation(self.source, self.locale, self.writer)

    @property
    def approved(self) -> set[str]:
        """The approved texts of the page."""
        found = ApprovedText.objects.filter(context__object=self.page.translation_key)
        return set(found.values_list("data", flat=True))

    @property
    def target(self) -> ContentPage:
        found: ContentPage = ContentPage.objects.get(
            translation_key=self.page.translation_key, locale=self.locale
        )
        return found

    def texts(self) -> list[str]:
        """The texts that readers see: the title and the two sentences."""
        page = self.target
        assert page.live
        plain = page.introduction.replace("</p>", "\n").splitlines()
        return [page.title, *(one.rpartition(">")[2] for one in plain)]

    def status(self) -> LanguageStatus:
        found: LanguageStatus = LanguageStatus.objects.get(
            source__object=self.page.translation_key, locale=self.locale
        )
        return found

    def document(self) -> dict[str, Any]:
        document: dict[str, Any] = document_of(self.target)
        return document

    def send(self, user: User, name: str, *args: Any, **body: Any) -> Any:
        """The answer to an endpoint of the editor."""
        if user.pk not in self.clients:
            self.clients[user.pk] = Client(raise_request_exception=False)
            self.clients[user.pk].force_login(user)
        return self.clients[user.pk].post(
            reverse(f"cms_translation:{name}", args=[self.translation.pk, *args]),
            data=json.dumps(body),
            content_type="application/json",
        )

    def approve(self, user: User | None = None) -> Any:
        """Approves all of the page."""
        return self.send(user or self.other, "editor_approve_all")


@tracked
def build_approval(home: Any) -> Approval:
    """The page is begun; nothing is entered, and approval is off."""
    translate(home, "smj")
    page = ContentPage(title=TITLE, slug="kust")
    page.introduction = rich_text(FIRST) + rich_text(SECOND)
    type(home).objects.get(pk=home.pk).add_child(instance=page)
    page.save_revision().publish()
    enter_translations(page, "smj", lambda path, text: None).save_target(publish=False)
    return Approval(ContentPage.objects.get(pk=page.pk), person("writer"), person("other"))
