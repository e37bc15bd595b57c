"""A page and a fact in several languages, and a translator of Lule Sámi who works there."""

from typing import Any

from django.contrib.auth.models import Group, User
from django.test import Client
from wagtail.models import Locale, Page, PageLogEntry
from wagtail_localize.models import StringTranslation, Translation

from home.models import ContentPage, HomePage
from strategy.models import Municipality
from tests.factories.site import ExampleSite
from tests.factories.translations import translate

OTHERS = ("sv", "fi", "se")


class Scene:
    """A page and a municipality in four languages, and who works there."""

    def __init__(self, site: ExampleSite) -> None:
        page = ContentPage(title="Kust", slug="kust")
        Page.objects.get(pk=site.home.pk).specific.add_child(instance=page)
        page.save_revision().publish()
        municipality = Municipality.objects.filter(locale__language_code="sv").first()
        assert municipality is not None
        municipality.save_revision().publish()
        self.pages: dict[str, Any] = {"sv": ContentPage.objects.get(pk=page.pk)}
        self.homes: dict[str, Any] = {"sv": HomePage.objects.get(pk=site.home.pk)}
        self.facts: dict[str, Any] = {"sv": Municipality.objects.get(pk=municipality.pk)}
        for code in ("fi", "se", "smj"):
            self.homes[code] = translate(self.homes["sv"], code)
            self.pages[code] = translate(self.pages["sv"], code)
            self.facts[code] = translate(self.facts["sv"], code)
        self.user = User.objects.create_user("julev", password="x")
        self.user.groups.add(Group.objects.get(name="Translators (smj)"))
        self.client = Client(raise_request_exception=False)
        self.client.force_login(self.user)

    def translation(self, thing: Any) -> Translation:
        found: Translation = Translation.objects.get(
            source__object_id=thing.translation_key, target_locale=thing.locale
        )
        return found

    def state(self) -> tuple[Any, ...]:
        """Everything that an action in another language could have changed."""
        others = [Locale.objects.get(language_code=code).pk for code in OTHERS]
        columns = ("pk", "path", "live", "title", "slug", "latest_revision", "locked", "alias_of")
        return (
            list(Page.objects.filter(locale__in=others).order_by("pk").values_list(*columns)),
            list(
                Municipality.objects.filter(locale__in=others)
                .order_by("pk")
                .values_list("pk", "name", "live", "latest_revision")
            ),
            list(
                StringTranslation.objects.filter(locale__in=others)
                .order_by("pk")
                .values_list("pk", "data")
            ),
            list(
                Translation.objects.filter(target_locale__in=others)
                .order_by("pk")
                .values_list("pk", "enabled")
            ),
            PageLogEntry.objects.exclude(page__in=self._own_pages()).count(),
        )

    def _own_pages(self) -> Any:
        return Page.objects.filter(locale__language_code="smj").values("pk")
