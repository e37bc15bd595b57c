"""A page comes back to its place among its siblings."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from wagtail.models import Page

from tests.cms.wastebasket.deleting import add, back, delete
from tests.factories.site import ExampleSite
from tests.harness.sampling import amount

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]


def children(parent: Any) -> list[int]:
    return list(Page.objects.get(pk=parent.pk).get_children().values_list("pk", flat=True))


@pytest.mark.parametrize("place", ["last", "middle", "first"][: amount(2, 3)])
@pytest.mark.parametrize("trouble", ["nothing", "new page", "neighbours gone", "moved to front"])
def test_the_position_among_siblings(swedish_site: ExampleSite, place: str, trouble: str) -> None:
    chief, home = User.objects.create_superuser("chef"), swedish_site.home
    for number in range(3):
        add(home, f"Sida {number}", f"sida-{number}")
    before = children(home)
    at = {"first": 0, "middle": len(before) // 2, "last": len(before) - 1}[place]
    page = Page.objects.get(pk=before[at])
    deleted = delete(page, chief)
    left = [pk for pk in before if pk != page.pk]
    expected = list(before)
    if trouble == "new page":
        expected.append(add(home, "Ny", "ny").pk)
    elif trouble == "neighbours gone":
        for pk in (before[(at + 1) % len(before)], before[at - 1]):
            Page.objects.get(pk=pk).delete(user=chief)
            expected.remove(pk)
    elif trouble == "moved to front":
        # Who stood last stands before all others now, but for the page if that was first.
        moved = left[-1]
        Page.objects.get(pk=moved).move(Page.objects.get(pk=left[0]), pos="left")
        expected.remove(moved)
        expected.insert(1 if place == "first" else 0, moved)
    back(deleted, chief)
    assert children(home) == expected
    assert not any(Page.find_problems())
    assert Page.objects.get(pk=home.pk).numchild == len(expected)
