"""Writes made from the API's own description, as an editor and a translator, break nothing."""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import pytest
import schemathesis
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import APIToken, GroupPagePermission, Locale, Page, Site
from wagtail.snippets.models import get_snippet_models

from cms.common.characters import for_xml
from cms.content.models import ContentDocument, ContentImage
from cms.delivery.publishing.backlog import render_backlog
from cms.delivery.publishing.consistency_check import differences
from cms.translation.roles.groups import group_name
from strategy.models import Municipality
from tests.cms.delivery.openapi.test_schemathesis import read_description
from tests.factories.site import ExampleSite
from tests.harness.sampling import examples

pytestmark = pytest.mark.shared_out

# 32 operations and two tokens: 256 writes in CI, 3,200 in a release.
WRITES: Final = examples(4, 50)

METHODS: Final = ("POST", "PATCH", "PUT", "DELETE")
QUICKLY: Final = settings(
    max_examples=WRITES,
    derandomize=True,
    database=None,
    deadline=None,
    # What is stored stays: asked again, the same request may be answered otherwise.
    report_multiple_bugs=False,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)

Ids = Callable[[], list[Any]]


def _ids(rows: Any) -> Ids:
    return lambda: list(rows.order_by("pk").values_list("pk", flat=True))


_PAGES: Final = _ids(Page.objects.filter(depth__gt=2))
IN_ADDRESSES: Final[dict[str, Ids]] = {
    "page_id": _PAGES,
    "locale_id": _ids(Locale.objects),
    "site_id": _ids(Site.objects),
    "image_id": _ids(ContentImage.objects),
    "document_id": _ids(ContentDocument.objects),
    "pk": _ids(Municipality.objects),
    "type": lambda: ["strategy.Municipality"],
}
"""Ids and types that there are, under the names that they have in addresses."""

IN_BODIES: Final[dict[str, Ids]] = {
    "parent_id": _ids(Page.objects),
    "destination_id": _ids(Page.objects),
    "root_page_id": _ids(Page.objects),
    "page": _PAGES,
    "redirect_page_id": _PAGES,
    "revision_id": lambda: list(
        Page.objects.exclude(latest_revision=None).values_list("latest_revision", flat=True)
    ),
    "image": _ids(ContentImage.objects),
    "document": _ids(ContentDocument.objects),
    "locale": lambda: ["sv", "en", "smj", "fi"],
}


def at_hand(value: Any, there: dict[str, Ids], chance: random.Random, name: str = "") -> Any:
    """A value, most of it of text that can be stored and pointing to what there is."""
    if isinstance(value, dict):
        return {
            at_hand(key, {}, chance): at_hand(part, there, chance, key)
            for key, part in value.items()
        }
    if isinstance(value, list):
        return [at_hand(part, there, chance, name) for part in value]
    if chance.random() < 0.2:
        return value
    if name in there and (choices := there[name]()):
        return chance.choice(choices)
    return for_xml(value) if isinstance(value, str) else value


@dataclass(frozen=True)
class Writer:
    """Somebody who writes through the API.

    Attributes:
        pages: the ids of the pages that the person works on.
    """

    token: str
    pages: Ids


def _admit_editor(user: User, home: Page) -> None:
    group = Group.objects.create(name="Redaktionen")
    for codename in ("add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page"):
        permission = Permission.objects.get(
            codename=codename, content_type__app_label="wagtailcore"
        )
        GroupPagePermission.objects.create(group=group, page=home, permission=permission)
    models = (ContentImage, ContentDocument, Redirect, *get_snippet_models())
    types = ContentType.objects.get_for_models(*models).values()
    group.permissions.add(
        Permission.objects.get(codename="access_admin"),
        *Permission.objects.filter(content_type__in=types),
    )
    user.groups.add(group)


@pytest.fixture(params=["editor", "translator"])
def writer(request: pytest.FixtureRequest, example_site: ExampleSite) -> Writer:
    user = User.objects.create_user(request.param)
    if request.param == "editor":
        _admit_editor(user, example_site.home)
        code = "sv"
    else:
        code = "fi"
        user.groups.add(Group.objects.get(name=group_name(code)))
    pages = Page.objects.filter(depth__gt=1, locale__language_code=code)
    return Writer(str(APIToken.create_token(user=user, name="writer")[1]), _ids(pages))


@pytest.fixture
def operations(example_site: ExampleSite) -> list[Any]:
    """Every operation that writes; what deletes comes last."""
    described = read_description(every_edge=False)
    found = [result.ok() for result in described.get_all_operations()]
    writing = [one for one in found if one.method.upper() in METHODS]
    assert len(writing) >= 30
    return sorted(writing, key=lambda one: "delete" in one.path or one.method == "delete")


def test_no_write_fails_and_all_stays_whole(
    operations: list[Any], writer: Writer, django_capture_on_commit_callbacks: Any
) -> None:
    statuses: Counter[int] = Counter()
    chance = random.Random(1)
    in_addresses = IN_ADDRESSES | {"page_id": writer.pages}

    def write(case: schemathesis.Case[Any]) -> None:
        case.path_parameters = at_hand(case.path_parameters, in_addresses, chance)
        case.body = at_hand(case.body, IN_BODIES, chance)
        with transaction.atomic(), django_capture_on_commit_callbacks(execute=True):
            response = case.call(headers={"Authorization": f"Bearer {writer.token}"})
        statuses[response.status_code] += 1
        told = f"{case.method} {case.formatted_path} {case.body!r:.2000}: {response.text[:2000]}"
        assert response.status_code < 500, told
        if response.status_code >= 400:
            assert response.headers["content-type"] == ["application/problem+json"], told

    for operation in operations:
        QUICKLY(given(case=operation.as_strategy())(write))()
    assert sum(number for status, number in statuses.items() if status < 300) >= 2, statuses
    assert not any(Page.find_problems())
    for page in Page.objects.filter(depth__gt=2):
        assert page.url_path == f"{Page.objects.parent_of(page).get().url_path}{page.slug}/"
    render_backlog()
    assert list(differences()) == []
