"""Everything that a page had is there again, row by row, when it is brought back."""

import json
from typing import Any, Final

import pytest
from django.contrib.auth.models import User
from django.db import connection
from wagtail.models import Page, PageLogEntry

from cms.delivery.models import PublishedDocument
from home.models import ContentPage
from strategy import models as strategy
from tests.cms.wastebasket.deleting import back, delete
from tests.cms.wastebasket.dressing import close, dress
from tests.cms.wastebasket.dump import differences, dump_database
from tests.factories.site import ExampleSite
from tests.harness.sampling import amount

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

Document = dict[str, Any]


@pytest.fixture
def chief(example_site: ExampleSite) -> User:
    return User.objects.create_superuser("chef")


def documents() -> dict[tuple[str, str], Document]:
    """All that other sites get, but for the time at which it changed last."""
    found = {}
    for row in PublishedDocument.objects.all():
        document = json.loads(bytes(row.body))
        document.pop("modified_at", None)
        found[str(row.key), row.locale] = document
    return found


KINDS: Final = (
    ContentPage,
    strategy.GoalPage,
    strategy.CulturePage,
    strategy.StrategyPage,
    strategy.StoriesPage,
)


@pytest.mark.parametrize("kind", KINDS[: amount(3, len(KINDS))])
@pytest.mark.parametrize("is_closed", [False, True][: amount(1, 2)])
def test_everything_is_there_again(
    example_site: ExampleSite, chief: User, kind: type[Page], is_closed: bool
) -> None:
    page = example_site.pages[kind]
    dress(example_site, page, chief)
    is_closed = is_closed or kind is KINDS[0]
    if is_closed:
        close(page)
    before, public = dump_database(), documents()
    deleted = delete(page, chief)
    assert documents() != public or is_closed
    assert deleted.deleted_by == chief
    back(deleted, chief)
    assert differences(before, dump_database()) == []
    assert documents() == public
    connection.check_constraints()
    entries = PageLogEntry.objects.filter(page=page.pk)
    assert not entries.filter(deleted=True).exists()
    assert {"wagtail.delete", "cms_wastebasket.bring_back"} <= set(
        entries.values_list("action", flat=True)
    )


def test_a_whole_tree_comes_back(example_site: ExampleSite, chief: User) -> None:
    before, public = dump_database(), documents()
    deleted = delete(example_site.home, chief)
    assert documents() != public
    back(deleted, chief)
    assert differences(before, dump_database()) == []
    assert documents() == public
