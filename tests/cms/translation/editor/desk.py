"""A page in the hands of a translator of Lule Sámi, and how the editor's script asks of it."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from cms.translation.lifecycle.publishing import publish_translation
from cms.translation.models import LanguageStatus, StringVersion
from cms.translation.status.status_check import status_faults

JSON = "application/json"


def translator(name: str = "julev", code: str = "smj") -> User:
    user, _created = User.objects.get_or_create(username=name)
    user.groups.add(Group.objects.get(name=f"Translators ({code})"))
    return user


def signed_in(user: User) -> Client:
    client = Client(raise_request_exception=False, headers={"accept-language": "en"})
    client.force_login(user)
    return client


@dataclass
class Desk:
    """A translation that was begun, and who works on it."""

    translation: Translation
    user: User = field(default_factory=translator)

    def __post_init__(self) -> None:
        self.client = signed_in(self.user)

    def segment(self, path: str, number: int = 0) -> StringSegment:
        found = StringSegment.objects.filter(
            source=self.translation.source, context__path__startswith=path
        ).order_by("order", "pk")
        return found.select_related("string", "context")[number]

    def address(self, path: str, name: str = "editor_string", number: int = 0) -> str:
        segment = self.segment(path, number)
        place = [self.translation.pk, segment.context_id, segment.string_id]
        return reverse(f"cms_translation:{name}", args=place)

    def put(self, path: str, data: str, over: str = "", **more: Any) -> Any:
        return self.put_at(self.address(path, **more), data, over)

    def put_at(self, address: str, data: str, over: str = "") -> Any:
        return self.client.put(address, {"data": data, "over": over}, content_type=JSON)

    def saved(self, path: str, data: str, over: str = "", **more: Any) -> dict[str, Any]:
        answer = self.put(path, data, over, **more)
        assert answer.status_code == 200, answer.content
        found: dict[str, Any] = answer.json()
        assert list(status_faults()) == []
        return found

    def same(self, path: str, over: str = "", number: int = 0) -> Any:
        address = self.address(path, "editor_same", number)
        return self.client.post(address, {"over": over}, content_type=JSON)

    def stored(self, path: str, number: int = 0) -> StringTranslation | None:
        segment = self.segment(path, number)
        return StringTranslation.objects.filter(
            context=segment.context,
            translation_of=segment.string,
            locale=self.translation.target_locale,
        ).first()

    def publish(self) -> None:
        source = self.translation.source
        publish_translation(source, self.translation.target_locale)

    def versions(self) -> list[str]:
        return list(StringVersion.objects.order_by("pk").values_list("data", flat=True))

    def status(self) -> LanguageStatus:
        return LanguageStatus.objects.get(
            source=self.translation.source, locale=self.translation.target_locale
        )


def queries_of(act: Any) -> tuple[Any, list[str]]:
    """The result of an act, and every statement that it sends."""
    with CaptureQueriesContext(connection) as captured:
        answer = act()
    return answer, [one["sql"] for one in captured.captured_queries]
